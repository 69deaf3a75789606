"""Writing something down, changing it, taking it out of sight."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.rules import Refused
from knotwork.core.strands.queries import steps_from
from knotwork.learning import services
from knotwork.learning.kinds import ALL, LESSON, NOTE, PIECES, STORY, title_of
from knotwork.learning.models import LeadershipNote, Lesson, ProgressNote, Story
from knotwork.learning.queries import piece_at, pieces_for
from knotwork.learning.services import LessonWords, NoteWords, StoryWords
from knotwork.programmes.models import Place, Role, Stage
from tests.builders import a_place
from tests.learning.build import a_leadership_note, a_lesson, a_member, a_note, a_story
from tests.learning.conftest import MEASURE, TRY_OUT
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of, verbs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.PLACE_LEAD, Role.PLACE_MEMBER, Role.ENABLER])
def test_people_of_a_place_write_for_it(northvale: Place, role: Role) -> None:
    by = a_member(northvale, role)
    a_note(northvale, by=by, text="  It goes.  ")
    row = ProgressNote.objects.get()
    assert (row.text, row.author_id, row.place) == ("It goes.", by.person_id, northvale)
    assert verbs()[-1] == "note.written"


def test_people_of_another_place_do_not_write_for_this_one(northvale: Place, eastmere: Place) -> None:
    with pytest.raises(Refused, match="Only people of this place"):
        a_note(northvale, by=a_member(eastmere))
    with pytest.raises(Refused):
        a_note(northvale, by=STRANGER)


def test_the_team_writes_for_the_programme_as_a_whole(northvale: Place) -> None:
    team = the_team_of(northvale.programme)
    services.write_note(northvale.programme_id, NoteWords("It goes.", visibility="programme"), by=team)
    assert [piece.where for piece in pieces_for(team)] == ["Example programme"]


def test_what_is_about_no_place_cannot_be_for_the_people_of_a_place(northvale: Place) -> None:
    with pytest.raises(Refused, match="not about one place"):
        services.write_note(northvale.programme_id, NoteWords("It goes."), by=ADMINISTRATOR)


def test_an_empty_story_is_refused(northvale: Place) -> None:
    with pytest.raises(Refused, match="first box"):
        a_story(northvale, happened="  ", did_not_work="Mondays")


def test_a_text_that_does_not_fit_is_refused_and_not_cut(northvale: Place) -> None:
    with pytest.raises(Refused, match="below 160 letters"):
        a_story(northvale, title="x" * 161)
    with pytest.raises(Refused, match="below 8000 letters"):
        a_note(northvale, text="x" * 8001)


def test_something_told_later_keeps_the_day_on_which_it_was_written(northvale: Place) -> None:
    day = datetime(2025, 3, 4, 12, tzinfo=UTC)
    services.write_note(
        northvale.programme_id, NoteWords("It goes."), by=ADMINISTRATOR, place_id=northvale.pk, at=day
    )
    assert ProgressNote.objects.get().written_at == day


def test_nothing_of_a_sensitive_place_is_shown_to_everybody() -> None:
    place = a_place(is_sensitive=True)
    with pytest.raises(Refused, match="sensitive"):
        a_note(place)
    a_note(place, visibility="place")


def test_what_was_public_before_a_place_became_sensitive_is_shown_to_its_programme_only(
    northvale: Place,
) -> None:
    a_story(northvale)
    Place.objects.update(is_sensitive=True)
    assert pieces_for(STRANGER) == []
    assert pieces_for(somebody()) == []
    assert len(pieces_for(a_member(northvale))) == 1
    assert len(pieces_for(ADMINISTRATOR)) == 1


def test_a_story_for_peers_is_not_shown_to_a_stranger(northvale: Place, eastmere: Place) -> None:
    a_story(northvale, visibility="programme")
    assert pieces_for(STRANGER) == []
    assert pieces_for(somebody()) == []
    assert [piece.stage_words for piece in pieces_for(a_member(eastmere))] == ["people of the programme"]


def test_a_draft_is_seen_by_its_writer_alone_and_told_to_nobody(northvale: Place) -> None:
    writer = a_member(northvale)
    a_story(northvale, by=writer, visibility="me")
    assert len(pieces_for(writer)) == 1
    assert pieces_for(a_member(northvale)) == pieces_for(ADMINISTRATOR) == []
    assert verbs() == ["story.drafted"]


def story_words(**words: str) -> StoryWords:
    return StoryWords(**{"happened": "Nobody came.", "visibility": "public"} | words)


def test_a_draft_that_is_shown_is_news_and_so_is_one_that_everybody_can_read_now(northvale: Place) -> None:
    writer = a_member(northvale)
    story = a_story(northvale, by=writer, visibility="me")
    services.change(STORY, story, story_words(visibility="place"), by=writer)
    services.change(STORY, story, story_words(visibility="public"), by=writer)
    services.change(STORY, story, story_words(changed="Nothing"), by=writer)
    assert verbs() == ["story.drafted", "story.written", "story.shown", "story.changed"]


def test_a_lead_changes_what_a_member_wrote_and_a_member_does_not_change_what_another_wrote(
    northvale: Place,
) -> None:
    story = a_story(northvale, by=a_member(northvale))
    with pytest.raises(Refused, match="whoever wrote this"):
        services.change(STORY, story, story_words(), by=a_member(northvale))
    services.change(STORY, story, story_words(), by=a_member(northvale, Role.PLACE_LEAD))
    assert Story.objects.get().happened == "Nobody came."


def test_what_one_may_not_see_one_cannot_change(northvale: Place, eastmere: Place) -> None:
    story = a_story(northvale, visibility="place")
    for viewer in (STRANGER, a_member(eastmere), the_team_of(northvale.programme)):
        with pytest.raises(Refused, match="not here"):
            services.change(STORY, story, story_words(), by=viewer)
    with pytest.raises(Refused, match="not here"):
        services.withdraw(STORY, uuid4(), "why", by=ADMINISTRATOR)


def test_what_is_withdrawn_is_gone_for_all_and_its_reason_stays(northvale: Place) -> None:
    writer = a_member(northvale)
    story = a_story(northvale, by=writer)
    services.withdraw(STORY, story, "It names somebody.", by=writer)
    for viewer in (STRANGER, writer, ADMINISTRATOR):
        assert pieces_for(viewer) == []
    assert Story.objects.get().withdrawn_reason == "It names somebody."
    assert verbs()[-1] == "story.withdrawn"


def test_a_story_is_tied_to_what_it_tells_of(northvale: Place) -> None:
    story = a_story(northvale, tells_of=[("try_out", TRY_OUT), ("measure", MEASURE), ("try_out", TRY_OUT)])
    steps = steps_from("story", story, STRANGER)
    assert [(step.relation, step.is_forwards, step.bead.title) for step in steps] == [
        ("told_in", False, "The 4.40 home"),
        ("told_in", False, "Trips after four"),
    ]


def test_a_leadership_note_is_practised_in_a_try_out(northvale: Place) -> None:
    note = a_leadership_note(northvale, practised_in=TRY_OUT)
    [step] = steps_from("leadership_note", note, STRANGER)
    assert (step.relation, step.is_forwards, step.bead.kind) == ("practised_in", True, "try_out")


def test_a_lesson_rests_on_stories_notes_and_measures(northvale: Place) -> None:
    evidence = [
        ("story", a_story(northvale)),
        ("note", a_note(northvale)),
        ("leadership_note", a_leadership_note(northvale)),
        ("measure", MEASURE),
    ]
    lesson = a_lesson(northvale, evidence=evidence)
    steps = steps_from("lesson", lesson, STRANGER)
    assert [(step.bead.kind, step.bead.public_id) for step in steps] == evidence


def test_one_cannot_tie_to_what_one_may_not_see_or_to_a_thing_of_another_kind(northvale: Place) -> None:
    secret = a_story(northvale, by=a_member(northvale), visibility="me")
    with pytest.raises(Refused, match="not there any more"):
        a_lesson(northvale, evidence=[("story", secret)])
    with pytest.raises(Refused, match="of that kind"):
        a_lesson(northvale, evidence=[("try_out", TRY_OUT)])
    assert not Lesson.objects.exists()


def test_changing_unties_what_is_left_out_but_not_what_the_writer_cannot_see(northvale: Place) -> None:
    member, lead = a_member(northvale), a_member(northvale, Role.PLACE_LEAD)
    private = a_story(northvale, by=member, visibility="me")
    lesson = a_lesson(northvale, by=member, evidence=[("story", private), ("measure", MEASURE)])
    words = LessonWords("Ask first", visibility="public")
    services.change(LESSON, lesson, words, by=lead, ties=[("story", a_story(northvale))])
    kinds = [step.bead.public_id == private for step in steps_from("lesson", lesson, member)]
    assert sorted(kinds) == [False, True]
    services.change(LESSON, lesson, words, by=lead)
    assert len(steps_from("lesson", lesson, member)) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "We had the counts. Nobody asked when the club ends.",
            "We had the counts. Nobody asked when the club ends.",
        ),
        ("I stopped chairing.\n\nThen " + "x" * 90, "I stopped chairing."),
        ("“Stay!” she said. I did.", "“Stay!” she said. I did."),
        ("no stop at all", "no stop at all"),
        ("word " * 40, "word " * 17 + "word…"),
    ],
)
def test_a_title_is_made_of_as_many_first_sentences_as_fit(text: str, title: str) -> None:
    assert title_of(PIECES["leadership_note"], LeadershipNote(did=text)) == title


def test_a_title_that_was_given_stands(northvale: Place) -> None:
    assert title_of(NOTE, ProgressNote(title="Yes", text="The driver said yes.")) == "Yes"
    assert ALL["note"].columns == ("title", "text")
    assert ALL["leadership_note"].columns == ("did", "why", "happened")


def test_a_piece_is_found_only_under_its_own_programme(northvale: Place) -> None:
    story = a_story(northvale)
    assert piece_at("story", northvale.programme_id, story, STRANGER) is not None
    assert piece_at("story", a_place().programme_id, story, STRANGER) is None


def test_a_role_for_the_whole_programme_sees_what_is_shown_to_the_programme(northvale: Place) -> None:
    a_story(northvale, visibility="programme")
    steering: Viewer = somebody(Role.STEERING_GROUP_MEMBER, northvale.programme)
    assert len(pieces_for(steering, programme=northvale.programme.public_id)) == 1
    assert pieces_for(steering, kind="lesson") == []
    assert Story.objects.get().visibility == Stage.PROGRAMME
