import pytest
from django.db import DatabaseError, transaction

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.events import queries, verbs
from knotwork.core.events.models import Event
from knotwork.core.events.services import NotAnEvent, record
from knotwork.core.identifiers import new_public_id

pytestmark = pytest.mark.django_db


def an_event(**words):
    subject = new_public_id()
    with transaction.atomic():
        record("strand.tied", **{"subject_kind": "strand", "subject_id": subject, "by": STRANGER} | words)
    return subject


def test_an_event_is_read_back_as_it_was_written():
    subject = an_event(details={"relation": "became"})
    happening = queries.about("strand", subject)[0]
    assert (happening.verb, happening.details) == ("strand.tied", {"relation": "became"})


def test_an_event_with_an_unknown_verb_is_refused():
    with transaction.atomic(), pytest.raises(NotAnEvent, match="registered"):
        record("tea.drunk", subject_kind="strand", subject_id=new_public_id(), by=STRANGER)


def test_an_event_with_free_text_is_refused_because_events_are_never_erased():
    with pytest.raises(NotAnEvent, match="fixed word"):
        an_event(details={"name": "Mrs Jones of Kettle Lane"})


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(NotAnEvent, match="transaction"):
        record("strand.tied", subject_kind="strand", subject_id=new_public_id(), by=STRANGER)


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(verb="strand.untied"), lambda rows: rows.delete()]
)
def test_the_database_refuses_to_change_or_remove_an_event(change):
    subject = an_event()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Event.objects.filter(subject_id=subject))
    assert Event.objects.filter(subject_id=subject, verb="strand.tied").exists()


@pytest.mark.parametrize("verb", ["", "tied", "Strand.tied", "strand. tied", ".tied"])
def test_a_verb_that_does_not_look_like_one_is_refused(verb):
    with pytest.raises(ValueError, match="looks like"):
        verbs.register_verbs(verb)


def test_events_of_a_programme_and_of_a_place_come_newest_first():
    programme, place = new_public_id(), new_public_id()
    subjects = [an_event(programme=programme, place=place) for _ in range(3)]
    assert [happening.subject_id for happening in queries.latest_in_programme(programme)] == subjects[::-1]
    assert [happening.subject_id for happening in queries.latest_in_place(place, most=2)] == subjects[:0:-1]
