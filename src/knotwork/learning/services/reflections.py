"""Ask a team to reflect, reflect, ask peers, and close. What people answer leaves no event and no time."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.limits.services import keyed_hash
from knotwork.core.rules import require
from knotwork.learning.models import Moment, PeerAnswer, PeerLink, Reflection, ReflectionRound
from knotwork.learning.rules import can_ask_to_reflect, can_reflect, is_open
from knotwork.learning.services.group_changes import work_out
from knotwork.learning.ways import is_whole
from knotwork.programmes.services.made import refuse, standing_place

VERBS = ("reflection_round.opened", "reflection_round.closed")
LONGEST_OPEN = timedelta(days=92)
MOST_LINKS = 12


def ask_to_reflect(
    place_id: int, moment: str, closes_at: datetime, *, by: Viewer, at: datetime | None = None
) -> UUID:
    """Begin a round, once for each moment, in their order."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(can_ask_to_reflect(by, place.programme, place.pk))
        opens_at = at or clock.now()
        if not opens_at < closes_at <= opens_at + LONGEST_OPEN:
            raise refuse(_("Choose a time to close between now and three months from now."))
        before = list(ReflectionRound.objects.filter(place=place))
        order = list(Moment.values)
        if any(order.index(row.moment) >= order.index(Moment(moment).value) for row in before):
            raise refuse(_("This round was asked for already, or a later one was. Each is asked once."))
        if any(is_open(row) for row in before):
            raise refuse(_("The round before is still open. Close it first."))
        row = ReflectionRound.objects.create(
            place=place, moment=Moment(moment).value, opens_at=opens_at, closes_at=closes_at
        )
        _tell("opened", row, by)
    return row.public_id


def reflect(round_id: UUID, answers: Mapping[str, int], *, by: Viewer) -> None:
    """Keep what somebody says of herself; said again while the round is open, it takes the place of before."""
    with transaction.atomic():
        row = _held(round_id)
        require(can_reflect(by, row))
        Reflection.objects.update_or_create(
            round=row, person_id=_person(by), defaults={"answers": _whole(answers)}
        )


def make_peer_links(round_id: UUID, how_many: int, *, by: Viewer) -> list[str]:
    """Fresh tokens, each for one peer; they are shown once and kept only as a hash."""
    with transaction.atomic():
        row = _held(round_id)
        require(can_reflect(by, row))
        made = PeerLink.objects.filter(round=row, person_id=_person(by)).count()
        if not 1 <= how_many <= MOST_LINKS - made:
            raise refuse(
                _("You can ask %(most)d peers in all, and have made %(made)d links.")
                % {"most": MOST_LINKS, "made": made}
            )
        tokens = [secrets.token_urlsafe(24) for _number in range(how_many)]
        for token in tokens:
            PeerLink.objects.create(round=row, person_id=_person(by), token_hash=peer_hash(token))
    return tokens


def answer_as_peer(token: str, answers: Mapping[str, int]) -> None:
    """One answer for one link. Which answer came by which link is kept nowhere."""
    with transaction.atomic():
        link = PeerLink.objects.select_related("round").filter(token_hash=peer_hash(token)).first()
        if link is None:
            raise refuse(_("This link is not known here."))
        row = _held(link.round.public_id)
        if not is_open(row):
            raise refuse(_("This round has closed. Thank you for wanting to answer."))
        if not PeerLink.objects.filter(pk=link.pk, is_used=False).update(is_used=True):
            raise refuse(_("This link was used already. Each one is for one answer."))
        PeerAnswer.objects.create(round=row, person_id=link.person_id, answers=_whole(answers))


def close_reflection_round(round_id: UUID, *, by: Viewer) -> None:
    """End a round before its time, and work out what may be shown of the team."""
    with transaction.atomic():
        row = _held(round_id)
        require(can_ask_to_reflect(by, row.place.programme, row.place_id))
        if not is_open(row):
            raise refuse(_("This round has closed already."))
        row.closes_at = clock.now()
        row.save(update_fields=["closes_at"])
        _tell("closed", row, by)
        work_out(row)


def work_out_closed_rounds() -> int:
    """For every round that has closed by itself: what may be shown of its team. How many were worked out."""
    due = ReflectionRound.objects.filter(closes_at__lte=clock.now(), changes__isnull=True)
    public_ids = list(due.exclude(moment=Moment.START).values_list("public_id", flat=True))
    for public_id in public_ids:
        with transaction.atomic():
            work_out(_held(public_id))
    return len(public_ids)


def forget(public_id: str) -> None:
    """Erase what a person said of herself and what peers said of her; figures of her team stay as they were."""
    for model in (Reflection, PeerAnswer, PeerLink):
        model.objects.filter(person__public_id=public_id).delete()


def peer_hash(token: str) -> str:
    return keyed_hash("peer link", token)


def _held(round_id: UUID) -> ReflectionRound:
    held = ReflectionRound.objects.select_for_update(of=("self",)).select_related("place__programme")
    row = held.filter(public_id=round_id, place__withdrawn_at__isnull=True).first()
    if row is None:
        raise refuse(_("This round is not known here."))
    return row


def _person(by: Viewer) -> int:
    assert by.person_id is not None, "only somebody of a team may reflect"
    return by.person_id


def _whole(answers: Mapping[str, int]) -> dict[str, int]:
    given = dict(answers)
    if not is_whole(given):
        raise refuse(_("Please answer every line. “I cannot say” is an answer."))
    return given


def _tell(act: str, row: ReflectionRound, by: Viewer) -> None:
    record(
        f"reflection_round.{act}",
        subject_kind="reflection_round",
        subject_id=row.public_id,
        by=by,
        programme=row.place.programme.public_id,
        place=row.place.public_id,
        details={"moment": row.moment},
    )
