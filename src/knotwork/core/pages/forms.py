"""Forms in our manner: one label, one hint, one clear error, and a note of who will read what is written.

``PlainRenderer`` is also fit for ``FORM_RENDERER``, so that the library's own forms look like ours.
"""

from typing import Any, TypeVar

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RELEASE_NOTE = _("A public body may have to release what is written here.")
"""The sentence about freedom of information, at every box in which people write."""

FieldT = TypeVar("FieldT", bound=forms.Field)


class PlainBoundField(forms.BoundField):
    """A field in a form. Its hint, its readers and its error are all read out with it."""

    @property
    def readers(self) -> str | Promise:
        """Who can read what is written here, or an empty string where it does not matter."""
        return getattr(self.field, "readers", "")

    @property
    def release_note(self) -> str | Promise:
        """That a public body may have to release it, where people write words of their own."""
        return RELEASE_NOTE if may_be_released(self.field) else ""

    @property
    def readers_id(self) -> str:
        return f"{self.auto_id}_readers"

    @property
    def first_target(self) -> str:
        """Where a link in the error summary lands: the first choice of a group has a number of its own."""
        return self.id_for_label or (f"{self.auto_id}_0" if self.use_fieldset else self.auto_id)

    @property
    def manner(self) -> str:
        """``choices`` for a group of ticks, ``tick`` for a single one, else ``line``."""
        if self.use_fieldset:
            return "choices"
        return "tick" if isinstance(self.field.widget, forms.CheckboxInput) else "line"

    @property
    def aria_describedby(self) -> str | None:
        if self.is_hidden or self.field.widget.attrs.get("aria-describedby"):
            return None
        parts = [
            f"{self.auto_id}_helptext" if self.help_text else "",
            self.readers_id if self.readers else "",
            f"{self.auto_id}_error" if self.errors else "",
        ]
        return " ".join(part for part in parts if part) or None


class PlainRenderer(DjangoTemplates):
    """Renders forms and fields with the components of this house."""

    form_template_name = "pages/components/form.html"
    field_template_name = "pages/components/field.html"
    bound_field_class = PlainBoundField


_PLEASE = {
    forms.CharField: {"required": _("Please fill this in.")},
    forms.EmailField: {"invalid": _("Please write the whole address, such as name@example.org.")},
    forms.IntegerField: {
        "required": _("Please fill this in."),
        "invalid": _("Please write a whole number, such as 12."),
    },
    forms.FloatField: {"invalid": _("Please write a number, such as 2.5.")},
    forms.DecimalField: {
        "required": _("Please fill this in."),
        "invalid": _("Please write a number, such as 2.5."),
    },
    forms.DateField: {
        "required": _("Please give a day."),
        "invalid": _("Please give a day that is in the calendar."),
    },
    forms.ChoiceField: {
        "required": _("Please choose an answer."),
        "invalid_choice": _("Please choose one of these answers."),
    },
    forms.FileField: {
        "required": _("Please choose a file."),
        "empty": _("This file is empty. Please choose another."),
    },
    forms.BooleanField: {"required": _("Please tick this box if you want to go on.")},
}


class PlainMixin:
    """For forms of any kind: our templates, plain words for what is missing, no asterisks.

    A field that may stay empty says so. Words that a form gives its field itself
    (``error_messages={"required": ...}``) win over ours.
    """

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for kind, words in _PLEASE.items():
                if isinstance(field, kind):
                    _speak_plainly(field, words)


def _speak_plainly(field: forms.Field, words: dict[str, Any]) -> None:
    for code, ours in words.items():
        if field.error_messages.get(code) == _library_words(type(field), code):
            field.error_messages[code] = ours


def _library_words(kind: type[forms.Field], code: str) -> Any:
    for ancestor in kind.__mro__:
        if code in vars(ancestor).get("default_error_messages", {}):
            return vars(ancestor)["default_error_messages"][code]
    return None


class PlainForm(PlainMixin, forms.Form):
    """The base of every form that is not tied to a table."""

    default_renderer = PlainRenderer


class PlainModelForm(PlainMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The base of every form that writes one row; the writing itself stays in ``services``."""

    default_renderer = PlainRenderer


def readable_by(field: FieldT, words: str | Promise, *, is_private: bool = False) -> FieldT:
    """Say at the box who will be able to read what is written in it.

    ``is_private`` is for the few boxes that ask how to reach somebody: that is nobody else's to ask for.
    """
    field.readers = words  # type: ignore[attr-defined]
    field.is_private = is_private  # type: ignore[attr-defined]
    return field


def may_be_released(field: forms.Field) -> bool:
    """Whether people write words here which a public body may have to release: wherever it is said who reads them.

    Where a letter goes is no such text.
    """
    is_text = isinstance(field, forms.CharField) and not isinstance(field, forms.EmailField)
    return is_text and bool(getattr(field, "readers", "")) and not getattr(field, "is_private", False)
