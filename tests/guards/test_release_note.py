"""At every box in which people write stands who reads it, and that a public body may have to release it."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string

import knotwork
from knotwork.core.pages.forms import PlainForm, may_be_released, readable_by

pytestmark = pytest.mark.pure

SOURCE = Path(knotwork.__file__).parent

# Boxes that hold no words of people about a place: each with its reason.
NO_WORDS_OF_PEOPLE: dict[tuple[str, str], str] = {
    ("SetUpForm", "parts"): "names of the parts of a conversation, such as residents",
    ("BackgroundForm", "age_own"): "names of age bands",
    ("BackgroundForm", "area_own"): "names of areas",
    ("BackgroundForm", "role_own"): "names of roles",
    ("MapForm", "attribution"): "the words of a licence",
    ("NewMapForm", "attribution"): "the words of a licence",
    ("NewMapFromFileForm", "attribution"): "the words of a licence",
    ("IndicatorForm", "attribution"): "the words of a licence",
    ("SeriesFileForm", "attribution"): "the words of a licence",
    ("NewTryOutForm", "partners"): "names of organisations",
}
# Parts of a page whose page says it once, above them all.
SAID_ABOVE = {"conversations/templates/conversations/parts/translation_box.html"}


def our_forms() -> list[type[forms.BaseForm]]:
    """Every form of every room."""
    for module in pkgutil.walk_packages(knotwork.__path__, "knotwork."):
        if ".forms" in module.name or module.name.endswith("_forms"):
            importlib.import_module(module.name)
    found, waiting = [], [PlainForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.startswith("knotwork."):
                found.append(form)
    return found


def boxes() -> list[tuple[str, str, forms.Field]]:
    """Every box for more than a line: its form, its name, its field."""
    return [
        (form.__name__, name, field)
        for form in our_forms()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.Textarea)
    ]


def test_there_are_boxes_in_many_rooms():
    rooms = {form.__module__.split(".")[1] for form in our_forms()}
    assert {"actions", "conversations", "learning", "maps", "measures", "programmes", "thread"} <= rooms
    assert len(boxes()) > 30


def test_every_box_says_who_reads_it_and_that_it_may_be_released():
    silent = {(form, name) for form, name, field in boxes() if not may_be_released(field)}
    assert silent - set(NO_WORDS_OF_PEOPLE) == set()


def test_nothing_is_excused_that_needs_no_excuse():
    silent = {(form, name) for form, name, field in boxes() if not may_be_released(field)}
    assert set(NO_WORDS_OF_PEOPLE) - silent == set()


def test_the_sentence_is_written_once():
    holding = [
        str(path.relative_to(SOURCE))
        for kind in ("*.html", "*.py")
        for path in SOURCE.rglob(kind)
        if "may have to release what is written here" in path.read_text(encoding="utf-8")
    ]
    assert holding == ["core/pages/forms.py"]


def test_no_form_writes_a_sentence_of_its_own_about_it():
    forms_of_rooms = [path for path in SOURCE.rglob("*forms*.py") if "core/pages" not in str(path)]
    own = [path.name for path in forms_of_rooms if "have to release" in path.read_text(encoding="utf-8")]
    assert own == []


def test_a_box_that_a_page_writes_by_itself_carries_the_sentence():
    pages = [path for path in SOURCE.rglob("*.html") if "<textarea" in path.read_text(encoding="utf-8")]
    bare = [
        str(path.relative_to(SOURCE))
        for path in pages
        if "readonly" not in path.read_text(encoding="utf-8")
        and "{% release_note %}" not in path.read_text(encoding="utf-8")
    ]
    assert set(bare) == SAID_ABOVE


class BoxForm(PlainForm):
    words = readable_by(forms.CharField(widget=forms.Textarea), "Your place reads this.")
    address = readable_by(forms.EmailField(), "Nobody reads this.")


def test_it_is_shown_at_the_box_and_read_out_with_it():
    page = BoxForm()["words"]
    shown = render_to_string("pages/components/field.html", {"field": page})
    assert "Your place reads this. A public body may have to release what is written here." in " ".join(
        shown.split()
    )
    assert page.readers_id in shown.split("<textarea", 1)[1]


def test_an_email_address_is_no_text_that_is_released():
    shown = render_to_string("pages/components/field.html", {"field": BoxForm()["address"]})
    assert "Nobody reads this." in shown
    assert "release" not in shown
