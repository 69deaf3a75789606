"""By invitation: codes for one person each, used once, that lead to nobody's answers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from knotwork.conversations import codes
from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
    Invitation,
    InvitationBatch,
    Participant,
    Vote,
)
from knotwork.conversations.services import (
    cast_vote,
    end_invitations,
    flag_statement,
    forget,
    invitations,
    make_invitations,
    use_invitation,
)
from knotwork.conversations.services.refusals import InvitationNotKnown, InvitationUsed, NotOpen, NotTaken
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, signed_in
from tests.conversations.build import a_participant, a_token, page, press

HOUSE = Viewer(is_administrator=True)
HERE = "192.0.2.1"


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=3, is_by_invitation=True, named_parts=["Leaders", "Residents"])


def _code(conversation: Conversation, **words) -> str:
    _batch, (code,) = make_invitations(conversation, 1, by=HOUSE, **words)
    return code


def test_a_code_is_kept_only_as_a_hash(conversation: Conversation) -> None:
    code = _code(conversation)
    kept = str(list(Invitation.objects.values())) + str(list(InvitationBatch.objects.values()))
    assert code not in kept
    assert codes.understood(code) == code


def test_whoever_has_no_invitation_cannot_answer(client: Client, conversation: Conversation) -> None:
    statement = conversation.statements.first()
    assert client.get(page("take-part", conversation)).status_code == 403
    assert press(client, statement).status_code == 403
    assert not Participant.objects.exists()


def test_whoever_uses_one_can_answer_and_is_counted_with_her_part(
    client: Client, conversation: Conversation
) -> None:
    address = reverse("conversations:invited-link", args=[_code(conversation, named_part=2)])
    assert "Residents" in client.get(address).content.decode()
    assert client.post(address)["Location"] == page("take-part", conversation)
    assert press(client, conversation.statements.first()).status_code == 303
    somebody = Participant.objects.get()
    assert (somebody.is_invited, somebody.named_part, Vote.objects.count()) == (True, 2, 1)


def test_the_vote_itself_asks_for_the_invitation_whatever_the_page_said(conversation: Conversation) -> None:
    with pytest.raises(Refused, match="by invitation"):
        cast_vote(a_participant(conversation), conversation.statements.first(), 1)
    invited = use_invitation(_code(conversation), a_token(), HERE)
    cast_vote(invited, conversation.statements.first(), 1)
    assert Vote.objects.get().participant == invited


def test_a_code_is_used_once(conversation: Conversation) -> None:
    code = _code(conversation)
    use_invitation(code, a_token(), HERE)
    with pytest.raises(InvitationUsed):
        use_invitation(code, a_token(), HERE)


def test_pressing_twice_is_one_use_and_a_second_letter_is_left_for_somebody_else(
    conversation: Conversation,
) -> None:
    token, first, second = a_token(), _code(conversation), _code(conversation)
    one = use_invitation(first, token, HERE)
    assert use_invitation(first, token, HERE) == one
    assert use_invitation(second, token, HERE) == one
    assert use_invitation(second, a_token(), HERE) != one


def test_somebody_who_answered_before_it_was_by_invitation_keeps_her_answers(db: None) -> None:
    conversation = a_conversation(statements=1)
    token = a_token()
    somebody = a_participant(conversation, token)
    cast_vote(somebody, conversation.statements.get(), 1)
    Conversation.objects.update(is_by_invitation=True)
    conversation.refresh_from_db()
    assert use_invitation(_code(conversation), token, HERE) == somebody
    assert Vote.objects.get().participant == somebody


def test_nothing_that_is_kept_leads_from_a_code_to_a_person(conversation: Conversation) -> None:
    invited = use_invitation(_code(conversation), a_token(), HERE)
    assert {field.name for field in Invitation._meta.fields} == {"id", "batch", "code_hash", "is_used"}
    forget(invited)
    assert not invited.tokens.exists()


@pytest.mark.parametrize("typed", ["", "nonsense", "0000-0000-000", "7K2M 9QXW 4TC"])
def test_an_unknown_code_is_said_in_one_way(client: Client, db: None, typed: str) -> None:
    with pytest.raises(InvitationNotKnown):
        use_invitation(typed, a_token(), HERE)
    response = client.post(reverse("conversations:invited"), {"code": typed or "x"})
    assert response.status_code == 404
    assert "We do not know this invitation." in response.content.decode()


def test_a_return_code_is_no_invitation_and_an_invitation_no_return_code(
    client: Client, conversation: Conversation
) -> None:
    code = _code(conversation)
    assert client.post(reverse("conversations:come-back"), {"code": code}).status_code == 404


def test_typing_the_code_leads_to_what_one_is_asked(client: Client, conversation: Conversation) -> None:
    code = _code(conversation)
    response = client.post(reverse("conversations:invited"), {"code": codes.grouped(code).lower()})
    assert response["Location"] == reverse("conversations:invited-link", args=[code])
    assert conversation.question in client.get(response["Location"]).content.decode()


def test_trying_many_codes_is_slowed_down(conversation: Conversation) -> None:
    for _try in range(invitations.INVITATIONS_FROM_ONE_NETWORK.most):
        with pytest.raises(InvitationNotKnown):
            invitations.look_at_invitation(codes.new_code(), HERE)
    with pytest.raises(SlowDown):
        invitations.look_at_invitation(_code(conversation), HERE)
    assert invitations.look_at_invitation(_code(conversation), "198.51.100.7")


def test_before_it_opens_and_after_it_closed_a_code_is_kept_for_later(conversation: Conversation) -> None:
    code = _code(conversation)
    Conversation.objects.update(stage=ConversationStage.CLOSED)
    with pytest.raises(NotOpen):
        use_invitation(code, a_token(), HERE)
    assert not Invitation.objects.get().is_used
    response = Client().get(reverse("conversations:invited-link", args=[code]))
    assert "It has not been used" in response.content.decode()


def test_codes_that_ended_are_not_known_and_used_ones_stay_used(conversation: Conversation) -> None:
    batch, (first, second) = make_invitations(conversation, 2, by=HOUSE)
    use_invitation(first, a_token(), HERE)
    end_invitations(batch, by=HOUSE)
    end_invitations(batch, by=HOUSE)
    with pytest.raises(InvitationNotKnown):
        use_invitation(second, a_token(), HERE)
    with pytest.raises(InvitationUsed):
        use_invitation(first, a_token(), HERE)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "invitations.made",
        "invitations.ended",
    ]


@pytest.mark.parametrize(("how_many", "part"), [(0, None), (501, None), (1, 3), (1, 0)])
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    conversation: Conversation, how_many: int, part: int | None
) -> None:
    with pytest.raises(NotTaken):
        make_invitations(conversation, how_many, named_part=part, by=HOUSE)
    assert not InvitationBatch.objects.exists()


def test_only_hosts_make_codes_and_only_where_people_are_invited(conversation: Conversation) -> None:
    moderator = viewer_for(a_person(Role.MODERATOR, conversation.programme))
    with pytest.raises(Refused):
        make_invitations(conversation, 1, by=moderator)
    with pytest.raises(Refused, match="Everybody can answer here"):
        make_invitations(a_conversation(), 1, by=HOUSE)


class TestThePageOfTheHosts:
    @pytest.fixture
    def host(self, client: Client, conversation: Conversation) -> Client:
        return signed_in(client, a_person(Role.FACILITATOR, conversation.programme))

    def test_shows_the_codes_once(self, host: Client, conversation: Conversation) -> None:
        words = {"how_many": "7", "label": "Letters of 3 May", "named_part": "1"}
        html = host.post(page("invitations", conversation), words).content.decode()
        shown = re.findall(r"<code>([0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{3})</code>", html)
        assert len(set(shown)) == 7
        later = host.get(page("invitations", conversation)).content.decode()
        assert "Letters of 3 May" in later
        assert not [code for code in shown if code in later]

    def test_does_not_say_that_one_person_took_part(self, host: Client, conversation: Conversation) -> None:
        use_invitation(_code(conversation), a_token(), HERE)
        assert "fewer than 5 used" in host.get(page("invitations", conversation)).content.decode()

    def test_asks_again_for_a_number_that_is_none(self, host: Client, conversation: Conversation) -> None:
        assert host.post(page("invitations", conversation), {"how_many": "900"}).status_code == 422

    def test_ends_a_batch(self, host: Client, conversation: Conversation) -> None:
        batch, _codes = make_invitations(conversation, 2, by=HOUSE)
        address = reverse(
            "conversations:invitations-end",
            args=[conversation.programme.slug, conversation.slug, batch.public_id],
        )
        assert host.post(address).status_code == 303
        assert not Invitation.objects.exists()

    def test_says_why_none_can_be_made_where_everybody_can_answer(
        self, host: Client, conversation: Conversation
    ) -> None:
        Conversation.objects.update(is_by_invitation=False)
        assert "Everybody can answer here" in host.get(page("invitations", conversation)).content.decode()


def test_in_a_sensitive_place_an_invited_person_answers_and_reads_who_looks_after_her_safety(
    client: Client, db: None
) -> None:
    place = a_place(is_sensitive=True, help_text="Call the helpline.")
    conversation = a_conversation(
        place.programme,
        place=place,
        statements=2,
        safeguarding_lead="Ada Lark",
        safeguarding_contact="020 7946 0000",
    )
    address = reverse("conversations:invited-link", args=[_code(conversation)])
    html = client.get(address).content.decode()
    assert "Ada Lark" in html
    assert "Call the helpline." in html
    client.post(address)
    html = client.get(page("take-part", conversation)).content.decode()
    assert "Ada Lark" in html
    assert "quick-exit" in html
    assert "Say something yourself" not in html
    assert press(client, conversation.statements.first()).status_code == 303
    assert client.get(page("add", conversation)).status_code in (403, 409)
    assert client.get(page("results", conversation)).status_code == 403


def test_whoever_is_not_invited_flags_nothing(conversation: Conversation) -> None:
    with pytest.raises(Refused):
        flag_statement(conversation, conversation.statements.first(), "hurtful", a_token(), HERE)
