"""Try-outs: their lines of the role matrix, one of everything, and what a stranger must not find."""

from decimal import Decimal
from typing import Any

from knotwork.actions.models import (
    Ending,
    MustChange,
    Pledge,
    PledgeState,
    TryOut,
    TryOutPartner,
    TryOutStage,
)
from knotwork.core import clock
from knotwork.programmes.models import LedgerEntry, LedgerKind, LedgerState, Place, Programme, Role, Stage
from tests.builders import a_try_out, an_organisation
from tests.guards.line import LEADS, PUBLIC, WRITERS, Line

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
}
DEPENDS: frozenset[str] = frozenset()


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """A public try-out that is going on, with a partner and an offer."""
    row = a_try_out(programme, place=place)
    partner, pledge = _given(row, "tea")
    return {"try_out": row.slug, "partner": partner.public_id, "pledge": pledge.public_id}


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
    MustChange.objects.create(try_out=row, key="money", words=word)
    pledge = Pledge.objects.create(
        try_out=row,
        organisation=organisation,
        what=word,
        amount=Decimal(5),
        state=PledgeState.OFFERED,
        why_withdrawn=word,
    )
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
