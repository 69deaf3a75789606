"""People read that a conversation is no statutory consultation, where they take part and beside the results."""

import pytest

from knotwork.programmes import services
from knotwork.programmes.consultation import consultation_note
from knotwork.programmes.models import Programme, Role
from tests.builders import a_conversation, a_person, a_programme, signed_in
from tests.programmes.build import the_team_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


def about(client, conversation, **headers):
    address = f"/programmes/{conversation.programme.slug}/listen/{conversation.slug}/about/"
    return client.get(address, **headers).content.decode()


def test_it_is_said_unless_the_team_switches_it_off(client, programme):
    conversation = a_conversation(programme, statements=3)
    assert "not a statutory consultation" in about(client, conversation)
    services.say_what_this_is_not(programme.pk, False, "", by=the_team_of(programme))
    assert "not a statutory consultation" not in about(client, conversation)


def test_it_is_said_in_welsh_to_whoever_reads_welsh(client, programme):
    conversation = a_conversation(programme, statements=3)
    page = about(client, conversation, headers={"accept-language": "cy"})
    assert "Nid ymgynghoriad statudol yw hwn." in page


def test_the_team_may_use_its_own_words(client, programme):
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    address = f"/programmes/{programme.slug}/manage/consultation/"
    assert client.post(address, {"is_said": "on", "words": "We only ask."}).status_code == 303
    assert "We only ask." in about(client, a_conversation(programme, statements=3))
    assert "We only ask." in client.get(f"/programmes/{programme.slug}/privacy/").content.decode()


def test_what_was_held_elsewhere_is_not_ours_to_say_it_of(client, programme):
    conversation = a_conversation(programme, statements=3, held_elsewhere=True)
    assert "not a statutory consultation" not in about(client, conversation)


@pytest.mark.parametrize(
    ("is_said", "words", "read"), [(False, "We only ask.", ""), (True, "We only ask.", "We only ask.")]
)
def test_the_note_follows_the_setting(is_said, words, read):
    assert consultation_note(Programme(says_no_consultation=is_said, consultation_words=words)) == read
