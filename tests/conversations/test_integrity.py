"""Signals for hosts, flags that drop nobody, and results with and without."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from knotwork.conversations.models import Conversation, FlaggedFor, Participant
from knotwork.conversations.services import flag_participants, unflag_participants
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.signals_of import signals_of
from knotwork.conversations.vote_arrays import state_of
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.analyses import queries as snapshots
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.builders import a_person, signed_in
from tests.conversations.build import page
from tests.conversations.camps import camps, cast_all, words_of, worked_out

pytestmark = pytest.mark.django_db
HOUSE = Viewer(is_administrator=True)
START = datetime(2026, 5, 1, 9, tzinfo=UTC)


def _spread_over_days(conversation: Conversation) -> None:
    for number, person in enumerate(Participant.objects.filter(conversation=conversation).order_by("number")):
        Participant.objects.filter(pk=person.pk).update(created_at=START + timedelta(minutes=23 * number))


def _copies(conversation: Conversation, count: int, value: int = -1, network: str = "") -> list[int]:
    """So many people who begin within a minute and answer everything alike, as nobody else does."""
    first = conversation.participants.count() + 1
    people = [
        Participant.objects.create(
            conversation=conversation,
            number=first + one,
            created_at=START + timedelta(hours=8, seconds=one),
            address_hash=network,
        )
        for one in range(count)
    ]
    statements = list(conversation.statements.order_by("number"))
    cast_all(conversation, [(person, one, value) for person in people for one in statements])
    return [person.number for person in people]


@pytest.fixture
def conversation() -> Conversation:
    made = camps((30, 20))
    _spread_over_days(made)
    return made


def test_an_ordinary_conversation_has_no_signals(conversation: Conversation) -> None:
    assert signals_of(conversation) == []


def test_copies_that_came_at_once_are_a_burst_and_alike(conversation: Conversation) -> None:
    numbers = _copies(conversation, 20)
    found = {signal.why: signal for signal in signals_of(conversation)}
    assert set(found) == {FlaggedFor.BURST, FlaggedFor.ALIKE}
    assert set(numbers) <= set(found[FlaggedFor.BURST].numbers)
    assert set(found[FlaggedFor.ALIKE].numbers) == set(numbers)
    assert "20 people gave exactly the same answers" in found[FlaggedFor.ALIKE].sentence


def test_many_from_one_network_are_a_wave(conversation: Conversation) -> None:
    numbers = _copies(conversation, 12, network="a hash")
    (wave,) = [one for one in signals_of(conversation) if one.why == FlaggedFor.RUSH]
    assert list(wave.numbers) == numbers
    assert "school" in wave.sentence


def test_flagging_the_people_of_a_signal_is_one_event_and_drops_nobody(conversation: Conversation) -> None:
    numbers = _copies(conversation, 20)
    assert flag_participants(conversation, numbers, FlaggedFor.ALIKE, by=HOUSE) == 20
    assert flag_participants(conversation, numbers, FlaggedFor.ALIKE, by=HOUSE) == 0
    assert Event.objects.get().details == {"reason": "alike"}
    assert worked_out(conversation)["people"] == 70
    assert unflag_participants(conversation, FlaggedFor.ALIKE, by=HOUSE) == 20
    assert not conversation.participants.filter(is_flagged=True).exists()


def test_a_run_is_due_when_somebody_is_flagged(conversation: Conversation) -> None:
    states = [state_of(conversation.pk)]
    for number in (1, 2):
        flag_participants(conversation, [number], FlaggedFor.OTHER, by=HOUSE)
        states.append(state_of(conversation.pk))
    assert len(set(states)) == 3


def test_only_hosts_flag_and_only_for_a_reason_of_the_list(conversation: Conversation) -> None:
    with pytest.raises(Refused):
        flag_participants(
            conversation, [1], "alike", by=viewer_for(a_person(Role.MODERATOR, conversation.programme))
        )
    with pytest.raises(NotTaken):
        flag_participants(conversation, [1], "a hunch", by=HOUSE)


class TestResultsWithAndWithout:
    def test_nothing_is_said_where_nobody_is_flagged(self, client: Client, conversation) -> None:
        assert "left_out" not in worked_out(conversation)
        assert "With and without flagged" not in words_of(client, conversation)

    def test_the_page_says_what_changes_without_them(self, client: Client, conversation) -> None:
        flag_participants(conversation, _copies(conversation, 20), FlaggedFor.ALIKE, by=HOUSE)
        left_out = worked_out(conversation)["left_out"]
        assert left_out["people"] == 20
        number, share, without = left_out["rows"][0]
        assert number in (9, 10)  # what everybody agrees on but the copies
        assert share < without
        html = words_of(client, conversation)
        assert "About 20 participants are flagged" in html
        assert "Without flagged participants" in html

    def test_it_is_what_the_votes_without_them_give(self, conversation) -> None:
        before = worked_out(conversation)
        flag_participants(conversation, _copies(conversation, 20), FlaggedFor.ALIKE, by=HOUSE)
        worked_out(conversation)
        snapshot = snapshots.newest_good("opinion", conversation.public_id)
        table = snapshots.table(snapshot.id, "public_without_flagged")
        shares = dict(table.select("statement", "agree_share_without").iter_rows())
        for number, rows in before["rows"].items():
            agree, _disagree, _passed, seen = rows[""]
            if agree and seen:
                assert shares[int(number)] == pytest.approx(agree / seen)

    def test_of_fewer_than_five_no_number_is_given(self, client: Client, conversation) -> None:
        flag_participants(conversation, [1, 2, 3, 4], FlaggedFor.OTHER, by=HOUSE)
        assert worked_out(conversation)["left_out"] == {"people": None}
        assert "A few participants are flagged, too few for numbers" in words_of(client, conversation)
        answer = client.get(f"{page('results', conversation)}table/without_flagged.csv")
        assert answer.status_code == 404

    def test_flagging_everybody_leaves_nothing_to_compare(self, conversation) -> None:
        everybody = list(conversation.participants.values_list("number", flat=True))
        flag_participants(conversation, everybody, FlaggedFor.OTHER, by=HOUSE)
        assert "left_out" not in worked_out(conversation)


class TestThePageOfTheHosts:
    @pytest.fixture
    def host(self, client: Client, conversation: Conversation) -> Client:
        return signed_in(client, a_person(Role.FACILITATOR, conversation.programme))

    def test_says_so_when_nothing_is_unusual(self, host: Client, conversation) -> None:
        assert "Nothing unusual was found." in host.get(page("integrity", conversation)).content.decode()

    def test_flags_and_takes_flags_away(self, host: Client, conversation) -> None:
        _copies(conversation, 20)
        signal = next(one for one in signals_of(conversation) if one.why == FlaggedFor.ALIKE)
        assert "Flag these 20 participants" in host.get(page("integrity", conversation)).content.decode()
        assert host.post(page("integrity", conversation), {"signal": signal.key}).status_code == 303
        html = host.get(page("integrity", conversation)).content.decode()
        assert "answered exactly like many others: 20" in html
        host.post(page("integrity", conversation), {"unflag": "alike"})
        assert not conversation.participants.filter(is_flagged=True).exists()

    def test_a_signal_that_has_changed_flags_nobody(self, host: Client, conversation) -> None:
        response = host.post(page("integrity", conversation), {"signal": "gone"})
        assert response.status_code == 422
        assert not conversation.participants.filter(is_flagged=True).exists()


class TestNamedGroups:
    def _named(self, sizes: tuple[int, int]) -> Conversation:
        made = camps(sizes, named_parts=["Leaders", "Residents"], groups_are_named=True)
        for number, person in enumerate(made.participants.order_by("number")):
            person.named_part = 1 if number < sizes[0] else 2
            person.save(update_fields=["named_part"])
        return made

    def test_are_compared_under_their_own_letters_and_names(self, client: Client) -> None:
        made = self._named((20, 30))
        assert worked_out(made)["groups"] == [["A", 20], ["B", 30]]
        html = words_of(client, made)
        assert "Group A are Leaders and Group B are Residents" in html
        assert "By their votes" not in html

    def test_a_part_of_fewer_than_five_is_no_group(self) -> None:
        result = worked_out(self._named((4, 30)))
        assert (result["groups"], result["why_no_groups"]) == ([], "early")
