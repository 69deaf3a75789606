"""Co-consulting: a knot is posted, others answer blind, and the place says what it takes."""

from datetime import timedelta

import pytest
from django.test import Client

from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.feeds.registry import newest
from knotwork.core.rules import Refused
from knotwork.core.search import queries as searching
from knotwork.core.search.services import rebuild
from knotwork.learning import feeds, queries, services
from knotwork.learning.models import ConsultingRound, RoundPerspective
from knotwork.programmes.models import Place, Role
from tests.builders import a_person, signed_in
from tests.learning.build import a_member, a_perspective, a_round
from tests.learning.conftest import TRY_OUT
from tests.programmes.build import ADMINISTRATOR, the_team_of

pytestmark = pytest.mark.django_db
HERE = "/programmes/example/learn/"


def texts(consulting: object, viewer: Viewer) -> list[str]:
    return sorted(one.text for one in queries.given_in(consulting, viewer).perspectives)  # type: ignore[arg-type]


def test_everybody_is_blind_until_she_has_given_hers(northvale: Place, eastmere: Place) -> None:
    consulting = a_round(northvale)
    first, second = a_member(eastmere), a_member(eastmere)
    a_perspective(consulting, first, text="Look for what they mend.")
    blind = (
        STRANGER,
        second,
        ADMINISTRATOR,
        the_team_of(northvale.programme),
        a_member(northvale, Role.PLACE_LEAD),
    )
    for viewer in blind:
        assert queries.given_in(consulting, viewer).is_blind
    a_perspective(consulting, second, text="Ask who hears.")
    assert texts(consulting, second) == ["Ask who hears.", "Look for what they mend."]
    assert queries.given_in(consulting, a_member(northvale)).is_blind


def test_when_the_round_has_closed_those_who_may_read_it_read_what_was_given(
    northvale: Place, eastmere: Place
) -> None:
    consulting = a_round(northvale)
    a_perspective(consulting, a_member(eastmere), text="For all.")
    a_perspective(consulting, a_member(eastmere), text="For the programme.", visibility="programme")
    a_perspective(consulting, a_member(eastmere), text="For the place.", visibility="place")
    with clock.moved_to(clock.now() + timedelta(days=14)):
        assert texts(consulting, STRANGER) == ["For all."]
        assert texts(consulting, a_member(eastmere)) == ["For all.", "For the programme."]
        assert len(texts(consulting, a_member(northvale))) == 3


def test_at_the_closing_moment_it_is_too_late(northvale: Place, eastmere: Place) -> None:
    consulting = a_round(northvale)
    with clock.moved_to(ConsultingRound.objects.get().closes_at), pytest.raises(Refused, match="not open"):
        a_perspective(consulting, a_member(eastmere))


def test_before_it_opens_nobody_answers(northvale: Place, eastmere: Place) -> None:
    consulting = a_round(northvale, opens_at=clock.now() + timedelta(days=1))
    with pytest.raises(Refused, match="not open"):
        a_perspective(consulting, a_member(eastmere))


def test_the_place_that_asks_does_not_answer_itself_and_an_enabler_does(northvale: Place) -> None:
    consulting = a_round(northvale)
    for viewer in (a_member(northvale), a_member(northvale, Role.PLACE_LEAD), ADMINISTRATOR):
        with pytest.raises(Refused, match="other places"):
            a_perspective(consulting, viewer)
    a_perspective(consulting, a_member(northvale, Role.ENABLER))


def test_each_gives_one_and_it_stands_also_after_it_was_withdrawn(northvale: Place, eastmere: Place) -> None:
    consulting, giver = a_round(northvale), a_member(eastmere)
    given = a_perspective(consulting, giver)
    with pytest.raises(Refused, match="already"):
        a_perspective(consulting, giver)
    services.withdraw_perspective(given, "A name was in it.", by=giver)
    with pytest.raises(Refused, match="already"):
        a_perspective(consulting, giver)
    assert queries.given_in(consulting, giver).perspectives == ()


def test_somebody_else_cannot_withdraw_it(northvale: Place, eastmere: Place) -> None:
    given = a_perspective(a_round(northvale), a_member(eastmere))
    with pytest.raises(Refused):
        services.withdraw_perspective(given, "No.", by=a_member(eastmere))
    services.withdraw_perspective(given, "A name.", by=a_member(northvale, Role.PLACE_LEAD))
    with pytest.raises(Refused, match="not here"):
        services.withdraw_perspective(given, "Again.", by=ADMINISTRATOR)


def test_the_place_says_what_it_takes_only_when_the_round_has_closed(
    northvale: Place, eastmere: Place
) -> None:
    consulting, lead = a_round(northvale), a_member(northvale, Role.PLACE_LEAD)
    with pytest.raises(Refused, match="still open"):
        services.say_what_we_take(consulting, "The allotments.", by=lead)
    services.close_round(consulting, by=lead)
    with pytest.raises(Refused, match="closed already"):
        services.close_round(consulting, by=lead)
    with pytest.raises(Refused, match="Only the place"):
        services.say_what_we_take(consulting, "Ours.", by=a_member(eastmere))
    services.say_what_we_take(
        consulting, "The allotments.", "They mend.", by=lead, outcomes=[("try_out", TRY_OUT)]
    )
    view = queries.round_at(northvale.programme_id, consulting, STRANGER)
    assert view is not None
    assert (view.takes, view.why) == ("The allotments.", "They mend.")
    assert [tie.public_id for tie in queries.outcomes_of_round(consulting, STRANGER)] == [TRY_OUT]


def test_a_question_that_was_answered_stays_as_it_is_but_its_window_moves(
    northvale: Place, eastmere: Place
) -> None:
    consulting, lead = a_round(northvale), a_member(northvale, Role.PLACE_LEAD)
    a_perspective(consulting, a_member(eastmere))
    window = {"opens_at": clock.now(), "closes_at": clock.now() + timedelta(days=20)}
    same = services.RoundWords(title="Who speaks for men over 80?", visibility="public", **window)
    services.change_knot(consulting, same, by=lead)
    with pytest.raises(Refused, match="answered already"):
        services.change_knot(
            consulting, services.RoundWords(title="Another?", visibility="public", **window), by=lead
        )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"visibility": "place"}, "other places"),
        ({"closes_at": clock.now() - timedelta(days=1)}, "closes before"),
        ({"title": ""}, "first box"),
    ],
)
def test_a_knot_that_nobody_could_answer_is_refused(
    northvale: Place, words: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        a_round(northvale, **words)


@pytest.mark.parametrize(
    ("words", "reason"), [({"text": " "}, "how you see"), ({"visibility": "me"}, "Nobody")]
)
def test_a_perspective_that_nobody_could_read_is_refused(
    northvale: Place, eastmere: Place, words: dict[str, str], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        a_perspective(a_round(northvale), a_member(eastmere), **words)


def test_what_was_given_is_in_no_feed_and_in_no_search(northvale: Place, eastmere: Place) -> None:
    consulting = a_round(northvale, title="Who speaks?")
    a_perspective(consulting, a_member(eastmere), text="Hardware shop.")
    rebuild()
    for viewer in (STRANGER, a_member(eastmere), ADMINISTRATOR):
        assert searching.search("hardware", viewer) == []
        assert all("Hardware" not in entry.summary for entry in feeds.entries(viewer))
    assert "Northvale: Who speaks?" in [entry.title for entry in newest(STRANGER)]


def test_the_order_has_nothing_to_do_with_who_came_first(northvale: Place, eastmere: Place) -> None:
    consulting = a_round(northvale)
    given = [a_perspective(consulting, a_member(eastmere), text=str(number)) for number in range(8)]
    services.close_round(consulting, by=a_member(northvale))
    seen = [one.public_id for one in queries.given_in(consulting, STRANGER).perspectives]
    assert sorted(seen) == sorted(given)
    assert seen == [one.public_id for one in queries.given_in(consulting, ADMINISTRATOR).perspectives]


def test_of_a_place_that_became_sensitive_a_stranger_reads_no_perspective(
    northvale: Place, eastmere: Place
) -> None:
    consulting = a_round(northvale)
    a_perspective(consulting, a_member(eastmere))
    services.close_round(consulting, by=a_member(northvale))
    Place.objects.filter(pk=northvale.pk).update(is_sensitive=True)
    assert queries.given_in(consulting, STRANGER).perspectives == ()
    assert len(queries.given_in(consulting, a_member(eastmere)).perspectives) == 1


def test_a_round_goes_its_way_by_forms(northvale: Place, eastmere: Place, client: Client) -> None:
    lead = a_person(Role.PLACE_LEAD, northvale.programme, northvale)
    signed_in(client, lead)
    window = {"opens_at": "2020-01-01T10:00", "closes_at": "2099-01-01T10:00", "visibility": "public"}
    client.post(f"{HERE}places/northvale/new/co-consulting/", window | {"title": "Who speaks?"})
    row = ConsultingRound.objects.get()
    where = f"{HERE}co-consulting/{row.public_id}/"
    client.post(f"{where}change/", window | {"title": "Who speaks for men?"})
    assert client.get(f"{where}give/").status_code == 403

    giver = Client()
    signed_in(giver, a_person(Role.PLACE_MEMBER, eastmere.programme, eastmere))
    assert "not shown yet" in giver.get(where).content.decode()
    assert giver.post(f"{where}give/", {"text": "", "visibility": "public"}).status_code == 422
    giver.post(f"{where}give/", {"text": "Look for what they mend.", "visibility": "public"})
    assert "Look for what they mend." in giver.get(where).content.decode()
    assert "Look for what they mend." not in client.get(where).content.decode()

    client.post(f"{where}close/")
    assert "Look for what they mend." in client.get(where).content.decode()
    client.post(f"{where}take/", {"takes": "The allotments.", "why": ""})
    assert "The allotments." in giver.get(where).content.decode()
    given = RoundPerspective.objects.get()
    giver.post(f"{where}perspective/{given.public_id}/withdraw/", {"reason": "A name."})
    assert "Look for what they mend." not in client.get(where).content.decode()
    assert client.get(f"{where}perspective/{given.public_id}/withdraw/").status_code == 404
