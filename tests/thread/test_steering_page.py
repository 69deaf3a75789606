"""The steering group's page: one tile for each place, which the place sees first, exactly as the group does."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from knotwork.actions.models import TryOut
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.events.services import record
from knotwork.programmes import services
from knotwork.programmes.models import OwnWord, Role, Stage
from knotwork.support.services.help import HelpWords, ask_for_help
from tests.builders import a_person, a_place, a_programme, a_try_out, signed_in
from tests.programmes.build import ADMINISTRATOR, the_team_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def place(programme):
    return a_place(programme, name="Northvale", slug="northvale")


@pytest.fixture
def lead(place):
    return a_person(Role.PLACE_LEAD, place=place)


@pytest.fixture
def as_group(client, programme):
    return signed_in(client, a_person(Role.STEERING_GROUP_MEMBER, programme))


def say(place, person, sentence="We go back to listening."):
    services.say_where_we_are(place.pk, ("listening", "trying"), sentence, by=viewer_for(person))


def page_of(client, programme, query=""):
    answer = client.get(f"/programmes/{programme.slug}/steering/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def tiles(page):
    return re.findall(r'<li class="card tile">(.*?</dl>)', page)


def tile_alone(page):
    return re.search(r'<div class="card tile tile--alone">(.*?</dl>)', " ".join(page.split()))[1]


def without_links(tile):
    return re.sub(r"</?a[^>]*>", "", tile)


def moved(row, verb="try_out.planned"):
    record(
        verb,
        subject_kind="try_out",
        subject_id=row.public_id,
        by=ADMINISTRATOR,
        programme=row.programme.public_id,
        place=row.place.public_id,
    )


def test_each_place_has_its_tile_in_the_order_of_the_alphabet(as_group, programme):
    for order, name in enumerate(("Zennor", "ashby", "Millbrook")):
        a_place(programme, name=name, order=order)
    names = [re.search(r">([^<]+)</a>", tile)[1] for tile in tiles(page_of(as_group, programme))]
    assert names == ["ashby", "Millbrook", "Zennor"]


def test_a_tile_says_where_the_place_is_by_its_own_word(as_group, programme, place, lead):
    say(place, lead)
    (tile,) = tiles(page_of(as_group, programme))
    assert "Listening and trying" in tile
    assert "We go back to listening." in tile
    assert tile.count("data-now") == 2


def test_a_place_that_said_nothing_has_the_same_tile_with_nothing_in_it(as_group, programme, place):
    (tile,) = tiles(page_of(as_group, programme))
    assert "Has not said yet" in tile
    assert "data-now" not in tile


def test_a_tile_tells_what_came_apart_from_what_is_promised(as_group, programme, place):
    team = the_team_of(programme)
    services.add_entry(programme.pk, services.Gift("tea", "cash", Decimal(60000), place_id=place.pk), by=team)
    services.add_pledge(
        programme.pk, services.Gift("rooms", "in_kind", Decimal(2000), place_id=place.pk), by=team
    )
    (tile,) = tiles(page_of(as_group, programme))
    assert "£60,000 came, £2,000 promised" in tile


def test_what_moved_is_told_only_as_far_as_the_group_may_see_it(as_group, programme, place):
    moved(a_try_out(programme, place=place, title="The 4.40", visibility=Stage.PROGRAMME))
    moved(a_try_out(programme, place=place, title="A secret bus", visibility=Stage.PLACE))
    page = page_of(as_group, programme)
    assert "The 4.40" in page
    assert "secret bus" not in page


def test_what_moved_long_ago_is_left_out_unless_asked_for(as_group, programme, place):
    with clock.moved_to(datetime(2026, 1, 1, tzinfo=UTC)):
        moved(a_try_out(programme, place=place, title="The 4.40"))
    with clock.moved_to(datetime(2026, 6, 1, tzinfo=UTC)):
        assert "The 4.40" not in page_of(as_group, programme)
        assert "The 4.40" in page_of(as_group, programme, "?days=365")
        assert "The 4.40" not in page_of(as_group, programme, "?days=wrong")


def test_decisions_that_are_due_stand_on_the_page_and_on_the_tile(as_group, programme, place):
    words = services.DecisionWords("Who pays?", date(2027, 1, 29), "The board", ("All", "Nobody"), place.pk)
    services.add_decision(programme.pk, words, by=the_team_of(programme))
    page = page_of(as_group, programme)
    assert "by 29 Jan:" in tiles(page)[0]
    assert "by 29 January 2027, decided by The board" in page
    assert "Write down the outcome" not in page  # the team does


def test_what_a_place_asks_for_is_its_own_word_and_shown_as_far_as_it_wants(as_group, programme, place, lead):
    stuck = HelpWords("We are stuck: nobody has the key to the hall.")
    ask_for_help(place.pk, stuck, by=viewer_for(lead))
    ask_for_help(place.pk, HelpWords("Only among us.", visibility="place"), by=viewer_for(lead))
    page = page_of(as_group, programme)
    assert "nobody has the key to the hall" in tiles(page)[0]
    assert "Only among us." not in page


def test_the_team_writes_a_decision_down_and_its_outcome(client, programme, place):
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    base = f"/programmes/{programme.slug}/steering/"
    sent = {
        "what": "Who pays?",
        "by_when": "2027-01-29",
        "who_decides": "The board",
        "options": "All\nNobody",
    }
    assert client.post(f"{base}decisions/new/", sent).status_code == 303
    link = re.search(r'href="([^"]+/decisions/[0-9a-f-]{36}/)"', client.get(base).content.decode())[1]
    assert client.post(link, {"outcome": "All", "decided_on": "2026-12-01"}).status_code == 422
    given = {"outcome": "All pay", "reason": "It is everybody's.", "decided_on": "2026-12-01"}
    assert client.post(link, given).status_code == 303
    page = client.get(base).content.decode()
    assert "All pay" in page
    assert client.post(link, given).status_code == 422


def test_a_decision_that_is_not_there_is_not_found(client, programme):
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    nowhere = f"/programmes/{programme.slug}/steering/decisions/01a21c96-587f-740d-8b33-f2f1ca33e3ee/"
    assert client.get(nowhere).status_code == 404


def test_the_place_looks_at_its_tile_before_anybody_else_does(client, programme, place, lead):
    signed_in(client, lead)
    address = f"/programmes/{programme.slug}/places/northvale/steering/"
    said = {"stages": ["listening"], "sentence": "We go back to listening."}
    looked = client.post(address, said | {"look": "1"})
    assert looked.status_code == 200
    assert "We go back to listening." in tile_alone(looked.content.decode())
    assert "Nobody has seen it yet" in looked.content.decode()
    assert not OwnWord.objects.exists()
    assert client.post(address, said | {"keep": "1"}).status_code == 303
    assert OwnWord.objects.get().sentence == "We go back to listening."


def test_the_place_sees_its_tile_exactly_as_the_group_does(client, programme, place, lead):
    say(place, lead)
    services.add_entry(
        programme.pk,
        services.Gift("tea", "cash", Decimal(5), place_id=place.pk),
        by=the_team_of(programme),
    )
    moved(a_try_out(programme, place=place, title="Only ours", visibility=Stage.PLACE))
    moved(a_try_out(programme, place=place, title="The 4.40", visibility=Stage.PROGRAMME))
    signed_in(client, lead)
    own = tile_alone(client.get(f"/programmes/{programme.slug}/places/northvale/steering/").content.decode())
    signed_in(client, a_person(Role.STEERING_GROUP_MEMBER, programme))
    (theirs,) = tiles(page_of(client, programme))
    assert without_links(own) == without_links(theirs)
    assert "Only ours" not in own


def test_a_place_that_the_group_does_not_see_yet_has_no_tile(client, programme):
    hidden = a_place(programme, visibility=Stage.PLACE, slug="hidden")
    signed_in(client, a_person(Role.PLACE_LEAD, place=hidden))
    page = client.get(f"/programmes/{programme.slug}/places/hidden/steering/").content.decode()
    assert "does not see this place yet" in page


@pytest.mark.parametrize("sent", [{}, {"stages": ["listening"]}, {"sentence": "We listen."}])
def test_a_word_with_something_missing_is_sent_back(client, programme, place, lead, sent):
    signed_in(client, lead)
    answer = client.post(f"/programmes/{programme.slug}/places/northvale/steering/", sent | {"keep": "1"})
    assert answer.status_code == 422
    assert not OwnWord.objects.exists()


@pytest.mark.parametrize("role", [Role.PROGRAMME_TEAM, Role.STEERING_GROUP_MEMBER])
def test_others_read_the_tile_and_cannot_say_it_for_the_place(client, programme, place, role):
    signed_in(client, a_person(role, programme))
    address = f"/programmes/{programme.slug}/places/northvale/steering/"
    assert "Only the place itself says where it is" in client.get(address).content.decode()
    sent = {"stages": ["listening"], "sentence": "They are stuck.", "keep": "1"}
    assert client.post(address, sent).status_code == 403
    assert not OwnWord.objects.exists()


def test_the_newest_word_is_taken_back_by_the_place(client, programme, place, lead):
    say(place, lead)
    signed_in(client, lead)
    assert (
        client.post(f"/programmes/{programme.slug}/places/northvale/steering/take-back/").status_code == 303
    )
    assert OwnWord.objects.get().withdrawn_at is not None


def test_a_stranger_is_asked_to_sign_in(client, programme, place):
    for path in ("steering/", "places/northvale/steering/"):
        answer = client.get(f"/programmes/{programme.slug}/{path}")
        assert answer.status_code == 302
        assert "sign-in" in answer.url


def a_programme_full_of(places):
    programme = a_programme()
    team = the_team_of(programme)
    for number in range(places):
        place = a_place(programme, name=f"Place {number:02}")
        say(place, a_person(Role.PLACE_LEAD, place=place))
        services.add_entry(programme.pk, services.Gift("tea", "cash", Decimal(5), place_id=place.pk), by=team)
        moved(a_try_out(programme, place=place))
        words = services.DecisionWords("Who pays?", date(2027, 1, 29), "x", place_id=place.pk)
        services.add_decision(programme.pk, words, by=team)
    return programme


def test_twenty_five_places_cost_as_many_questions_as_three(client, django_assert_max_num_queries):
    few, many = a_programme_full_of(3), a_programme_full_of(25)
    counts = []
    for programme in (few, many):
        signed_in(client, a_person(Role.STEERING_GROUP_MEMBER, programme))
        with django_assert_max_num_queries(30) as asked:
            page_of(client, programme)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert TryOut.objects.count() == 28


def test_the_page_holds_no_score_and_no_rank(as_group, programme, place, lead):
    say(place, lead)
    page = page_of(as_group, programme).lower().replace("nothing is scored", "")
    assert not re.search(r"\b(rank|score|points|behind|on track|red|amber|green)\b", page)
