"""The boxes that forms of this room are made of; who reads what is written is said at the box."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4000
SAME_READERS = _("Read by those you choose below.")
WHO_SEES_IT = _("Whoever may see this try-out can read this. Please name no person.")


def line(label: Any, *, required: bool = False, most: int = 200, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, help_text=hint)


def box(label: Any, *, required: bool = False, rows: int = 3, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=hint)


def organisation(label: Any, hint: Any = "") -> forms.CharField:
    """A name; the page lists the organisations that are known, so that one is not written in two ways."""
    widget = forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=200, widget=widget, help_text=hint)


def day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    """A day, with the browser's own calendar where it has one."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)


def amount(
    label: Any, *, hint: Any = "", places: int = 2, lowest: int | None = 0, required: bool = False
) -> forms.DecimalField:
    """A number with so many digits after the point."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=lowest,
        max_digits=14,
        decimal_places=places,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=hint,
    )
