"""Paper: packs of numbered sheets, and a clerk who types them in; a sheet counts once the next one is typed."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.conversations import room_rules
from knotwork.conversations.models import (
    Conversation,
    PaperPack,
    PaperSheet,
    ParticipantToken,
    SheetState,
    Statement,
    StatementState,
    VoteValue,
    Way,
)
from knotwork.conversations.services.participants import join
from knotwork.conversations.services.refusals import (
    NoSuchSheet,
    NotOpen,
    NotTaken,
    TypedBefore,
    UnknownStatement,
)
from knotwork.conversations.services.statements import add_from_paper
from knotwork.conversations.services.voting import cast_vote
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import Refused, require

MOST_SHEETS = 100
MOST_PRINTED = 60
TAKEN_BACK_WITHIN = timedelta(minutes=10)
EMPTY: Final = "-"
KEYS: Final = {
    **dict.fromkeys("a1", VoteValue.AGREE),
    **dict.fromkeys("d2", VoteValue.DISAGREE),
    **dict.fromkeys("p3", VoteValue.PASS),
}
_EMPTY_KEYS = frozenset("-.0x")
_SHEET = re.compile(r"\s*([a-z]{1,2})[\s-]*0*(\d{1,4})\s*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class TypedSheet:
    """What a clerk reads from one sheet. ``answers`` is one key for each statement of the paper."""

    sheet: str
    answers: str
    written: tuple[str, ...] = ()
    way: str = Way.PAPER
    named_part: int | None = None


def make_pack(conversation: Conversation, sheet_count: int, statement_count: int, *, by: Viewer) -> PaperPack:
    """Fix which statements stand on the paper, and give the pack its letter."""
    if not (1 <= sheet_count <= MOST_SHEETS and 1 <= statement_count <= MOST_PRINTED):
        raise ValueError(f"A pack has 1 to {MOST_SHEETS} sheets with 1 to {MOST_PRINTED} statements.")
    with transaction.atomic():
        row = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        require(room_rules.can_print(by, conversation))
        live = Statement.objects.filter(conversation=row, state=StatementState.LIVE).order_by("number")
        printed = list(live.values_list("number", flat=True)[:statement_count])
        if not printed:
            raise NotOpen(_("There is nothing to print yet. Add at least one statement first."))
        pack = PaperPack.objects.create(
            conversation=conversation,
            letter=_letter(PaperPack.objects.filter(conversation=row).count()),
            sheet_count=sheet_count,
            statements=printed,
            by=by.public_id,
        )
        _record("paper_pack.made", pack, by)
    return pack


def _letter(position: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    first, last = divmod(position, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)


def throw_away_pack(pack: PaperPack, *, by: Viewer) -> None:
    """Say that a pack is not used; not once one of its sheets was typed in."""
    with transaction.atomic():
        row = PaperPack.objects.select_for_update().get(pk=pack.pk)
        require(room_rules.can_print(by, pack.conversation))
        if row.sheets.exists():
            raise NotOpen(_("Sheets of this pack are typed in already, so it stays."))
        if row.thrown_away_at is None:
            PaperPack.objects.filter(pk=row.pk).update(thrown_away_at=clock.now())
            _record("paper_pack.thrown_away", pack, by)


def read_answers(typed: str, expected: int) -> str:
    """The keys of one sheet, tidied to ``a``, ``d``, ``p`` and ``-``; or what is wrong with them."""
    keys = "".join(typed.split()).lower()
    for position, key in enumerate(keys, start=1):
        if key not in KEYS and key not in _EMPTY_KEYS:
            raise NotTaken(
                _(
                    "“%(key)s” is no answer (number %(number)d). Type a or 1, d or 2, p or 3, or - for nothing."
                )
                % {"key": key, "number": position}
            )
    if len(keys) != expected:
        words = ngettext(
            "The paper has %(expected)d statement, and %(typed)d answers are typed. Type - where nothing is ticked.",
            "The paper has %(expected)d statements, and %(typed)d answers are typed. Type - where nothing is ticked.",
            expected,
        )
        raise NotTaken(words % {"expected": expected, "typed": len(keys)})
    letters = {VoteValue.AGREE: "a", VoteValue.DISAGREE: "d", VoteValue.PASS: "p"}
    return "".join(letters[KEYS[key]] if key in KEYS else EMPTY for key in keys)


def sheet_at(conversation: Conversation, typed: str) -> tuple[PaperPack, int]:
    """The pack and the number that stand on a sheet, such as ``A-014``."""
    match = _SHEET.match(typed)
    if match is None:
        raise NoSuchSheet(_("Type the sheet’s letter and number, such as A-14."))
    letter, number = match[1].upper(), int(match[2])
    packs = PaperPack.objects.filter(conversation=conversation, thrown_away_at__isnull=True)
    pack = packs.filter(letter=letter).first()
    if pack is None:
        raise NoSuchSheet(_("There is no pack %(letter)s of this conversation.") % {"letter": letter})
    if not 1 <= number <= pack.sheet_count:
        raise NoSuchSheet(
            _("Pack %(letter)s has the sheets 1 to %(last)d.") % {"letter": letter, "last": pack.sheet_count}
        )
    return pack, number


def type_in(conversation: Conversation, typed: TypedSheet, *, by: Viewer) -> PaperSheet:
    """Keep what stands on one sheet. The sheet that this clerk typed before it counts from now on."""
    pack, number = sheet_at(conversation, typed.sheet)
    answers = read_answers(typed.answers, len(pack.statements))
    if set(answers) == {EMPTY} and not typed.written:
        raise NotTaken(_("Nothing is ticked and nothing is written on this sheet. Leave it out."))
    with transaction.atomic():
        require(room_rules.can_type_in(by, conversation))
        if earlier := PaperSheet.objects.filter(pack=pack, number=number).first():
            raise _typed_before(earlier, pack)
        _count_all(_not_counted(conversation).filter(by=by.public_id))
        try:
            with transaction.atomic():
                sheet = PaperSheet.objects.create(
                    pack=pack,
                    number=number,
                    way=Way(typed.way),
                    named_part=typed.named_part,
                    answers=answers,
                    written="\n".join(typed.written),
                    by=by.public_id,
                )
        except IntegrityError:  # another clerk was quicker
            raise _typed_before(PaperSheet.objects.get(pack=pack, number=number), pack) from None
        _record("paper_sheet.typed", pack, by)
    return sheet


def code_of(pack: PaperPack, number: int) -> str:
    """What stands on the sheet: ``A-014``."""
    return f"{pack.letter}-{number:03d}"


def _typed_before(sheet: PaperSheet, pack: PaperPack) -> TypedBefore:
    moment = sheet.typed_at.astimezone(ZoneInfo(pack.conversation.programme.time_zone))
    return TypedBefore(
        _("Sheet %(sheet)s was typed in already, on %(day)s at %(time)s. Each sheet counts once.")
        % {
            "sheet": code_of(pack, sheet.number),
            "day": date_format(moment, "j F Y", use_l10n=False),
            "time": f"{moment:%H:%M}",
        }
    )


def last_typed(conversation: Conversation, by: Viewer) -> PaperSheet | None:
    """The sheet that this clerk typed last, while it can still be taken back."""
    return _not_counted(conversation).filter(by=by.public_id).select_related("pack").order_by("-id").first()


def _not_counted(conversation: Conversation) -> QuerySet[PaperSheet]:
    return PaperSheet.objects.filter(pack__conversation=conversation, state=SheetState.TYPED)


def take_back(conversation: Conversation, *, by: Viewer) -> TypedSheet:
    """Undo the last sheet of this clerk: nothing of it stays; what was typed is given back, to be put right."""
    with transaction.atomic():
        require(room_rules.can_type_in(by, conversation))
        sheet = last_typed(conversation, by)
        row = PaperSheet.objects.select_for_update().filter(pk=sheet.pk).first() if sheet else None
        if row is None or row.state != SheetState.TYPED:
            raise NotOpen(_("There is no sheet to take back: the last one counts already."))
        pack = row.pack
        given = TypedSheet(
            code_of(pack, row.number), row.answers, tuple(row.written.splitlines()), row.way, row.named_part
        )
        row.delete()
        _record("paper_sheet.taken_back", pack, by)
    return given


def finish(conversation: Conversation, *, by: Viewer) -> None:
    """That was the last sheet: let it count now."""
    with transaction.atomic():
        require(room_rules.can_type_in(by, conversation))
        _count_all(_not_counted(conversation).filter(by=by.public_id))


def count_sheets_of(conversation: Conversation) -> None:
    """Before a conversation closes every typed sheet of it counts."""
    _count_all(_not_counted(conversation))


def count_waiting_sheets() -> int:
    """Let sheets count that were typed a while ago, when their clerk went home; how many."""
    old = PaperSheet.objects.filter(
        state=SheetState.TYPED, typed_at__lt=clock.now() - TAKEN_BACK_WITHIN
    ).order_by("id")
    counted = 0
    for sheet in old:
        try:
            with transaction.atomic():
                _count_all([sheet])
        except (NotTaken, Refused):  # its conversation is out of sight: it waits until it comes back
            continue
        counted += 1
    return counted


def _count_all(sheets: Iterable[PaperSheet]) -> None:
    for sheet in sheets:
        row = PaperSheet.objects.select_for_update().filter(pk=sheet.pk, state=SheetState.TYPED).first()
        if row is not None:
            _count(row)


def _count(sheet: PaperSheet) -> None:
    """One sheet, one participant: her answers at the moment at which they were typed, then the sheet is emptied."""
    pack = sheet.pack
    conversation = pack.conversation
    with clock.moved_to(sheet.typed_at):
        nobody_knows = secrets.token_urlsafe(24)
        participant = join(
            conversation,
            nobody_knows,
            nobody_knows,
            way=sheet.way,
            named_part=sheet.named_part,
            is_invited=conversation.is_by_invitation,  # whoever was handed a sheet was invited
        )
        ParticipantToken.objects.filter(participant=participant).delete()
        printed = {row.number: row for row in conversation.statements.filter(number__in=pack.statements)}
        for number, key in zip(pack.statements, sheet.answers, strict=True):
            if key == EMPTY or number not in printed:
                continue
            try:
                cast_vote(participant, printed[number], KEYS[key])
            except UnknownStatement:  # a moderator took it out of sight since it was printed
                continue
        for text in sheet.written.splitlines():
            add_from_paper(participant, text)
    sheet.state, sheet.answers, sheet.written, sheet.by = SheetState.COUNTED, "", "", None
    sheet.save(update_fields=["state", "answers", "written", "by"])


def _record(verb: str, pack: PaperPack, by: Viewer) -> None:
    conversation = pack.conversation
    record(
        verb,
        subject_kind="conversation",
        subject_id=conversation.public_id,
        by=by,
        programme=conversation.programme.public_id,
        place=conversation.place.public_id if conversation.place else None,
        details={"pack": str(pack.public_id)},
    )
