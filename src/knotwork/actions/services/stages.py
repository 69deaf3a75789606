"""The life of a try-out: started, perhaps stopped, ended; and what happened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.models import Ending, TryOut, TryOutStage
from knotwork.actions.rules import Act, can_start, may
from knotwork.actions.services.cycles import close_with_the_try_out
from knotwork.actions.services.rows import held_try_out, needed, record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse


def start(try_out: UUID, *, by: Viewer, at: datetime | None = None) -> None:
    """Begin. From now on nobody changes what is expected, by when, and when to stop."""
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(can_start(by, row))
        row.stage, row.started_at = TryOutStage.GOING, at or clock.now()
        row.save(update_fields=["stage", "started_at"])
        record_of("try_out.started", row, by)


def stop(try_out: UUID, why: str, *, by: Viewer, happened: str = "", at: datetime | None = None) -> None:
    """Stop early, and say why."""
    why = needed(why, _("Say why it stopped. That is what others learn from."))
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.STOP, row))
        TryOut.objects.filter(pk=row.pk).update(
            stage=TryOutStage.STOPPED,
            stopped_at=_after(row.started_at, at),
            why_stopped=why,
            happened=happened.strip() or row.happened,
        )
        record_of("try_out.stopped", row, by)


def end(
    try_out: UUID, ending: str, why: str, *, by: Viewer, happened: str = "", at: datetime | None = None
) -> None:
    """Say what became of it: adopted, adapted or abandoned; and why. A cycle that is going on closes with it."""
    why = needed(why, _("Say why it ended this way. That is what others learn from."))
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.END, row))
        moment = _after(row.stopped_at or row.started_at, at)
        close_with_the_try_out(row, ending, why, moment, by)
        TryOut.objects.filter(pk=row.pk).update(
            stage=TryOutStage.ENDED,
            ended_at=moment,
            needs_lead_since=None,
            ending=Ending(ending).value,
            why_ended=why,
            happened=happened.strip() or row.happened,
        )
        record_of("try_out.ended", row, by, ending=Ending(ending).value)


def say_what_happened(try_out: UUID, happened: str, *, by: Viewer) -> bool:
    """Write down what happened so far, beside what was expected; ``False`` when it says so already."""
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.TELL, row))
        if row.happened == happened.strip():
            return False
        TryOut.objects.filter(pk=row.pk).update(happened=happened.strip())
        record_of("try_out.told", row, by)
    return True


def _after(earlier: datetime | None, at: datetime | None) -> datetime:
    moment = at or clock.now()
    if earlier is not None and moment < earlier:
        raise refuse(_("It cannot have come to its end before it began."))
    return moment
