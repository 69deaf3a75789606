"""Plan a try-out, change its words, take it out of sight."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.actions.models import Pledge, PledgeState, TryOut
from knotwork.actions.querysets import try_outs
from knotwork.actions.rules import Act, can_plan, may
from knotwork.actions.services.rows import held_try_out, needed, record_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Stage
from knotwork.programmes.services import Made, show_pledges, withdraw_pledge
from knotwork.programmes.services.made import good_slug, place_of, standing_programme
from knotwork.programmes.written import can_show

RESERVED = frozenset({"new", "portfolio"})
FIXED = ("expects", "how_seen", "by_when", "stop_rule")
"""What is said before the start and stays as it was said."""


@dataclass(frozen=True)
class TryOutWords:
    """All that is said of a try-out before it starts. ``signed``: who leads it, as they want to be named.

    ``expects`` can be counted or seen, ``how_seen`` says how; ``by_when`` is a day in the programme's time zone.
    """

    title: str
    what: str = ""
    expects: str = ""
    how_seen: str = ""
    by_when: date | None = None
    stop_rule: str = ""
    signed: str = ""
    visibility: str = Stage.PLACE.value
    language: str = "en"


def plan(
    programme_id: int,
    words: TryOutWords,
    *,
    by: Viewer,
    place_id: int | None = None,
    slug: str = "",
    at: datetime | None = None,
) -> Made:
    """Plan a try-out for a place, or for the programme as a whole."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        place = place_of(programme, place_id)
        require(can_plan(by, programme, place))
        require(can_show(words.visibility, place))
        require(can_show_now(by, programme, words.visibility, place))
        taken = set(TryOut.objects.filter(programme=programme).values_list("slug", flat=True)) | RESERVED
        row = TryOut.objects.create(
            programme=programme,
            place=place,
            author_id=by.person_id,
            lead_id=by.person_id,
            slug=good_slug(slug, words.title, lambda wanted: wanted in taken),
            written_at=at or clock.now(),
            **_columns(words),
        )
        record_of("try_out.planned", row, by)
    return Made(row.pk, row.public_id, row.slug)


def change(try_out: UUID, words: TryOutWords, *, by: Viewer) -> bool:
    """Change what a try-out says of itself; ``False`` when it says so already.

    What is expected, how it is seen, by when, and the stop rule change only before the start.
    """
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.CHANGE_WORDS, row))
        wanted, stands = _columns(words), _columns(_words_of(row))
        if wanted == stands:
            return False
        if any(wanted[name] != stands[name] for name in FIXED):
            require(may(by, Act.FIX_EXPECTATION, row))
        if wanted["visibility"] != stands["visibility"]:
            require(can_show(words.visibility, row.place))
            before = str(stands["visibility"])
            require(can_show_now(by, row.programme, words.visibility, row.place, before=before))
            show_pledges(_ledger_entries(row), words.visibility, by=by)
        TryOut.objects.filter(pk=row.pk).update(**wanted)
        record_of("try_out.changed", row, by)
    return True


def withdraw(try_out: UUID, reason: str, *, by: Viewer) -> None:
    """Take a try-out out of sight, and what is still only pledged for it out of the ledger."""
    reason = needed(reason, _("Say in a few words why it is taken out of sight."))[:300]
    with transaction.atomic():
        row = held_try_out(try_out, by)
        require(may(by, Act.WITHDRAW, row))
        for entry in _ledger_entries(row, state=PledgeState.PLEDGED):
            withdraw_pledge(entry, reason, by=by)
        TryOut.objects.filter(pk=row.pk).update(withdrawn_at=clock.now(), withdrawn_reason=reason)
        record_of("try_out.withdrawn", row, by)


def words_of(try_out: UUID, by: Viewer) -> TryOutWords:
    """What it says of itself now, to change some of it."""
    return _words_of(try_outs().visible_to(by).get(public_id=try_out))


def _words_of(row: TryOut) -> TryOutWords:
    return TryOutWords(**{name: getattr(row, name) for name in TryOutWords.__dataclass_fields__})


def _columns(words: TryOutWords) -> dict[str, object]:
    columns = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(words).items()
    }
    needed(words.title, _("Give it a name."))
    return columns | {"visibility": Stage(words.visibility).value}


def _ledger_entries(row: TryOut, **which: str) -> list[UUID]:
    held = Pledge.objects.filter(try_out=row, ledger_entry__isnull=False, **which)
    return [entry for entry in held.values_list("ledger_entry", flat=True) if entry is not None]
