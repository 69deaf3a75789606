"""Forms: a label, a hint, who reads it, one plain error, and a summary that leads to the field."""

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.template import Context, Template

from knotwork.core.pages.forms import PlainForm, readable_by


class NoteForm(PlainForm):
    note = readable_by(
        forms.CharField(label="Your note", help_text="Name no person."), "Your place can read this."
    )
    email = forms.EmailField(label="Email", required=False)
    age = forms.ChoiceField(
        label="How old?", choices=[("a", "Young"), ("b", "Old")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Agreed")
    secret = forms.CharField(widget=forms.HiddenInput)


def show(
    form: forms.Form, source: str = "{% error_summary form %}{% for f in form %}{% field f %}{% endfor %}"
) -> BeautifulSoup:
    return BeautifulSoup(Template("{% load pages %}" + source).render(Context({"form": form})), "html.parser")


def part(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


@pytest.fixture
def wrong() -> NoteForm:
    return NoteForm({"email": "nobody", "secret": ""})


def test_field_is_described_by_its_hint_its_readers_and_its_error(wrong: NoteForm) -> None:
    page = show(wrong)
    described_by = part(page, "#id_note")["aria-describedby"]
    assert described_by == "id_note_helptext id_note_readers id_note_error"
    for name in described_by.split():
        assert len(page.select(f"#{name}")) == 1
    assert part(page, "#id_note")["aria-invalid"] == "true"


def test_field_in_order_has_no_error_and_points_to_none() -> None:
    page = show(NoteForm())
    assert part(page, "#id_note")["aria-describedby"] == "id_note_helptext id_note_readers"
    assert not page.select(".field__error, .error-summary")


def test_summary_leads_to_each_field_and_names_it(wrong: NoteForm) -> None:
    page = show(wrong)
    links = {link["href"]: link.get_text() for link in page.select(".error-summary a")}
    assert links["#id_note"] == "Your note – Please fill this in."
    assert links["#id_email"] == "Email – Please write the whole address, such as name@example.org."
    for target in links:
        assert len(page.select(target)) == 1, target


def test_summary_is_announced_and_takes_the_focus(wrong: NoteForm) -> None:
    summary = part(show(wrong), ".error-summary")
    assert summary["role"] == "alert"
    assert summary.has_attr("autofocus")
    assert summary["tabindex"] == "-1"


def test_hidden_field_that_is_wrong_is_named_without_a_link(wrong: NoteForm) -> None:
    words = part(show(wrong), ".error-summary").get_text()
    assert "Secret" in words


def test_choices_stand_in_a_fieldset_with_the_question_as_legend(wrong: NoteForm) -> None:
    fieldset = part(show(wrong), "fieldset")
    legend = fieldset.select_one("legend")
    assert legend is not None
    assert legend.get_text(strip=True) == "How old?"
    assert fieldset["aria-describedby"] == "id_age_error"
    assert len(fieldset.select("label input[type=radio]")) == 2


def test_single_tick_is_inside_its_label(wrong: NoteForm) -> None:
    assert part(show(wrong), "label[for=id_agreed] input[type=checkbox]")


def test_only_fields_that_may_stay_empty_say_so() -> None:
    page = show(NoteForm())
    assert "leave this empty" in part(page, "label[for=id_email]").get_text()
    assert "leave this empty" not in part(page, "label[for=id_note]").get_text()


def test_browser_does_not_refuse_before_we_can_explain() -> None:
    assert not show(NoteForm()).select("[required]")


def test_label_can_be_the_only_heading_of_a_page() -> None:
    page = show(NoteForm(), "{% field form.note page=True %}{% field form.age page=True %}")
    assert part(page, "h1 > label").get_text(strip=True) == "Your note"
    assert part(page, "legend > h1").get_text(strip=True) == "How old?"


def test_whole_form_renders_with_our_fields(wrong: NoteForm) -> None:
    page = show(wrong, "{{ form }}")
    assert len(page.select(".field__label, .field--tick")) == 4
    assert part(page, "input[type=hidden]")


def test_words_that_were_sent_come_back_escaped() -> None:
    page = show(NoteForm({"note": '"><script>x</script>'}))
    assert not page.select("script")
    assert part(page, "#id_note")["value"] == '"><script>x</script>'


def test_form_can_give_its_own_words() -> None:
    class Own(PlainForm):
        note = forms.CharField(error_messages={"required": "Say a word about it."})

    assert Own({}).errors["note"] == ["Say a word about it."]


def test_title_begins_with_the_error(wrong: NoteForm) -> None:
    source = "{% error_prefix %}Your note"
    assert show(wrong, source).get_text() == "Error: Your note"
    assert show(NoteForm(), source).get_text() == "Your note"


def test_title_begins_with_an_error_that_the_view_found_itself() -> None:
    page = Template("{% load pages %}{% error_prefix %}").render(Context({"page_has_errors": True}))
    assert page == "Error: "
