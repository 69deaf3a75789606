"""A place says where it is, and takes it back; decisions that are due, and their outcomes; papers for a board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.models import BoardPaper, DecisionDue, LoopStage, OwnWord, Place, Programme, Stage
from knotwork.programmes.rules import Act, can
from knotwork.programmes.services.made import place_of, refuse, standing_place, standing_programme

LONGEST_SENTENCE = 300
MOST_OPTIONS = 8


@dataclass(frozen=True)
class DecisionWords:
    """What has to be decided, by which day, by whom, between what."""

    what: str
    by_when: date
    who_decides: str
    options: tuple[str, ...] = ()
    place_id: int | None = None


def say_where_we_are(
    place_id: int, stages: Sequence[str], sentence: str, *, by: Viewer, at: datetime | None = None
) -> UUID:
    """The place's own word: only its leads and members say it, and the newest one stands."""
    words = fit_own_word(stages, sentence)
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.SAY_OWN_WORD, place.programme, place.pk))
        row = OwnWord.objects.create(
            programme=place.programme,
            place=place,
            author_id=by.person_id,
            visibility=Stage.PROGRAMME,
            language=get_language() or place.programme.language,
            written_at=at or clock.now(),
            stages=words[0],
            sentence=words[1],
        )
        _record("own_word.said", "own_word", row.public_id, place.programme, place, by)
    return row.public_id


def fit_own_word(stages: Sequence[str], sentence: str) -> tuple[list[str], str]:
    """The word as it will be kept: stages in the order of the loop, one tidy sentence; refused when one is missing."""
    kept, tidy = [stage.value for stage in LoopStage if stage.value in stages], " ".join(sentence.split())
    if not kept:
        raise refuse(_("Please choose at least one: what are you doing now?"))
    if not tidy:
        raise refuse(_("Please say in one sentence where you are."))
    if len(tidy) > LONGEST_SENTENCE:
        raise refuse(_("Please keep the sentence below %(count)d letters.") % {"count": LONGEST_SENTENCE})
    return kept, tidy


def take_back_word(place_id: int, word: UUID, reason: str, *, by: Viewer) -> None:
    """Take a word out of sight, here and in the papers that quote it; the one before it stands again."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.SAY_OWN_WORD, place.programme, place.pk))
        row = OwnWord.objects.filter(place=place, public_id=word, withdrawn_at__isnull=True).first()
        if row is None:
            return
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason.strip()[:300]
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        _record("own_word.taken_back", "own_word", row.public_id, place.programme, place, by)


def add_decision(programme_id: int, words: DecisionWords, *, by: Viewer, at: datetime | None = None) -> UUID:
    """Write down what has to be decided."""
    options = [" ".join(option.split()) for option in words.options if option.strip()]
    if len(options) > MOST_OPTIONS:
        raise refuse(_("Please name at most %(count)d ways to decide.") % {"count": MOST_OPTIONS})
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.KEEP_STEERING, programme))
        place = place_of(programme, words.place_id)
        row = DecisionDue.objects.create(
            programme=programme,
            place=place,
            what=_needed(words.what, _("Please say what has to be decided.")),
            by_when=words.by_when,
            who_decides=_needed(words.who_decides, _("Please say who decides."))[:200],
            options=options,
            entered_at=at or clock.now(),
        )
        _record("decision.due", "decision_due", row.public_id, programme, place, by)
    return row.public_id


def record_outcome(decision: UUID, outcome: str, reason: str, on: date, *, by: Viewer) -> None:
    """Write down what was decided and why; once written it stays as it is."""
    with transaction.atomic():
        row = _standing(decision, by)
        if row.decided_on is not None:
            raise refuse(_("This was decided already. What was written then stays."))
        row.outcome = _needed(outcome, _("Please say what was decided."))
        row.reason = _needed(reason, _("Please say why. A decision without its reason teaches nobody."), 4000)
        row.decided_on = on
        row.save(update_fields=["outcome", "reason", "decided_on"])
        _record("decision.taken", "decision_due", row.public_id, row.programme, row.place, by)


def withdraw_decision(decision: UUID, reason: str, *, by: Viewer) -> None:
    """It need not be decided any more, or it was a mistake."""
    with transaction.atomic():
        row = _standing(decision, by)
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason.strip()[:300]
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        _record("decision.withdrawn", "decision_due", row.public_id, row.programme, row.place, by)


def keep_board_paper(
    programme_id: int, title: str, content: Mapping[str, Any], quotes: Mapping[str, str], *, by: Viewer
) -> int:
    """Keep a paper as it stands; the number of its version."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.KEEP_STEERING, programme))
        newest = BoardPaper.objects.filter(programme=programme).aggregate(newest=Max("version"))["newest"]
        row = BoardPaper.objects.create(
            programme=programme,
            version=(newest or 0) + 1,
            title=title[:200],
            language=get_language() or programme.language,
            content=content,
            quotes=quotes,
            made_by_id=by.person_id,
            made_at=clock.now(),
        )
        _record("board_paper.made", "board_paper", row.public_id, programme, None, by)
    return row.version


def _standing(decision: UUID, by: Viewer) -> DecisionDue:
    rows = DecisionDue.objects.select_for_update(of=("self",)).select_related("programme", "place")
    row = rows.filter(public_id=decision, withdrawn_at__isnull=True).first()
    if row is None:
        raise refuse(_("This decision is not known here."))
    require(can(by, Act.KEEP_STEERING, row.programme))
    return row


def _needed(typed: str, otherwise: str, most: int = 300) -> str:
    words = " ".join(typed.split()) if most <= 300 else typed.strip()
    if not words:
        raise refuse(otherwise)
    return words[:most]


def _record(
    verb: str, kind: str, public_id: UUID, programme: Programme, place: Place | None, by: Viewer
) -> None:
    record(
        verb,
        subject_kind=kind,
        subject_id=public_id,
        by=by,
        programme=programme.public_id,
        place=None if place is None else place.public_id,
    )
