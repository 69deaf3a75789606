"""Six ways of leading: one's own view is one's own, peers are nobody, and a team is shown from five people on."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import erase
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.learning import queries, services
from knotwork.learning.models import GroupChange, PeerAnswer, PeerLink, Reflection, ReflectionRound
from knotwork.learning.services.reflections import work_out_closed_rounds
from knotwork.learning.ways import PROMPTS, WAYS
from knotwork.programmes.models import Place, Role
from tests.builders import a_person, signed_in
from tests.learning.build import a_member, a_reflection_round, answers
from tests.programmes.build import ADMINISTRATOR, the_team_of

pytestmark = pytest.mark.django_db
HERE = "/programmes/example/learn/places/northvale/six-ways/"


def a_team_that_reflects_twice(place: Place, people: int, *, peers: int = 0) -> list[Viewer]:
    """They do a little more often what they did, each by another amount; both rounds are closed."""
    team = [a_member(place) for _ in range(people)]
    for moment in ("start", "middle"):
        asked = a_reflection_round(place, moment)
        for number, member in enumerate(team):
            later = moment == "middle"
            services.reflect(asked, answers(2, doing=3 + number % 2 if later else 2), by=member)
            for token in services.make_peer_links(asked, peers, by=member) if peers else ():
                services.answer_as_peer(token, answers(3, doing=4 + number % 2 if later else 3))
        services.close_reflection_round(asked, by=ADMINISTRATOR)
    return team


def test_there_are_six_ways_and_every_prompt_has_its_own_key() -> None:
    assert [way.key for way in WAYS] == ["feeling", "perceiving", "thinking", "relating", "doing", "being"]
    assert len({prompt.key for prompt in PROMPTS}) == len(PROMPTS) == 12


def test_what_one_says_of_oneself_leaves_no_event_and_can_be_changed_while_the_round_is_open(
    northvale: Place,
) -> None:
    asked, member = a_reflection_round(northvale), a_member(northvale)
    before = Event.objects.count()
    services.reflect(asked, answers(2), by=member)
    services.reflect(asked, answers(4), by=member)
    assert Event.objects.count() == before
    assert Reflection.objects.get().answers == answers(4)
    services.close_reflection_round(asked, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="closed"):
        services.reflect(asked, answers(5), by=member)


def test_nobody_reflects_for_somebody_elses_team(northvale: Place, eastmere: Place) -> None:
    asked = a_reflection_round(northvale)
    for viewer in (a_member(eastmere), the_team_of(northvale.programme), ADMINISTRATOR, STRANGER):
        with pytest.raises(Refused, match="people who work"):
            services.reflect(asked, answers(), by=viewer)


@pytest.mark.parametrize("given", [{}, answers(6), {"doing.try_small": 3}])
def test_answers_that_are_not_whole_are_refused(northvale: Place, given: dict[str, int]) -> None:
    with pytest.raises(Refused, match="every line"):
        services.reflect(a_reflection_round(northvale), given, by=a_member(northvale))


def test_each_moment_is_asked_once_in_its_order_and_only_by_leads(northvale: Place) -> None:
    with pytest.raises(Refused, match="Only the leads"):
        a_reflection_round(northvale, by=a_member(northvale))
    asked = a_reflection_round(northvale, "middle", by=a_member(northvale, Role.PLACE_LEAD))
    for moment in ("start", "middle"):
        with pytest.raises(Refused, match="already"):
            a_reflection_round(northvale, moment)
    with pytest.raises(Refused, match="still open"):
        a_reflection_round(northvale, "end")
    services.close_reflection_round(asked, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="closed already"):
        services.close_reflection_round(asked, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="three months"):
        services.ask_to_reflect(northvale.pk, "end", clock.now() + timedelta(days=200), by=ADMINISTRATOR)


def test_one_sees_oneself_and_nobody_else_does(northvale: Place, client: Client) -> None:
    member = a_team_that_reflects_twice(northvale, 1)[0]
    mine = queries.own_view(northvale.pk, member)
    assert mine.moments == ("start", "middle")
    assert mine.own["middle"] == (2.0, 2.0, 2.0, 2.0, 3.0, 2.0)
    for viewer in (a_member(northvale, Role.PLACE_LEAD), the_team_of(northvale.programme), STRANGER):
        assert queries.own_view(northvale.pk, viewer).moments == ()
    signed_in(client, a_person(is_administrator=True))
    assert "You have not reflected here yet" in client.get(f"{HERE}my-own/").content.decode()
    signed_in(client, Person.objects.get(pk=member.person_id))
    page = client.get(f"{HERE}my-own/")
    assert "How you see yourself" in page.content.decode()
    assert "You, in the middle" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_of_four_people_nothing_is_shown_and_of_five_it_is(
    northvale: Place, eastmere: Place, client: Client
) -> None:
    a_team_that_reflects_twice(northvale, 4)
    assert not any(change.is_shown for change in queries.team_changes(northvale.pk))
    assert "Fewer than five people answered both times" in client.get(HERE).content.decode()
    assert client.get(f"{HERE}middle-self.csv").status_code == 404
    a_team_that_reflects_twice(eastmere, 5)
    page = client.get(HERE.replace("northvale", "eastmere")).content.decode()
    assert "self-reported: more often Doing." in page
    assert "as peers see" not in page
    table = client.get(HERE.replace("northvale", "eastmere") + "middle-self.csv").content.decode()
    assert "Doing,1.4,0.7,2.1,5," in table


def test_a_way_in_which_all_changed_alike_is_not_shown(northvale: Place) -> None:
    a_team_that_reflects_twice(northvale, 6)
    mine = next(change for change in queries.team_changes(northvale.pk) if change.rater == "self")
    assert [way.mean for way in mine.ways] == [None, None, None, None, 1.5, None]
    assert [way.people for way in mine.ways if way.mean is not None] == [5]


def test_a_figure_is_worked_out_once_and_stays_when_somebody_is_erased(northvale: Place) -> None:
    team = a_team_that_reflects_twice(northvale, 6, peers=3)
    before = list(GroupChange.objects.order_by("id").values_list("rater", "result"))
    erase(Person.objects.get(pk=team[0].person_id), by=STRANGER)
    assert Reflection.objects.count() == 10
    assert not PeerAnswer.objects.filter(person_id=team[0].person_id).exists()
    assert not PeerLink.objects.filter(person_id=team[0].person_id).exists()
    work_out_closed_rounds()
    assert list(GroupChange.objects.order_by("id").values_list("rater", "result")) == before


def test_a_round_that_closes_by_itself_is_worked_out_by_the_schedule(northvale: Place) -> None:
    services.close_reflection_round(a_reflection_round(northvale), by=ADMINISTRATOR)
    a_reflection_round(northvale, "middle")
    assert work_out_closed_rounds() == 0
    with clock.moved_to(clock.now() + timedelta(days=14)):
        assert work_out_closed_rounds() == 1
        assert work_out_closed_rounds() == 0
    assert GroupChange.objects.count() == 2


def test_only_the_change_since_the_start_is_worked_out(northvale: Place) -> None:
    a_team_that_reflects_twice(northvale, 5)
    end = a_reflection_round(northvale, "end")
    services.close_reflection_round(end, by=ADMINISTRATOR)
    rounds = ReflectionRound.objects.filter(changes__isnull=False).distinct()
    assert {row.moment for row in rounds} == {"middle", "end"}
    assert not any(each.is_shown for each in queries.team_changes(northvale.pk) if each.moment == "end")


def test_peers_stand_apart_from_what_people_say_of_themselves(northvale: Place, client: Client) -> None:
    a_team_that_reflects_twice(northvale, 5, peers=3)
    page = client.get(HERE).content.decode()
    assert "as their peers see them: more often Doing." in page
    assert "Peers, each by a link for one answer" in page


def asked_peers(place: Place, how_many: int) -> tuple[UUID, Viewer, list[str]]:
    asked, member = a_reflection_round(place), a_member(place)
    return asked, member, services.make_peer_links(asked, how_many, by=member)


def test_a_link_works_once_and_is_kept_as_a_hash(northvale: Place) -> None:
    _asked, _member, (token, *_others) = asked_peers(northvale, 2)
    assert not PeerLink.objects.filter(token_hash__contains=token).exists()
    services.answer_as_peer(token, answers(4))
    with pytest.raises(Refused, match="used already"):
        services.answer_as_peer(token, answers(1))
    with pytest.raises(Refused, match="not known"):
        services.answer_as_peer("another", answers(1))
    assert PeerAnswer.objects.get().answers == answers(4)


def test_an_unfinished_answer_does_not_use_the_link_up(northvale: Place) -> None:
    _asked, _member, (token,) = asked_peers(northvale, 1)
    with pytest.raises(Refused, match="every line"):
        services.answer_as_peer(token, {})
    services.answer_as_peer(token, answers(4))


def test_peers_are_shown_when_the_round_has_closed_and_three_could_say(northvale: Place) -> None:
    asked, member, tokens = asked_peers(northvale, 4)
    for token in tokens[:3]:
        services.answer_as_peer(token, answers(4, doing=0 if token == tokens[0] else 5))
    assert queries.own_view(northvale.pk, member).peers == {}
    services.close_reflection_round(asked, by=ADMINISTRATOR)
    assert queries.own_view(northvale.pk, member).peers == {"start": (4.0, 4.0, 4.0, 4.0, None, 4.0)}
    with pytest.raises(Refused, match="closed"):
        services.answer_as_peer(tokens[3], answers(1))


def test_two_peers_are_not_shown(northvale: Place) -> None:
    asked, member, tokens = asked_peers(northvale, 2)
    for token in tokens:
        services.answer_as_peer(token, answers(4))
    services.close_reflection_round(asked, by=ADMINISTRATOR)
    assert queries.own_view(northvale.pk, member).peers == {}


def test_links_have_an_end(northvale: Place) -> None:
    asked, member, _tokens = asked_peers(northvale, 10)
    with pytest.raises(Refused, match="12 peers"):
        services.make_peer_links(asked, 3, by=member)


def test_a_team_reflects_by_forms_and_a_peer_without_an_account(northvale: Place, client: Client) -> None:
    signed_in(client, a_person(Role.PLACE_LEAD, northvale.programme, northvale))
    assert client.post(f"{HERE}reflect/", form_of(3)).status_code == 422
    assert client.post(f"{HERE}ask/", {"moment": "start", "closes_at": "soon"}).status_code == 422
    closes = (clock.now() + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M")
    client.post(f"{HERE}ask/", {"moment": "start", "closes_at": closes})
    assert "Say how you lead" in client.get(HERE).content.decode()
    assert client.post(f"{HERE}reflect/", {}).status_code == 422
    client.post(f"{HERE}reflect/", form_of(3))
    assert client.get(f"{HERE}reflect/").content.decode().count("checked") == 12
    made = client.post(f"{HERE}peers/", {"how_many": "1"}).content.decode()
    link = "/learn/peer/" + made.split("/learn/peer/")[1].split("<")[0]
    peer = Client()
    assert "Your name is not asked." in peer.get(link).content.decode()
    assert peer.post(link, {}).status_code == 422
    assert "Thank you." in peer.post(link, form_of(4)).content.decode()
    assert "used already" in peer.get(link).content.decode()
    assert client.post(f"{HERE}peers/", {"how_many": "12"}).status_code == 422
    client.post(f"{HERE}close/")
    assert client.post(f"{HERE}close/").status_code == 422
    assert peer.get("/learn/peer/nobody-made-this/").status_code == 404


def form_of(value: int) -> dict[str, str]:
    return {prompt.key.replace(".", "_"): str(value) for prompt in PROMPTS}
