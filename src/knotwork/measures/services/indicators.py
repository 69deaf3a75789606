"""Hold an indicator and its figures. Both may be said as often as one likes: only what differs is written."""

from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.measures import rules
from knotwork.measures.figures import differences, figures_of, write_figures
from knotwork.measures.models import Indicator
from knotwork.measures.words import Changes, IndicatorWords, ObservationRow
from knotwork.programmes.services.made import Made, refuse, standing_programme
from knotwork.programmes.services.programmes import apply


def hold_indicator(words: IndicatorWords, *, by: Viewer, programme_id: int | None = None) -> Made:
    """Hold an indicator, for one programme or (an administrator alone) for everybody; known by its key."""
    with transaction.atomic():
        require(rules.can_hold(by, programme_id))
        programme = None if programme_id is None else standing_programme(programme_id)
        row = Indicator.objects.filter(programme=programme, key=words.key).first()
        if row is None:
            row = Indicator.objects.create(programme=programme, **asdict(words))
            _record("indicator.held", row, by)
        else:
            _apply(row, words, by)
    return Made(row.pk, row.public_id, row.key)


def change_indicator(indicator: UUID, words: IndicatorWords, *, by: Viewer) -> bool:
    """Say better what an indicator is; ``False`` when it says so already. Its key stays."""
    with transaction.atomic():
        row = _held(indicator)
        require(rules.can_hold(by, row.programme_id))
        return _apply(row, words, by)


def hold_observations(indicator: UUID, rows: Iterable[ObservationRow], *, by: Viewer) -> Changes:
    """Hold figures of an indicator: new ones are added, others replaced, none removed."""
    with transaction.atomic():
        row = _held(indicator)
        require(rules.can_hold(by, row.programme_id))
        figures = figures_of(rows)
        found = differences(row.pk, figures)
        if found.changes.changed and row.programme_id is not None:
            require(rules.can_change_figures(by, row.programme_id))
        write_figures(row.pk, found)
        if found.changes.added or found.changes.changed:
            touch(row)
            _record("indicator.figures_held", row, by)
    return found.changes


def touch(row: Indicator) -> None:
    """Everything that was worked out from its figures is due again."""
    row.changed_at = clock.now()
    row.save(update_fields=["changed_at"])


def _held(indicator: UUID) -> Indicator:
    row = (
        Indicator.objects.select_for_update(of=("self",))
        .select_related("programme")
        .filter(public_id=indicator)
        .first()
    )
    if row is None:
        raise refuse(_("This indicator is not known here."))
    return row


def _apply(row: Indicator, words: IndicatorWords, by: Viewer) -> bool:
    if not apply(row, words):
        return False
    touch(row)
    _record("indicator.changed", row, by)
    return True


def _record(verb: str, row: Indicator, by: Viewer) -> None:
    record(
        verb,
        subject_kind="indicator",
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id if row.programme else None,
    )
