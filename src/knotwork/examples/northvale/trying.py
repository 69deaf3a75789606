"""What was tried out: said before the start, in cycles, stopped or ended, each on its day; and looked back on."""

from collections.abc import Mapping, Sequence
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
        if "check" in row:
            _check(made.public_id, row["check"])
    pledges = {pledge["what"]: _pledge(made.public_id, pledge) for pledge in row.get("pledges", ())}
    _what_became_of_it(made.public_id, row, pledges)
    return made.public_id


def _pledge(try_out_id: UUID, row: Mapping[str, Any]) -> UUID:
    """With an amount it is a pledge and stands in the ledger; without one it is an offer."""
    with on(row["on"]):
        words = services.PledgeWords(
            organisation=row["organisation"],
            what=row["what"],
            kind=row.get("kind", LedgerKind.IN_KIND.value),
            amount=Decimal(row["amount"]) if "amount" in row else None,
            due_on=row.get("due"),
        )
        write = services.offer if words.amount is None else services.pledge
        return write(try_out_id, words, by=BY_THE_HOUSE)


def _answers(pledge: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """What the organisation said about its pledge when it was asked."""
    for row in rows:
        with on(row["on"]):
            services.answer_pledge(pledge, row["reply"], row["words"], due_on=row.get("due"), by=BY_THE_HOUSE)


def _check(try_out_id: UUID, row: Mapping[str, Any]) -> None:
    """The stop rule as something that can be checked, said before the start."""
    words = services.CheckWords(
        row["comparison"], Decimal(row["threshold"]), row["from"], number_name=row["number"]
    )
    services.make_checkable(try_out_id, words, by=BY_THE_HOUSE)


def _cycle(try_out_id: UUID, row: Mapping[str, Any], pledges: Mapping[str, UUID]) -> None:
    """One cycle, each step on its day."""
    with on(row["planned"]):
        cycle = services.plan_cycle(try_out_id, row["question"], row["prediction"], by=BY_THE_HOUSE)
    with on(row["begun"], hour=11):
        services.begin_cycle(cycle, by=BY_THE_HOUSE)
    _numbers(try_out_id, row["numbers"], cycle)
    with on(row["studied"]):
        study = services.Study(
            row["did"], row["saw"], Decimal(row["cash"]), Decimal(row["days"]), pledges[row["paid_from"]]
        )
        services.study_cycle(cycle, study, by=BY_THE_HOUSE)
        services.close_cycle(cycle, row["next"], row["why"], by=BY_THE_HOUSE)


def _numbers(try_out_id: UUID, rows: Sequence[Mapping[str, Any]], cycle: UUID | None = None) -> None:
    for row in rows:
        with on(row["on"]):
            services.enter_number(
                try_out_id,
                row["on"],
                Decimal(row["value"]),
                note=row.get("note", ""),
                cycle=cycle,
                by=BY_THE_HOUSE,
            )


def _turns(try_out_id: UUID, row: Mapping[str, Any]) -> None:
    """How far what must change has come, over time."""
    for turn in row.get("turns", ()):
        with on(turn["on"]):
            services.say_how_it_turns(
                try_out_id, row["key"], turn["state"], turn["words"], on=turn["on"], by=BY_THE_HOUSE
            )


def _what_became_of_it(try_out_id: UUID, row: Mapping[str, Any], pledges: Mapping[str, UUID]) -> None:
    if "started" in row:
        with on(row["started"]):
            services.start(try_out_id, by=BY_THE_HOUSE)
    for cycle in row.get("cycles", ()):
        _cycle(try_out_id, cycle, pledges)
    _numbers(try_out_id, row.get("numbers", ()))
    for change in row.get("changes", ()):
        _turns(try_out_id, change)
    for pledge in row.get("pledges", ()):
        _answers(pledges[pledge["what"]], pledge.get("answers", ()))
    if "stopped" in row:
        with on(row["stopped"]):
            services.stop(try_out_id, row["why"], by=BY_THE_HOUSE)
    if "ended" in row:
        with on(row["ended"]):
            why = row.get("why_ended", row["why"])
            services.end(try_out_id, row["ending"], why, by=BY_THE_HOUSE)


def look_back(tries: Mapping[str, UUID], measures: Mapping[str, UUID]) -> None:
    """Once the figures are there: what changed, our part in it, what else could explain it, and who checked."""
    rival = told("measures")["trips"]
    for row in told("tries")["tries"]:
        back = row.get("look_back")
        if back is not None:
            _look_back(tries[row["key"]], back, measures[back["measure"]], rival)


def _look_back(try_out_id: UUID, row: Mapping[str, Any], measure: UUID, rival: Mapping[str, Any]) -> None:
    with on(row["on"]):
        for other in row["others"]:
            of_measure = "rival_of_measure" in other
            cause = services.OtherCauseWords(
                rival["rival"] if of_measure else other["words"],
                other["likelihood"],
                other["said_by"],
                rival["changed_from"] if of_measure else other["since"],
                measure if of_measure else None,
            )
            services.name_other_cause(try_out_id, cause, by=BY_THE_HOUSE)
        services.claim(try_out_id, row["what_changed"], row["our_part"], by=BY_THE_HOUSE)
    with on(row["checked_on"]):
        services.check_claim(
            try_out_id, row["checked_by"], row["checked_for"], says=row["says"], by=BY_THE_HOUSE
        )
