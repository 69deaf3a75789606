"""Whoever takes part in Welsh meets Welsh: no word of that way is missing, and what is compiled is what is written."""

import gettext
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from knotwork.conversations.models import ConversationStage
from tests.builders import a_conversation, a_programme
from tests.conversations.build import page, press
from tests.guards.catalogue import MO, all_words, catalogue, missing

PLACE_HOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
TAG = re.compile(r"<[^>]+>")


def _written() -> dict[str | tuple[str, int], str]:
    """The catalogue as its readers know it: a text, or a text with the number of its form."""
    found: dict[str | tuple[str, int], str] = {}
    for message in catalogue():
        if message.id and isinstance(message.id, tuple | list):
            found |= {(message.id[0], form): text for form, text in enumerate(message.string)}
        elif message.id:
            found[message.id] = message.string
    return found


@pytest.mark.pure
def test_no_word_of_the_way_of_taking_part_is_untranslated() -> None:
    assert len(all_words()) > 300
    assert missing(catalogue()) == [], "run: python -m tests.guards.catalogue"


@pytest.mark.pure
def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = gettext.GNUTranslations(io.BytesIO(MO.read_bytes()))._catalog  # type: ignore[attr-defined]
    assert {key: text for key, text in compiled.items() if key} == _written(), (
        "run: python -m tests.guards.catalogue"
    )


@pytest.mark.pure
def test_every_form_keeps_the_names_and_tags_of_the_original() -> None:
    wrong = []
    for message in catalogue():
        originals = message.id if isinstance(message.id, tuple | list) else [message.id]
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        wanted = {name for text in originals for name in PLACE_HOLDER.findall(text)}
        for form, text in enumerate(forms):
            names = set(PLACE_HOLDER.findall(text))
            is_none = len(forms) > 1 and form == 0  # "nobody", "no statement": the number need not be said
            if names != wanted and not (is_none and names < wanted):
                wrong.append((message.id, text))
            if sorted(TAG.findall(text)) != sorted(TAG.findall(originals[0])):
                wrong.append((message.id, text))
    assert wrong == []


@pytest.mark.pure
def test_nothing_stands_in_the_catalogue_that_nobody_says() -> None:
    said = {words if isinstance(words, str) else words[0] for words in all_words()}
    known = {
        message.id if isinstance(message.id, str) else message.id[0] for message in catalogue() if message.id
    }
    assert known - said == set()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Ni chymerodd neb ran."),
        (1, "Cymerodd 1 person ran."),
        (2, "Cymerodd 2 berson ran."),
        (3, "Cymerodd 3 pherson ran."),
        (4, "Cymerodd 4 o bobl ran."),
        (6, "Cymerodd 6 pherson ran."),
        (11, "Cymerodd 11 o bobl ran."),
    ],
)
def test_the_six_forms_of_number_are_those_of_welsh(count: int, words: str) -> None:
    with translation.override("cy"):
        said = ngettext("%(count)s person took part.", "%(count)s people took part.", count)
    assert said % {"count": count} == words


# What stays as it is in Welsh, or is part of a longer word of the page's code.
ALIKE = {"Map", "%(number)s%%", "%(field)s – %(message)s"}


def _english_in(html: str) -> set[str]:
    """Original words that stand between the tags of a page."""
    texts = {" ".join(text.split()) for text in re.split(r"<[^>]*>", html)}
    originals = {form for words in all_words() for form in ([words] if isinstance(words, str) else words)}
    return (texts & originals) - ALIKE - {"Knotwork"}


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def welsh(self) -> Client:
        return Client(headers={"accept-language": "cy-GB, cy;q=0.9, en;q=0.5"})

    @pytest.mark.parametrize(
        "name",
        ["take-part", "about", "change", "add", "end", "letter", "yours", "code", "forget"],
    )
    def test_each_page_of_a_conversation_is_in_welsh_throughout(self, welsh: Client, name: str) -> None:
        conversation = a_conversation(statements=3)
        for _again in range(2):
            html = welsh.get(page(name, conversation), follow=True).content.decode()
            assert '<html lang="cy"' in html
            assert _english_in(html) == set()
            press(welsh, conversation.statements.first())

    @pytest.mark.parametrize("stage", [ConversationStage.CLOSED, ConversationStage.OPEN])
    def test_refusals_and_what_is_not_there_are_in_welsh_too(self, welsh: Client, stage: str) -> None:
        conversation = a_conversation(statements=1, stage=stage)
        answers = [
            press(welsh, conversation.statements.first(), "maybe"),
            welsh.post(page("add", conversation), {"text": "x" * 300}),
            welsh.post(page("letter", conversation), {"email": "x"}),
            welsh.post(reverse("conversations:come-back"), {"code": "0000"}),
            welsh.get("/nothing-here/"),
        ]
        for answer in answers:
            html = answer.content.decode()
            assert '<html lang="cy"' in html
            assert _english_in(html) == set()

    def test_which_are_you_is_in_welsh(self, welsh: Client) -> None:
        html = welsh.get(
            page("take-part", a_conversation(statements=1, named_parts=["A", "B"]))
        ).content.decode()
        assert "Byddai’n well gen i beidio â dweud" in html
        assert _english_in(html) == set()

    def test_days_are_told_in_welsh(self, welsh: Client) -> None:
        from knotwork.core import clock

        closes = clock.now().replace(year=clock.now().year + 1, month=7, day=1)
        html = welsh.get(page("about", a_conversation(statements=1, closes_at=closes))).content.decode()
        assert f"1 Gorffenaf {closes.year}" in html

    def test_pages_that_are_not_translated_stay_whole_in_english(self, welsh: Client) -> None:
        html = welsh.get(reverse("programmes:programme", args=[a_programme().slug])).content.decode()
        assert '<html lang="en"' in html
        assert "Gwrando" not in html
