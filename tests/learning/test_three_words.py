"""The log of words on how the work feels."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.learning import services
from knotwork.learning.models import ThreeWords
from knotwork.learning.queries import words_of
from knotwork.programmes.models import Place, Role
from tests.builders import a_person, signed_in
from tests.learning.build import a_member
from tests.programmes.build import ADMINISTRATOR, the_team_of

pytestmark = pytest.mark.django_db

IN_SPRING = datetime(2025, 5, 1, 12, tzinfo=UTC)
IN_SUMMER = datetime(2025, 8, 1, 12, tzinfo=UTC)


def five_of(place: Place) -> list[Viewer]:
    return [a_member(place) for _ in range(5)]


def words_url(place: Place, page: str = "") -> str:
    return f"/programmes/{place.programme.slug}/learn/places/{place.slug}/words/{page}"


def test_words_leave_no_event_and_no_name(northvale: Place) -> None:
    by = a_member(northvale)
    services.add_three_words(northvale.pk, ["Stuck", "tired", " "], by=by, at=IN_SPRING)
    row = ThreeWords.objects.get()
    assert row.words == ["stuck", "tired"]
    assert str(by.public_id) not in row.giver
    assert not Event.objects.exists()


def test_one_person_is_the_same_giver_within_a_quarter_and_another_in_the_next(northvale: Place) -> None:
    by = a_member(northvale)
    for moment in (IN_SPRING, IN_SPRING, IN_SUMMER):
        services.add_three_words(northvale.pk, ["stuck"], by=by, at=moment)
    first, second, third = ThreeWords.objects.order_by("id").values_list("giver", flat=True)
    assert first == second != third


def test_the_database_refuses_to_change_or_remove_words(northvale: Place) -> None:
    services.add_three_words(northvale.pk, ["stuck"], by=a_member(northvale))
    with pytest.raises(DatabaseError), transaction.atomic():
        ThreeWords.objects.update(words=["happy"])
    with pytest.raises(DatabaseError), transaction.atomic():
        ThreeWords.objects.all().delete()


@pytest.mark.parametrize(
    ("words", "reason"),
    [([], "at least one"), (["1", "!"], "at least one"), (["a", "b", "c", "d"], "three"), (["x" * 25], "24")],
)
def test_words_that_do_not_fit_are_refused(northvale: Place, words: list[str], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        services.add_three_words(northvale.pk, words, by=a_member(northvale))


def test_only_the_people_of_the_place_say_how_its_work_feels(northvale: Place, eastmere: Place) -> None:
    for viewer in (STRANGER, ADMINISTRATOR, the_team_of(northvale.programme), a_member(eastmere)):
        with pytest.raises(Refused, match="people who work"):
            services.add_three_words(northvale.pk, ["stuck"], by=viewer)
    for role in (Role.PLACE_LEAD, Role.ENABLER):
        services.add_three_words(northvale.pk, ["stuck"], by=a_member(northvale, role))
    with pytest.raises(Refused, match="not known"):
        services.add_three_words(0, ["stuck"], by=STRANGER)


def test_the_page_shows_the_words_of_five_when_the_quarter_is_over(northvale: Place, client: Client) -> None:
    with clock.moved_to(IN_SPRING):
        for by in five_of(northvale):
            services.add_three_words(northvale.pk, ["stuck"], by=by)
        assert "stuck" not in client.get(words_url(northvale)).content.decode().partition("For example")[0]
    with clock.moved_to(IN_SUMMER):
        page = client.get(words_url(northvale)).content.decode()
    assert "April to June 2025: stuck." in page
    assert "About 5 people gave words." in page
    with clock.moved_to(IN_SUMMER):
        table = client.get(words_url(northvale, "words.csv"))
    assert table.content.decode().splitlines()[1] == "April to June 2025,stuck,5"
    assert client.get(words_url(northvale, "words.gif")).status_code == 404


def test_the_sentence_goes_from_the_first_words_to_the_last(northvale: Place, client: Client) -> None:
    people = five_of(northvale)
    for moment, word in ((IN_SPRING, "stuck"), (IN_SUMMER, "hopeful")):
        for by in people:
            services.add_three_words(northvale.pk, [word], by=by, at=moment)
    page = client.get(words_url(northvale)).content.decode()
    assert "From “stuck” (April to June 2025) to “hopeful” (July to September 2025)." in page


def test_where_too_few_gave_words_the_page_says_so(northvale: Place, client: Client) -> None:
    services.add_three_words(northvale.pk, ["unheard"], by=a_member(northvale), at=IN_SPRING)
    five = [["one"], ["two"], ["three"], ["four"], ["five"]]
    for by, words in zip(five_of(northvale), five, strict=True):
        services.add_three_words(northvale.pk, words, by=by, at=IN_SUMMER)
    page = client.get(words_url(northvale)).content.decode()
    assert "unheard" not in page
    assert "No word was given by enough people to be shown." in page
    assert "Fewer than five people gave words, so none is shown." in page
    assert [one.words for one in words_of(northvale.pk, "UTC")] == [(), ()]


def test_a_member_gives_words_on_a_page(northvale: Place, client: Client) -> None:
    signed_in(client, a_person(Role.PLACE_MEMBER, northvale.programme, northvale))
    assert "Nobody sees what you wrote" in client.get(words_url(northvale, "give/")).content.decode()
    sent = {"word_1": "Stuck", "word_2": "", "word_3": "curious"}
    answer = client.post(words_url(northvale, "give/"), sent, follow=True)
    assert "Thank you. Your words are kept without your name." in answer.content.decode()
    assert ThreeWords.objects.get().words == ["stuck", "curious"]


def test_a_word_of_digits_is_refused_on_the_page(northvale: Place, client: Client) -> None:
    signed_in(client, a_person(Role.PLACE_MEMBER, northvale.programme, northvale))
    answer = client.post(words_url(northvale, "give/"), {"word_1": "42"})
    assert answer.status_code == 422
    assert "Please give at least one word." in answer.content.decode()


def test_an_administrator_reads_the_form_but_speaks_for_nobody(northvale: Place, client: Client) -> None:
    signed_in(client, a_person(is_administrator=True))
    assert client.get(words_url(northvale, "give/")).status_code == 200
    answer = client.post(words_url(northvale, "give/"), {"word_1": "stuck"})
    assert answer.status_code == 422
    assert not ThreeWords.objects.exists()


def test_the_words_of_a_sensitive_place_are_for_its_programme_only(northvale: Place, client: Client) -> None:
    Place.objects.update(is_sensitive=True)
    assert client.get(words_url(northvale)).status_code == 404
    assert client.get(words_url(northvale, "words.csv")).status_code == 404
    signed_in(client, a_person(Role.PLACE_MEMBER, northvale.programme, northvale))
    assert client.get(words_url(northvale)).status_code == 200


def test_an_erased_person_leaves_words_that_lead_to_nobody(northvale: Place) -> None:
    from knotwork.core.accounts.services import erase

    person = a_person(Role.PLACE_MEMBER, northvale.programme, northvale)
    services.add_three_words(northvale.pk, ["stuck"], by=viewer_for(person))
    erase(person, by=ADMINISTRATOR)
    assert ThreeWords.objects.get().words == ["stuck"]
