"""Writing on pages: few boxes, who reads it said at the box, and nothing typed twice."""

import re

import pytest
from django.test import Client

from knotwork.core.strands.queries import steps_from
from knotwork.learning.models import LeadershipNote, Lesson, ProgressNote, Story, Uptake
from knotwork.learning.queries import pieces_for
from knotwork.programmes.models import Place, Role
from tests.builders import a_person, a_place, signed_in
from tests.learning.build import a_lesson, a_note, a_story, an_uptake
from tests.learning.conftest import MEASURE, TRY_OUT
from tests.programmes.build import ADMINISTRATOR, the_team_of

pytestmark = pytest.mark.django_db

HERE = "/programmes/example/learn/"
NEW = f"{HERE}places/northvale/new/"


@pytest.fixture
def member(client: Client, northvale: Place) -> Client:
    return signed_in(client, a_person(Role.PLACE_MEMBER, northvale.programme, northvale))


@pytest.fixture
def lead(client: Client, northvale: Place) -> Client:
    return signed_in(client, a_person(Role.PLACE_LEAD, northvale.programme, northvale))


def sent(client: Client, address: str, **words: object) -> str:
    """The page that one reads after a form was taken."""
    answer = client.post(address, words, follow=True)
    assert answer.status_code == 200, re.findall(r"field__error[^<]*<", answer.content.decode())
    return answer.content.decode()


def test_a_member_writes_a_note_and_reads_it_at_once(member: Client, northvale: Place) -> None:
    page = sent(member, f"{NEW}note/", text="The driver said yes.", visibility="public")
    assert "You do not have to write it anywhere else." in page
    assert ProgressNote.objects.get().place == northvale


def test_a_story_of_what_did_not_work_for_peers_only(member: Client, northvale: Place) -> None:
    page = sent(
        member,
        f"{NEW}story/",
        happened="We stopped the app.",
        did_not_work="Its first screen said lonely.",
        visibility="programme",
        ties=[f"try_out:{TRY_OUT}", f"measure:{MEASURE}"],
        signed="A befriender",
    )
    assert "Read by: people of the programme" in page
    assert "Tell others" not in page
    story = Story.objects.get()
    assert len(steps_from("story", story.public_id, ADMINISTRATOR)) == 2
    stranger = Client()
    assert stranger.get(f"{HERE}story/{story.public_id}/").status_code == 404


def test_a_leadership_note_is_tied_to_the_try_out_in_which_it_was_practised(
    member: Client, northvale: Place
) -> None:
    form = member.get(f"{NEW}leadership-note/").content.decode()
    assert "Where did you practise it, or what came of it?" in form
    sent(
        member,
        f"{NEW}leadership-note/",
        did="I stopped chairing.",
        visibility="place",
        ties=f"try_out:{TRY_OUT}",
    )
    [step] = steps_from("leadership_note", LeadershipNote.objects.get().public_id, ADMINISTRATOR)
    assert step.bead.title == "The 4.40 home"


def test_a_lesson_is_drawn_from_what_the_place_wrote(member: Client, northvale: Place) -> None:
    note = a_note(northvale, text="The driver said yes.")
    form = member.get(f"{NEW}lesson/").content.decode()
    assert "Progress note: The driver said yes." in form
    page = sent(member, f"{NEW}lesson/", title="Ask the driver", visibility="public", ties=[f"note:{note}"])
    assert "What it rests on" in page
    assert Lesson.objects.get().language == northvale.programme.language


def test_every_box_says_who_reads_it_and_the_ladder_offers_what_the_place_allows(
    member: Client, northvale: Place
) -> None:
    form = member.get(f"{NEW}story/").content.decode()
    assert form.count("You choose below who can read this.") == 1
    assert form.count("Read by those you choose below.") == 4
    assert 'value="public"' in form
    Place.objects.update(is_sensitive=True)
    assert 'value="public"' not in member.get(f"{NEW}story/").content.decode()


def test_an_empty_form_says_what_is_missing(member: Client, northvale: Place) -> None:
    answer = member.post(f"{NEW}story/", {"visibility": "place"})
    assert answer.status_code == 422
    assert "What happened? – Please fill this in." in answer.content.decode()


def test_something_that_nobody_offered_cannot_be_tied(member: Client, northvale: Place) -> None:
    words = {"happened": "x", "visibility": "place", "ties": f"story:{TRY_OUT}"}
    assert member.post(f"{NEW}story/", words).status_code == 422


def test_a_stranger_is_asked_to_sign_in_and_others_get_the_reason(client: Client, northvale: Place) -> None:
    assert "/sign-in/" in client.get(f"{NEW}story/").url
    signed_in(client, a_person(Role.PLACE_MEMBER, northvale.programme, a_place(northvale.programme)))
    answer = client.get(f"{NEW}story/")
    assert answer.status_code == 403
    assert "Only people of this place" in answer.content.decode()


def test_a_writer_changes_words_readers_and_ties(lead: Client, northvale: Place) -> None:
    story = a_story(northvale, tells_of=[("try_out", TRY_OUT)])
    address = f"{HERE}story/{story}/change/"
    form = lead.get(address).content.decode()
    assert "I used to leave before the pudding." in form
    assert re.search(rf'value="try_out:{TRY_OUT}"[^>]*checked', form)
    page = sent(lead, address, happened="I stay.", visibility="place", ties=f"measure:{MEASURE}")
    assert "It is changed." in page
    [step] = steps_from("story", story, ADMINISTRATOR)
    assert step.bead.kind == "measure"


def test_a_lead_who_hides_what_another_wrote_comes_to_the_list(lead: Client, northvale: Place) -> None:
    story = a_story(northvale)
    answer = lead.post(f"{HERE}story/{story}/change/", {"happened": "Not yet.", "visibility": "me"})
    assert answer.url == HERE


def test_what_was_written_for_the_programme_is_changed_and_withdrawn_by_its_team(
    client: Client, northvale: Place
) -> None:
    from knotwork.learning import services
    from knotwork.learning.services import NoteWords

    person = a_person(Role.PROGRAMME_TEAM, northvale.programme)
    words = NoteWords("It goes.", visibility="programme")
    note = services.write_note(northvale.programme_id, words, by=the_team_of(northvale.programme))
    signed_in(client, person)
    assert 'value="place"' not in client.get(f"{HERE}note/{note}/change/").content.decode()
    sent(client, f"{HERE}note/{note}/change/", text="It goes on.", visibility="public")
    answer = client.post(f"{HERE}note/{note}/withdraw/", {"reason": "over"})
    assert answer.url == HERE


def test_a_member_who_did_not_write_it_sees_no_door_and_gets_the_reason(
    member: Client, northvale: Place
) -> None:
    story = a_story(northvale)
    assert "change/" not in member.get(f"{HERE}story/{story}/").content.decode()
    answer = member.get(f"{HERE}story/{story}/change/")
    assert answer.status_code == 403
    assert "Only whoever wrote this" in answer.content.decode()


def test_taking_something_out_of_sight_asks_why(lead: Client, northvale: Place) -> None:
    address = f"{HERE}story/{a_story(northvale)}/withdraw/"
    assert lead.post(address, {"reason": ""}).status_code == 422
    page = sent(lead, address, reason="It names somebody.")
    assert "It is taken out of sight." in page
    assert pieces_for(ADMINISTRATOR) == []


def test_another_place_takes_up_a_lesson_and_says_how_it_went(
    client: Client, northvale: Place, eastmere: Place
) -> None:
    lesson = a_lesson(northvale)
    signed_in(client, a_person(Role.PLACE_LEAD, northvale.programme, eastmere))
    form = client.get(f"{HERE}lesson/{lesson}/take-up/").content.decode()
    assert f'type="hidden" name="place" value="{eastmere.pk}"' in form
    assert "Lonely at sixteen" in form
    page = sent(
        client,
        f"{HERE}lesson/{lesson}/take-up/",
        place=eastmere.pk,
        issue="Home from college",
        visibility="public",
    )
    assert "Say how it went" in page
    uptake = Uptake.objects.get()
    there = f"{HERE}taken-up/{uptake.public_id}/"
    page = sent(
        client, f"{there}result/", outcome="dropped", result="No driver.", sent_back="A hearing loop."
    )
    assert "No driver." in page
    assert "A hearing loop." in page
    page = sent(
        client, f"{there}change/", place=eastmere.pk, issue="Sixth form", plan="", visibility="programme"
    )
    assert "Eastmere: Sixth form" in page
    page = sent(client, f"{there}withdraw/", reason="a mistake")
    assert "It is taken out of sight." in page


def test_whoever_works_in_several_places_chooses_one_the_others_first(
    client: Client, northvale: Place, eastmere: Place
) -> None:
    lesson = a_lesson(northvale)
    signed_in(client, a_person(is_administrator=True))
    far = a_place(name="Far off")
    form = client.get(f"{HERE}lesson/{lesson}/take-up/").content.decode()
    options = re.findall(r"<option value=\"(\d+)\"", form)
    assert options[-1] == str(northvale.pk)
    assert {int(option) for option in options} == {northvale.pk, eastmere.pk, far.pk}
    assert f"Eastmere ({northvale.programme.name})" in form
    refused = client.post(
        f"{HERE}lesson/{lesson}/take-up/",
        {"place": northvale.pk, "issue": northvale.issue, "visibility": "public"},
    )
    assert refused.status_code == 422
    assert "for which other issue" in refused.content.decode()


def test_a_sensitive_place_takes_something_up_among_its_own(
    client: Client, northvale: Place, eastmere: Place
) -> None:
    lesson = a_lesson(northvale)
    Place.objects.filter(pk=eastmere.pk).update(is_sensitive=True)
    signed_in(client, a_person(Role.PLACE_LEAD, northvale.programme, eastmere))
    words = {"place": eastmere.pk, "issue": "Home", "visibility": "public"}
    assert client.post(f"{HERE}lesson/{lesson}/take-up/", words).status_code == 422
    sent(client, f"{HERE}lesson/{lesson}/take-up/", **words | {"visibility": "programme"})


def test_somebody_without_a_place_is_told_who_can_take_it_up(client: Client, northvale: Place) -> None:
    signed_in(client, a_person())
    answer = client.get(f"{HERE}lesson/{a_lesson(northvale)}/take-up/")
    assert answer.status_code == 403
    assert "Only people of a place" in answer.content.decode()


def test_somebody_of_another_place_does_not_say_how_it_went(
    member: Client, northvale: Place, eastmere: Place
) -> None:
    uptake = an_uptake(a_lesson(northvale), eastmere)
    assert member.get(f"{HERE}taken-up/{uptake}/result/").status_code == 403


def test_the_room_leads_writers_to_their_place(member: Client, northvale: Place) -> None:
    assert "Write for Northvale" in member.get("/learn/").content.decode()
    page = member.get(f"{HERE}places/northvale/").content.decode()
    assert "Tell a story" in page
    assert "Give three words" in page


def test_an_administrator_of_many_places_is_not_shown_a_wall_of_buttons(
    client: Client, northvale: Place
) -> None:
    for _ in range(7):
        a_place(northvale.programme)
    signed_in(client, a_person(is_administrator=True))
    assert "Write for" not in client.get("/learn/").content.decode()
