"""``{% load pages %}``: figures, fields, tables, stats, notices, and numbers in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.pages import numbers
from knotwork.core.pages.components import Cell
from knotwork.core.pages.figure import FigureView
from knotwork.core.pages.forms import RELEASE_NOTE

register = template.Library()

Value = str | int | float | None


@register.simple_tag
def release_note() -> str:
    """The sentence about freedom of information, for a box that a page writes by itself."""
    return str(RELEASE_NOTE)


@register.inclusion_tag("pages/components/figure.html")
def figure(view: FigureView, level: int = 2) -> dict[str, Any]:
    """The picture with its sentence, uncertainty, source, method, age, table and downloads."""
    if not isinstance(view, FigureView):
        raise TypeError("{% figure %} takes a FigureView: nothing else may put SVG into a page.")
    picture = view.picture
    return {
        "view": view,
        "level": level,
        "name": f"figure-{picture.name}",
        # The drawing floor writes this SVG itself and escapes every word in it.
        "svg": mark_safe(picture.svg),  # noqa: S308
        **_table_context(picture.title, picture.columns, picture.rows, f"table-{picture.name}"),
    }


@register.inclusion_tag("pages/components/table.html")
def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[Value]], name: str = ""
) -> dict[str, Any]:
    """Rows as a table in a region that scrolls by keyboard; the first column names its row."""
    return _table_context(caption, columns, rows, name or f"table-{slugify(caption)}")


def _table_context(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[Value]], name: str
) -> dict[str, Any]:
    values = [list(row) for row in rows]
    manners = [_column_manner([row[index] for row in values]) for index in range(len(columns))]
    shown = [[_cell(value, *manner) for value, manner in zip(row, manners, strict=True)] for row in values]
    return {
        "caption": caption,
        "columns": [Cell(str(title), manner[0]) for title, manner in zip(columns, manners, strict=True)],
        "rows": shown,
        "table_name": name,
    }


def _column_manner(values: list[Value]) -> tuple[bool, int]:
    """Whether a column holds numbers alone, and with how many places (three at most) they are written."""
    known = [value for value in values if value is not None]
    if not known or any(isinstance(value, str) for value in known):
        return False, 0
    places = [len(f"{value:.3f}".rstrip("0").partition(".")[2]) for value in known]
    return True, max(places)


def _cell(value: Value, is_number: bool, places: int) -> Cell:
    if value is None:
        return Cell("", is_number)
    if isinstance(value, str):
        return Cell(value)
    return Cell(numbers.number_in_words(value, places), is_number)


@register.simple_tag
def field(bound_field: BoundField, *, page: bool = False) -> SafeString:
    """A field with label, hint, readers and error. ``page=True``: its label is the page's only heading."""
    context = {"field": bound_field, "is_page_heading": page}
    rendered = bound_field.form.renderer.render("pages/components/field.html", context)
    return mark_safe(rendered)  # noqa: S308 - a template's output, which the renderer strips of its mark


@register.inclusion_tag("pages/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What needs another look, each with a link to its field. Nothing while nothing is wrong."""
    entries: list[tuple[str, str]] = [("", str(message)) for message in form.non_field_errors()]
    for bound_field in form:
        target = getattr(bound_field, "first_target", bound_field.id_for_label)
        for message in bound_field.errors:
            words = _("%(field)s – %(message)s") % {"field": bound_field.label, "message": message}
            entries.append(("" if bound_field.is_hidden else target, words))
    return {"entries": entries}


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """'Error: ' at the front of the page's title, so that it is the first thing a screen reader says."""
    form = context.get("form")
    has_errors = context.get("page_has_errors") or (
        isinstance(form, BaseForm) and form.is_bound and form.errors
    )
    return _("Error: ") if has_errors else ""


@register.inclusion_tag("pages/components/stat.html")
def stat(
    label: str, value: Value, unit: str = "percent", low: Value = None, high: Value = None, **about: Any
) -> dict[str, Any]:
    """A large number that never stands without its n and its limits.

    ``unit`` is ``percent`` (value, low and high are shares), ``number``, or ``count`` for things that were
    counted, not estimated, and need no limits. ``about``: ``n`` (how many took part), ``of`` (words in
    place of 'of the n who took part'), ``note`` and ``digits``.
    """
    digits = about.get("digits", 0)

    def shown(figure: Any) -> str:
        if isinstance(figure, str):
            return figure
        in_words = numbers.percent_in_words if unit == "percent" else numbers.number_in_words
        return in_words(figure, digits)

    limits = ""
    if unit != "count":
        limits = _("No limits supplied")
        if low is not None and high is not None:
            limits = _("Likely between %(low)s and %(high)s") % {"low": shown(low), "high": shown(high)}
    return {
        "label": label,
        "value": "" if value is None else shown(value),
        "of": about.get("of") or _of_those_who_took_part(about.get("n")),
        "limits": limits,
        "note": about.get("note", ""),
    }


def _of_those_who_took_part(count: int | None) -> str:
    if count is None:
        return ""
    words = ngettext("of the %(count)s who took part", "of the %(count)s who took part", count)
    return words % {"count": numbers.number_in_words(count)}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """``{% notice "done" title=... %}...{% endnotice %}``: ``info``, ``done`` or ``warning``."""
    context = {"kind": kind, "title": title, "text": content}
    return render_to_string("pages/components/notice.html", context)


@register.simple_block_tag
def empty_state(content: str, title: str = "", level: int = 2) -> SafeString:
    """``{% empty_state title=... %}...{% endempty_state %}``: what a room is for, and the first step."""
    context = {"title": title, "text": content, "level": level}
    return render_to_string("pages/components/empty_state.html", context)


@register.filter
def age(moment: datetime | None) -> str:
    """``{{ moment|age }}``: '3 minutes ago'."""
    return numbers.age_in_words(moment) if moment else ""


@register.filter
def percent(share: float | None, digits: int = 0) -> str:
    """``{{ 0.842|percent }}``: '84%'. Show its n and its limits beside it."""
    return "" if share is None else numbers.percent_in_words(share, digits)


@register.filter
def number(value: float | None, digits: int = 0) -> str:
    """``{{ 1234567|number }}``: thin spaces between thousands."""
    return "" if value is None else numbers.number_in_words(value, digits)


@register.filter
def change(value: float | None, digits: int = 0) -> str:
    """``{{ -3|change }}``: a number with its sign."""
    return "" if value is None else numbers.change_in_words(value, digits)
