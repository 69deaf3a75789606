"""What must change around a try-out, and how it is tied into the thread."""

from uuid import uuid4

import pytest

from knotwork.actions import queries, services
from knotwork.actions.keys import KEY_SETS, QUESTIONS
from knotwork.actions.models import ChangeKey
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from knotwork.core.strands.queries import steps_from
from tests.actions.build import a_member, going, known, planned, row
from tests.builders import a_place
from tests.programmes.build import ADMINISTRATOR, somebody, verbs

pytestmark = pytest.mark.django_db


def said(try_out: object) -> dict[str, str]:
    sets = queries.key_sets_of(row(try_out))  # type: ignore[arg-type]
    return {key.code: key.words for each in sets for key in each.said}


def test_every_key_has_its_question_and_stands_in_one_set() -> None:
    assert [key for each in KEY_SETS for key in each.keys] == list(ChangeKey) == list(QUESTIONS)


def test_what_must_change_is_said_key_by_key_changed_and_taken_away() -> None:
    place = a_place()
    try_out, member = planned(place), a_member(place)
    assert services.say_what_must_change(try_out, "money", " Pay for minutes. ", by=member)
    assert services.say_what_must_change(try_out, "power", "Riders decide.", by=member)
    assert not services.say_what_must_change(try_out, "money", "Pay for minutes.", by=member)
    assert said(try_out) == {"money": "Pay for minutes.", "power": "Riders decide."}
    services.say_what_must_change(try_out, "money", "Pay for riders.", by=member)
    services.say_what_must_change(try_out, "power", "", by=member)
    assert said(try_out) == {"money": "Pay for riders."}


def test_what_must_change_is_often_known_only_afterwards() -> None:
    try_out = going(a_place())
    services.stop(try_out, "Few came.", by=ADMINISTRATOR)
    assert services.say_what_must_change(try_out, "habits", "Ask first.", by=ADMINISTRATOR)


def test_an_unknown_key_and_somebody_from_elsewhere_say_nothing() -> None:
    try_out = planned(a_place())
    with pytest.raises(ValueError, match="weather"):
        services.say_what_must_change(try_out, "weather", "Sun.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="Only people of this place"):
        services.say_what_must_change(try_out, "money", "Mine.", by=somebody())


def test_a_try_out_is_tied_to_what_it_grew_out_of_acts_on_and_is_measured_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = a_place()
    try_out, member = planned(place), a_member(place)
    (statement,) = known(monkeypatch, "statement", "The last bus leaves too early.")
    (factor,) = known(monkeypatch, "factor", "Getting home after four")
    (measure,) = known(monkeypatch, "measure", "Trips after four")
    services.grew_out_of(try_out, statement, by=member)
    services.act_on(try_out, factor, by=member)
    services.measured_by(try_out, measure, by=member)
    assert [(s.relation, s.is_forwards, s.bead.kind) for s in steps_from("try_out", try_out, STRANGER)] == [
        ("became", False, "statement"),
        ("acts_on", True, "factor"),
        ("measured_by", True, "measure"),
    ]
    services.untie_from(try_out, "factor", factor, by=member)
    assert [s.bead.kind for s in steps_from("try_out", try_out, STRANGER)] == ["statement", "measure"]
    assert verbs()[-1] == "strand.untied"


def test_only_what_the_writer_may_see_is_tied(monkeypatch: pytest.MonkeyPatch) -> None:
    try_out = planned(a_place())
    known(monkeypatch, "factor", "Getting home after four")
    with pytest.raises(Refused, match="not known here"):
        services.act_on(try_out, uuid4(), by=ADMINISTRATOR)


def test_a_leadership_note_is_not_untied_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from knotwork.core.strands.models import Relation
    from knotwork.core.strands.services import tie

    try_out = planned(a_place())
    (note,) = known(monkeypatch, "leadership_note", "I stopped chairing.")
    tie(("leadership_note", note), Relation.PRACTISED_IN, ("try_out", try_out), by=ADMINISTRATOR)
    services.untie_from(try_out, "leadership_note", note, by=ADMINISTRATOR)
    assert len(steps_from("try_out", try_out, STRANGER)) == 1
