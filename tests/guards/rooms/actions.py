"""Try-outs: their lines of the role matrix, one of everything, and what a stranger must not find."""

from datetime import date
from decimal import Decimal
from typing import Any

from knotwork.actions.models import (
    ChangeState,
    Comparison,
    ContributionClaim,
    Ending,
    Likelihood,
    MustChange,
    Pledge,
    PledgeReminder,
    PledgeState,
    Reply,
    StopCheck,
    TryOut,
    TryOutPartner,
    TryOutStage,
)
from knotwork.actions.services.reminders import answer_path
from knotwork.core import clock
from knotwork.programmes.models import LedgerEntry, LedgerKind, LedgerState, Place, Programme, Role, Stage
from tests.builders import a_person, a_try_out, an_organisation
from tests.guards.line import ADMINISTRATORS, LEADS, PUBLIC, WRITERS, Line

P, PL, T = ("programme",), ("programme", "place"), ("programme", "try_out")
PLEDGERS = WRITERS - {Role.ENABLER}
FOR_THE_WHOLE = WRITERS - {Role.PLACE_LEAD}

LINES: dict[str, Line] = {
    "actions:list": Line(PUBLIC),
    "actions:programme": Line(PUBLIC, P),
    "actions:place": Line(PUBLIC, PL),
    "actions:try-out": Line(PUBLIC, T),
    "actions:new": Line(WRITERS, PL),
    "actions:new-for-programme": Line(FOR_THE_WHOLE, P),
    "actions:change": Line(LEADS, T),
    "actions:start": Line(LEADS, T),
    "actions:happened": Line(LEADS, T),
    "actions:stop": Line(LEADS, T),
    "actions:end": Line(LEADS, T),
    "actions:withdraw": Line(LEADS, T),
    "actions:links": Line(WRITERS, T),
    "actions:around": Line(WRITERS, T),
    "actions:partner-new": Line(WRITERS, T),
    "actions:partner-end": Line(WRITERS, (*T, "partner"), method="post"),
    "actions:pledge-new": Line(PLEDGERS, T),
    "actions:pledge": Line(PLEDGERS, (*T, "pledge")),
    "actions:portfolio": Line(PUBLIC),
    "actions:programme-portfolio": Line(PUBLIC, P),
    "actions:programme-portfolio-file": Line(PUBLIC, P),
    "actions:answer": Line(PUBLIC, ("answer_token",)),
    "actions:pledge-answer": Line(ADMINISTRATORS, (*T, "pledge")),
    "actions:turn": Line(WRITERS, T, further={"key": "money"}),
    "actions:cycle-new": Line(WRITERS, T),
    "actions:cycle": Line(WRITERS, (*T, "cycle")),
    "actions:cycle-change": Line(WRITERS, (*T, "cycle")),
    "actions:cycle-begin": Line(WRITERS, (*T, "cycle"), method="post"),
    "actions:stop-rule": Line(LEADS, T),
    "actions:number-new": Line(WRITERS, T),
    "actions:numbers": Line(PUBLIC, T),
    "actions:numbers-svg": Line(PUBLIC, T),
    "actions:numbers-png": Line(PUBLIC, T),
    "actions:cause-new": Line(WRITERS, T),
    "actions:cause": Line(WRITERS, (*T, "cause")),
    "actions:claim": Line(LEADS, T),
    "actions:claim-check": Line(ADMINISTRATORS, T),
    "actions:hand-over": Line(LEADS, T),
}
DEPENDS: frozenset[str] = frozenset()


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """A public try-out that is going on, with a partner, a pledge that was asked about, and one of all else."""
    row = a_try_out(programme, place=place)
    partner, pledge = _given(row, "tea")
    Pledge.objects.filter(pk=pledge.pk).update(state=PledgeState.PLEDGED, why_withdrawn="")
    giver = a_person(Role.ORGANISATION_MEMBER, programme)
    giver.memberships.update(organisation=pledge.organisation)
    reminder = PledgeReminder.objects.create(pledge=pledge, person=giver, due_on=date(2026, 3, 1))
    return {
        "try_out": row.slug,
        "partner": partner.public_id,
        "pledge": pledge.public_id,
        "cycle": row.cycles.get().public_id,
        "cause": row.other_causes.get().public_id,
        "answer_token": answer_path(reminder).split("/")[-2],
    }


def hide_secrets(programme: Programme, place: Place, secret: str) -> None:
    """The secret word in every box: shown to fewer than everybody, taken out of sight, or of a sensitive place."""
    for stage in (Stage.ME, Stage.PLACE, Stage.PROGRAMME):
        _secret(programme, secret, place=place, visibility=stage)
    _secret(programme, secret, place=place, withdrawn_at=clock.now(), withdrawn_reason=secret)
    sensitive = Place.objects.create(
        programme=programme,
        slug="hushed",
        name="Hushed",
        issue="A hard one",
        is_sensitive=True,
        help_text="Help",
        help_url="https://example.org/",
        visibility=Stage.PUBLIC,
    )
    _secret(programme, secret, place=sensitive, visibility=Stage.PUBLIC)


def _secret(programme: Programme, word: str, **where: Any) -> None:
    boxes = (
        "title",
        "what",
        "signed",
        "expects",
        "how_seen",
        "stop_rule",
        "happened",
        "why_stopped",
        "why_ended",
    )
    row = a_try_out(
        programme,
        stage=TryOutStage.ENDED,
        stopped_at=clock.now(),
        ended_at=clock.now(),
        ending=Ending.ADAPTED,
        **dict.fromkeys(boxes, word),
        **where,
    )
    _given(row, word)


def _given(row: TryOut, word: str) -> tuple[TryOutPartner, Pledge]:
    organisation = an_organisation()
    must_change = MustChange.objects.create(try_out=row, key="money", words=word)
    must_change.steps.create(state=ChangeState.MOVING, on=date(2026, 2, 1), words=word)
    row.cycles.create(number=1, question=word, prediction=word, begun_at=row.started_at, did=word, saw=word)
    row.other_causes.create(words=word, said_by=word, likelihood=Likelihood.LIKELY)
    row.handovers.create(note=word)
    row.numbers.create(on=date(2026, 2, 1), value=Decimal(9), note=word)
    StopCheck.objects.create(
        try_out=row,
        number_name=word,
        comparison=Comparison.BELOW,
        threshold=Decimal(8),
        from_on=date(2026, 1, 5),
    )
    ContributionClaim.objects.create(try_out=row, what_changed=word, our_part=word, check_says=word)
    pledge = Pledge.objects.create(
        try_out=row,
        organisation=organisation,
        what=word,
        amount=Decimal(5),
        state=PledgeState.OFFERED,
        why_withdrawn=word,
    )
    pledge.replies.create(reply=Reply.NOT_YET, words=word)
    if row.visibility != Stage.PUBLIC:
        LedgerEntry.objects.create(
            programme=row.programme,
            kind=LedgerKind.CASH,
            amount=5,
            what=word,
            source=word,
            state=LedgerState.PLEDGED,
            visibility=row.visibility,
        )
    return TryOutPartner.objects.create(try_out=row, organisation=organisation, does=word), pledge
