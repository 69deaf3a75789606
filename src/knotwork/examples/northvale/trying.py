"""What was tried out: said before the start, started, stopped or ended, each on its day."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from knotwork.actions import services
from knotwork.examples.northvale.listening import Heard
from knotwork.examples.northvale.mapping import Drawn
from knotwork.examples.northvale.material import on, told
from knotwork.examples.northvale.programme import Cast
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.programmes.models import LedgerKind, Stage


def try_out(cast: Cast, heard: Heard, drawn: Drawn) -> dict[str, UUID]:
    """The try-outs, by their keys in the story."""
    return {row["key"]: _try_out(cast, heard, drawn, row) for row in told("tries")["tries"]}


def _try_out(cast: Cast, heard: Heard, drawn: Drawn, row: Mapping[str, Any]) -> UUID:
    with on(row["planned"]):
        words = services.TryOutWords(
            title=row["title"],
            what=row["what"],
            expects=row["expects"],
            by_when=row["by_when"],
            stop_rule=row["stop_rule"],
            signed=row["signed"],
            visibility=Stage.PUBLIC.value,
        )
        made = services.plan(cast.programme.pk, words, place_id=cast.northvale.pk, by=BY_THE_HOUSE)
        for organisation in row["partners"]:
            services.add_partner(made.public_id, organisation, by=BY_THE_HOUSE)
        for change in row.get("changes", ()):
            services.say_what_must_change(made.public_id, change["key"], change["words"], by=BY_THE_HOUSE)
        if "factor" in row:
            services.act_on(made.public_id, drawn.factors[row["factor"]], by=BY_THE_HOUSE)
        if "statement" in row:
            services.grew_out_of(
                made.public_id, heard.statements[row["statement"]].public_id, by=BY_THE_HOUSE
            )
    for pledge in row.get("pledges", ()):
        _pledge(made.public_id, pledge)
    _what_became_of_it(made.public_id, row)
    return made.public_id


def _pledge(try_out_id: UUID, row: Mapping[str, Any]) -> None:
    """With an amount it is a pledge and stands in the ledger; without one it is an offer."""
    with on(row["on"]):
        words = services.PledgeWords(
            organisation=row["organisation"],
            what=row["what"],
            kind=row.get("kind", LedgerKind.IN_KIND.value),
            amount=Decimal(row["amount"]) if "amount" in row else None,
        )
        write = services.offer if words.amount is None else services.pledge
        write(try_out_id, words, by=BY_THE_HOUSE)


def _what_became_of_it(try_out_id: UUID, row: Mapping[str, Any]) -> None:
    if "started" in row:
        with on(row["started"]):
            services.start(try_out_id, by=BY_THE_HOUSE)
    if "stopped" in row:
        with on(row["stopped"]):
            services.stop(try_out_id, row["why"], by=BY_THE_HOUSE)
    if "ended" in row:
        with on(row["ended"]):
            services.end(try_out_id, row["ending"], row["why"], by=BY_THE_HOUSE)
