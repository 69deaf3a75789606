"""People who take part without an account: how they are known, how they come back, how they are forgotten."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from knotwork.conversations import codes
from knotwork.conversations.models import (
    BackgroundAnswer,
    Conversation,
    FlaggedFor,
    Participant,
    ParticipantToken,
    VoteLogEntry,
    Way,
)
from knotwork.conversations.queries.known import Known, known_by, token_hash
from knotwork.conversations.services.numbers import next_number
from knotwork.conversations.services.refusals import CodeNotKnown
from knotwork.core import clock
from knotwork.core.accounts import erasures
from knotwork.core.limits.services import Limit, attempt, keyed_hash
from knotwork.core.pages.errors import SlowDown

# A person reads a statement before she answers; a school class begins within the same minute.
ANSWERS_IN_A_MINUTE = 40
NEWCOMERS_IN_A_MINUTE = 60
NEWCOMERS_IN_AN_HOUR = 150
CODES_FROM_ONE_NETWORK = Limit("return code", 20, timedelta(minutes=10))
CODES_FROM_EVERYBODY = Limit("return code, everybody", 600, timedelta(minutes=10))
ADDRESSES_KEPT_FOR = timedelta(days=1)


def at_a_readers_pace(known: Known) -> Known:
    """Whoever answers faster than a person can read is slowed down; what she said is kept."""
    if known.answers_in_a_minute >= ANSWERS_IN_A_MINUTE:
        raise SlowDown(
            60,
            _("That was very fast. Your answers so far are kept. Wait a minute, then answer again."),
        )
    return known


def join(
    conversation: Conversation,
    token: str,
    address: str,
    *,
    way: str = Way.ONLINE,
    named_part: int | None = None,
    is_invited: bool = False,
) -> Participant:
    """The participant with this token, made at her first answer or first statement and never before.

    ``way`` is how she takes part: whoever types in answers from paper, or helps somebody, says so. ``named_part`` is
    her answer to 'which are you?', from 1. ``is_invited``: she comes with an invitation. Many newcomers from one
    network are flagged and slowed down, never shut out: it may be a school.
    """
    if named_part is not None and not 1 <= named_part <= len(conversation.named_parts):
        raise ValueError(f"This conversation names {len(conversation.named_parts)} parts; got {named_part}.")
    with transaction.atomic():
        if known := known_by(conversation, token):
            return known
        number = next_number(Participant, conversation)
        if known := known_by(
            conversation, token
        ):  # she pressed twice and the first press went ahead in the queue
            return known
        address_hash = keyed_hash(f"address in {conversation.public_id}", address)
        is_rushed = _comes_in_a_rush(conversation, address_hash)
        participant = Participant.objects.create(
            conversation=conversation,
            number=number,
            address_hash=address_hash,
            is_flagged=is_rushed,
            flagged_for=FlaggedFor.RUSH if is_rushed else "",
            is_invited=is_invited,
            way=Way(way),
            named_part=named_part,
        )
        ParticipantToken.objects.create(participant=participant, token_hash=token_hash(conversation, token))
    return participant


def say_which_part(participant: Participant, named_part: int) -> None:
    """Keep what somebody, who has said something but answered nothing yet, said to 'which are you?'; only once."""
    if participant.named_part is not None or _has_answered(participant):
        return
    Participant.objects.filter(pk=participant.pk).update(named_part=named_part)


def _has_answered(participant: Participant) -> bool:
    return VoteLogEntry.objects.filter(participant=participant).exists()


def _comes_in_a_rush(conversation: Conversation, address_hash: str) -> bool:
    """Whether so many began from this network within the hour that hosts should know; slows down a burst."""
    moment = clock.now()
    recent = Participant.objects.filter(
        conversation=conversation, address_hash=address_hash, created_at__gt=moment - timedelta(hours=1)
    ).aggregate(hour=Count("pk"), minute=Count("pk", filter=Q(created_at__gt=moment - timedelta(minutes=1))))
    if recent["minute"] >= NEWCOMERS_IN_A_MINUTE:
        raise SlowDown(
            60,
            _("Many people have just begun from your network. Wait a minute, then press your answer again."),
        )
    return bool(recent["hour"] >= NEWCOMERS_IN_AN_HOUR)


def new_return_code(participant: Participant, code: str = "") -> str:
    """A fresh code for coming back, shown once; an earlier one ends.

    ``code`` is for made-up participants, whose code is given away so that everybody can try it.
    """
    code = code or codes.new_code()
    Participant.objects.filter(pk=participant.pk).update(return_code_hash=_code_hash(code))
    return code


def _code_hash(code: str) -> str:
    return keyed_hash("return code", code)


def come_back(typed: str, token: str, address: str) -> Participant:
    """The participant whose code was typed; from now on this browser is hers too.

    A code that cannot be one costs nothing; each look-up counts, for its network and for all together.
    """
    code = codes.understood(typed)
    if code is None:
        raise CodeNotKnown
    if not (attempt(CODES_FROM_ONE_NETWORK, address) and attempt(CODES_FROM_EVERYBODY, "")):
        raise SlowDown(600, _("Too many codes were tried from your network. Wait ten minutes and try again."))
    participant = (
        Participant.objects.select_related("conversation__programme", "conversation__place")
        .filter(return_code_hash=_code_hash(code), conversation__withdrawn_at__isnull=True)
        .first()
    )
    if participant is None:
        raise CodeNotKnown
    with transaction.atomic():
        ParticipantToken.objects.update_or_create(
            token_hash=token_hash(participant.conversation, token), defaults={"participant": participant}
        )
    return participant


def forget(participant: Participant) -> None:
    """Break the link between a person and her answers for ever: tokens, code and address go, and what she
    said about herself; answers stay."""
    with transaction.atomic():
        _break_link(Participant.objects.filter(pk=participant.pk))
        erasures.remember("participant", _erasure_key(participant))


def _erasure_key(participant: Participant) -> str:
    """Names nobody, and no two: a number alone could be given anew after an older dump was put back."""
    return f"{participant.conversation.public_id.hex}:{participant.number}:{_began(participant)}"


def _began(participant: Participant) -> int:
    return round(participant.created_at.timestamp() * 1_000_000)


def forget_again(key: str) -> None:
    """The same after an older dump was put back; ``key`` is conversation, number and moment of beginning."""
    public_id, number, began = key.split(":")
    those = Participant.objects.filter(conversation__public_id=UUID(public_id), number=int(number))
    same = [row.pk for row in those if _began(row) == int(began)]
    with transaction.atomic():
        _break_link(Participant.objects.filter(pk__in=same))


def _break_link(those: QuerySet[Participant]) -> None:
    ParticipantToken.objects.filter(participant__in=those).delete()
    BackgroundAnswer.objects.filter(participant__in=those).delete()
    those.update(return_code_hash="", address_hash="")


def forget_addresses() -> int:
    """Blank the hashed addresses of those who began more than a day ago; how many."""
    old = Participant.objects.filter(created_at__lt=clock.now() - ADDRESSES_KEPT_FOR).exclude(address_hash="")
    return old.update(address_hash="")
