"""What else may have moved a measure, from when its chart begins anew, and that nothing fits: all said in words."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.measures import rules
from knotwork.measures.models import NothingFits, Rebase, RivalCause
from knotwork.measures.services.measures import held_measure, record_of, set_rebase, touch
from knotwork.measures.words import CauseWords, NewBeginning, NothingFitsWords
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.services.made import refuse, standing_place
from knotwork.programmes.services.programmes import apply
from knotwork.programmes.written import can_show


def say_rival_cause(measure: UUID, words: CauseWords, *, by: Viewer) -> UUID:
    """Say what else may have moved the measure; it stands beside its result from now on."""
    with transaction.atomic():
        row = held_measure(measure, rules.Act.SAY_CAUSE, by)
        if not words.words.strip():
            raise refuse(_("Please say what else may have moved it."))
        cause = RivalCause.objects.create(measure=row, author_id=by.person_id, **asdict(words))
        touch(row)
        record_of(row, "measure.rival_cause_said", by)
    return cause.public_id


def withdraw_rival_cause(cause: UUID, reason: str, *, by: Viewer) -> None:
    """Take a rival cause out of sight: for mistakes; one that was ruled out stays, with who ruled it out."""
    with transaction.atomic():
        found = RivalCause.objects.filter(public_id=cause, withdrawn_at__isnull=True).first()
        if found is None:
            raise refuse(_("This cause is not known here."))
        row = held_measure(found.measure.public_id, rules.Act.SAY_CAUSE, by)
        if found.author_id != by.person_id or by.is_stranger:
            require(rules.can(by, rules.Act.CHANGE, row))
        found.withdrawn_at, found.withdrawn_reason = clock.now(), reason[:300]
        found.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        touch(row)
        record_of(row, "measure.rival_cause_withdrawn", by)


def approve_rebase(measure: UUID, begun: NewBeginning, *, by: Viewer) -> None:
    """Let the chart begin anew on a day, with its cause and the name of who says so."""
    with transaction.atomic():
        row = held_measure(measure, rules.Act.REBASE, by)
        set_rebase(row, begun, by)
        touch(row)
        record_of(row, "measure.rebased", by)


def end_rebase(rebase: UUID, *, by: Viewer) -> None:
    """Draw the chart through that day again."""
    with transaction.atomic():
        found = Rebase.objects.filter(public_id=rebase).select_related("measure").first()
        if found is None:
            raise refuse(_("This new beginning is not known here."))
        row = held_measure(found.measure.public_id, rules.Act.REBASE, by)
        found.delete()
        touch(row)
        record_of(row, "measure.rebase_ended", by)


def nothing_fits(place_id: int, words: NothingFitsWords, *, by: Viewer) -> UUID:
    """Say that no series that is held fits the issue of a place, and why; said anew, it takes the place of the last."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(rules.can_choose(by, place.programme, place))
        require(can_show(words.visibility, place))
        require(can_show_now(by, place.programme, words.visibility, place))
        if not words.words.strip():
            raise refuse(_("Please say why nothing fits."))
        row = NothingFits.objects.filter(place=place, withdrawn_at__isnull=True).first()
        if row is None:
            row = NothingFits.objects.create(
                programme=place.programme, place=place, author_id=by.person_id, **asdict(words)
            )
        elif not apply(row, words):
            return row.public_id
        _record_nothing(row, "measure.nothing_fits_said", by)
    return row.public_id


def withdraw_nothing_fits(place_id: int, reason: str, *, by: Viewer) -> None:
    """Something fits now, or it was a mistake."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(rules.can_choose(by, place.programme, place))
        for row in NothingFits.objects.filter(place=place, withdrawn_at__isnull=True):
            row.withdrawn_at, row.withdrawn_reason = clock.now(), reason[:300]
            row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
            _record_nothing(row, "measure.nothing_fits_withdrawn", by)


def _record_nothing(row: NothingFits, verb: str, by: Viewer) -> None:
    record(
        verb,
        subject_kind="nothing_fits",
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
        place=row.place.public_id if row.place else None,
    )
