"""Writing in the library: who may, what is kept, and what is told."""

import pytest

from knotwork.conversations.models import Conversation, ConversationStage
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role, Stage
from knotwork.publications import services
from knotwork.publications.models import Author, Publication, Topic
from knotwork.publications.services import PublicationWords
from tests.builders import a_conversation, a_place, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of, verbs
from tests.publications.build import a_publication, added

pytestmark = pytest.mark.django_db

WORDS = PublicationWords(title="Less with less")


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.PROGRAMME_TEAM)])
def test_only_the_team_of_the_programme_puts_something_into_its_library(role):
    programme = a_programme()
    viewer = somebody(role, programme) if role else somebody()
    with pytest.raises(Refused, match="Only the team of this programme"):
        services.add(programme.pk, WORDS, by=viewer)


def test_the_team_of_another_programme_is_refused():
    theirs = the_team_of(a_programme())
    with pytest.raises(Refused):
        services.add(a_programme().pk, WORDS, by=theirs)
    with pytest.raises(Refused):
        services.publish(a_publication(a_programme(), visibility=Stage.PROGRAMME).pk, by=theirs)


def test_what_the_team_puts_in_has_an_address_from_its_title_and_one_event():
    programme = a_programme()
    made = services.add(programme.pk, WORDS, by=the_team_of(programme))
    again = services.add(programme.pk, WORDS, by=the_team_of(programme))
    assert (made.slug, again.slug) == ("less-with-less", "less-with-less-2")
    assert verbs() == ["publication.added", "publication.added"]


def test_the_event_says_where_and_holds_no_words():
    place = a_place()
    words = PublicationWords(title="Less with less", place_id=place.pk)
    services.add(place.programme_id, words, by=ADMINISTRATOR)
    event = Event.objects.get()
    assert (event.programme, event.place) == (place.programme.public_id, place.public_id)
    assert event.details == {}


def test_authors_keep_their_order_and_topics_their_first_spelling():
    programme = a_programme()
    first = added(
        programme, written_by=("Bo Example", " Ada  Example ", "Bo Example"), topics=("Later life", " ")
    )
    second = added(programme, topics=("later LIFE", "Buses"))
    assert services.words_of(first).written_by == ("Bo Example", "Ada Example")
    assert services.words_of(second).topics == ("Buses", "Later life")
    assert Author.objects.count() == 2
    assert Topic.objects.count() == 2


def test_too_many_topics_are_refused():
    with pytest.raises(Refused, match="at most 12"):
        added(a_programme(), topics=tuple(f"topic {number}" for number in range(13)))


def test_the_body_is_kept_clean_whoever_hands_it_in():
    made = added(a_programme(), body='<p onclick="x()">words<script>y()</script></p>')
    assert made.body == "<p>words</p>"


def test_only_differences_are_a_change():
    made = added(a_programme(), written_by=("Ada Example",), topics=("Buses",), body="<p>words</p>")
    assert services.change(made.pk, services.words_of(made), by=ADMINISTRATOR) is False
    assert verbs() == ["publication.published"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"title": "  "}, "give it a title"),
        ({"title": "x", "source_url": "javascript:alert(1)"}, "begins with https"),
        ({"title": "x", "kind": "poem"}, "one of the kinds"),
        ({"title": "x", "published": "soon"}, "a year, a month or a day"),
    ],
)
def test_what_cannot_stand_is_refused_with_its_reason(words, reason):
    with pytest.raises(Refused, match=reason):
        services.add(a_programme().pk, PublicationWords(**words), by=ADMINISTRATOR)
    assert not Publication.objects.exists()


def test_publishing_shows_it_to_everybody_once():
    programme = a_programme()
    made = added(programme, visibility=Stage.PROGRAMME.value)
    team = the_team_of(programme)
    services.publish(made.pk, by=team)
    made.refresh_from_db()
    assert made.visibility == Stage.PUBLIC
    assert made.public_since is not None
    assert verbs() == ["publication.added", "publication.published"]
    with pytest.raises(Refused, match="Everybody can read this already"):
        services.publish(made.pk, by=team)


def test_nothing_of_a_sensitive_place_is_published():
    place = a_place(is_sensitive=True)
    made = added(place.programme, place_id=place.pk, visibility=Stage.PROGRAMME.value)
    with pytest.raises(Refused, match="sensitive"):
        services.publish(made.pk, by=ADMINISTRATOR)


def test_somebody_elses_private_draft_is_left_alone():
    programme = a_programme()
    made = services.add(
        programme.pk, PublicationWords(title="Not yet", visibility=Stage.ME.value), by=the_team_of(programme)
    )
    with pytest.raises(Refused, match="Only whoever began this draft"):
        services.publish(made.id, by=the_team_of(programme))


def test_taking_out_asks_for_a_reason_and_ends_all_changes():
    made = added(a_programme())
    with pytest.raises(Refused, match="say why"):
        services.withdraw(made.pk, " ", by=ADMINISTRATOR)
    services.withdraw(made.pk, "Replaced by a newer one.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="was withdrawn"):
        services.change(made.pk, WORDS, by=ADMINISTRATOR)
    assert verbs() == ["publication.published", "publication.withdrawn"]


def test_what_was_taken_out_can_be_brought_back_once():
    made = added(a_programme())
    services.withdraw(made.pk, "By mistake.", by=ADMINISTRATOR)
    services.bring_back(made.pk, by=ADMINISTRATOR)
    made.refresh_from_db()
    assert made.withdrawn_at is None
    assert verbs()[-1] == "publication.brought_back"
    with pytest.raises(Refused, match="Everybody can read this already"):
        services.bring_back(made.pk, by=ADMINISTRATOR)


def test_a_withdrawn_programme_takes_nothing_new():
    from knotwork.core import clock

    programme = a_programme(withdrawn_at=clock.now())
    with pytest.raises(Refused, match="out of sight"):
        services.add(programme.pk, WORDS, by=the_team_of(programme))


def test_a_publication_that_is_not_known_is_refused():
    with pytest.raises(Refused, match="not known here"):
        services.publish(987654, by=ADMINISTRATOR)


def test_a_new_question_to_readers_opens_at_once():
    programme = a_programme()
    made = added(programme)
    team = the_team_of(programme)
    public_id = services.open_a_question(made.pk, "Is it practical?", ["It is.", " ", "It is not."], by=team)
    conversation = Conversation.objects.get(public_id=public_id)
    made.refresh_from_db()
    assert made.question_conversation == public_id
    assert conversation.stage == ConversationStage.OPEN
    assert conversation.statements.count() == 2
    assert Event.objects.filter(verb="publication.question_asked").count() == 1


def test_a_question_without_statements_is_not_kept():
    from knotwork.conversations.services.refusals import NotOpen

    made = added(a_programme())
    with pytest.raises(NotOpen):
        services.open_a_question(made.pk, "Is it practical?", [], by=ADMINISTRATOR)
    assert not Conversation.objects.exists()


def test_a_conversation_that_is_there_asks_the_readers_and_stops_asking():
    programme = a_programme()
    made = added(programme)
    conversation = a_conversation(programme)
    assert services.ask_a_question(made.pk, conversation.public_id, by=ADMINISTRATOR) is True
    assert services.ask_a_question(made.pk, conversation.public_id, by=ADMINISTRATOR) is False
    assert services.ask_a_question(made.pk, None, by=ADMINISTRATOR) is True
    made.refresh_from_db()
    assert made.question_conversation is None


def test_a_conversation_of_another_programme_is_refused():
    made = added(a_programme())
    with pytest.raises(Refused, match="does not belong"):
        services.ask_a_question(made.pk, a_conversation().public_id, by=ADMINISTRATOR)
