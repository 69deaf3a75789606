"""What must change around a try-out, key by key."""

from uuid import UUID

from django.db import transaction

from knotwork.actions.models import ChangeKey, MustChange
from knotwork.actions.rules import Act, may
from knotwork.actions.services.rows import held_try_out, record_of
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require


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
