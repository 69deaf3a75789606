"""What must change around a try-out, key by key."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.models import ChangeKey, ChangeState, ChangeStep, MustChange
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import held_try_out, record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse


def say_what_must_change(try_out: UUID, key: str, words: str, *, by: Viewer) -> bool:
    """Say what must change under one key; empty words take it away. ``False`` when it is said already."""
    wanted, code = words.strip(), ChangeKey(key).value
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.SAY_WHAT_MUST_CHANGE, row))
        held = MustChange.objects.filter(try_out=row, key=code).first()
        if wanted == (held.words if held else ""):
            return False
        if wanted:
            MustChange.objects.update_or_create(try_out=row, key=code, defaults={"words": wanted})
        else:
            MustChange.objects.filter(try_out=row, key=code).delete()
        record_of("try_out.change_said", row, by, key=code)
    return True


def say_how_it_turns(
    try_out: UUID, key: str, state: str, words: str = "", *, by: Viewer, on: date | None = None
) -> bool:
    """Say how far what must change under a key has come: not yet, moving or changed. ``False`` if said already.

    Every word stays with its day, so that one can see how long something took.
    """
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.SAY_WHAT_MUST_CHANGE, row))
        held = MustChange.objects.filter(try_out=row, key=ChangeKey(key).value).first()
        if held is None:
            raise refuse(_("Say first what must change here."))
        day = on or clock.now().date()
        if day > clock.now().date():
            raise refuse(_("This day is still to come."))
        far = ChangeState(state).value
        _step, is_new = ChangeStep.objects.get_or_create(
            must_change=held, state=far, on=day, words=words.strip()[:300]
        )
        if is_new:
            record_of("try_out.change_turned", row, by, key=held.key, state=far)
    return is_new
