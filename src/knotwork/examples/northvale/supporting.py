"""What supports Northvale: what is agreed, the enabler it chose, her notes, its call for help, a day of learning."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from knotwork.core.accounts.services import person_with_email
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.examples.northvale.material import on, told
from knotwork.examples.northvale.programme import Cast, address_of
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.programmes import queries as programme_queries
from knotwork.programmes import services as programme_services
from knotwork.programmes.models import Stage
from knotwork.support import services


def support(cast: Cast) -> None:
    """Tell this part of the story, each act on its day."""
    about = told("supporting")
    _agree(cast, about)
    _choose_an_enabler(cast, about)
    _get_stuck(cast, about["stuck"])
    _learn_together(cast, about["event"])
    for row in about["moves"]:
        _move_on(cast, row)


def _agree(cast: Cast, about: Mapping[str, Any]) -> None:
    place = cast.northvale.pk
    with on(about["agreement"]["on"]):
        services.write_agreement(
            place, about["agreement"]["words"], visibility=Stage.PUBLIC.value, by=BY_THE_HOUSE
        )
        milestones = [
            services.add_milestone(place, row["what"], row["due"], by=BY_THE_HOUSE)
            for row in about["milestones"]
        ]
        for for_the_place in (True, False):
            services.say_yes(place, for_the_place=for_the_place, by=BY_THE_HOUSE)
    for milestone, row in zip(milestones, about["milestones"], strict=True):
        with on(row["on"]):
            services.say_word(milestone, row["word"], row.get("why", ""), by=_lead(cast))


def _choose_an_enabler(cast: Cast, about: Mapping[str, Any]) -> None:
    words = about["profile"]
    enabler = _somebody(cast, "The Enabling Circle")
    with on(words["on"]):
        said = services.ProfileWords(words["name"], words["good_at"], Decimal(words["days"]))
        profile = services.write_profile(cast.programme.pk, said, by=enabler)
    with on(words["asked_on"]):
        match = services.ask_enabler(cast.northvale.pk, profile, words["asked_for"], by=_lead(cast))
    with on(words["accepted_on"]):
        services.answer_place(match, accepts=True, by=enabler)
    for row in about["visits"]:
        with on(row["on"], hour=17):
            visit = services.add_visit(
                match, services.VisitWords(row["on"], Decimal(row["days"]), row["note"]), by=enabler
            )
            if "shared" in row:
                services.share_note(visit, row["shared"], by=_lead(cast))


def _get_stuck(cast: Cast, about: Mapping[str, Any]) -> None:
    with on(about["on"]):
        words = services.HelpWords(about["words"], about["signed"], Stage.PUBLIC.value)
        request = services.ask_for_help(cast.northvale.pk, words, by=_lead(cast))
    for row in about["answers"]:
        with on(row["on"]):
            services.answer_help(request, row["words"], signed=row["signed"], by=BY_THE_HOUSE)
    with on(about["closed"]):
        services.close_help(request, about["what_helped"], by=_lead(cast))


def _learn_together(cast: Cast, about: Mapping[str, Any]) -> None:
    zone = ZoneInfo(cast.programme.time_zone)
    begins, ends = (
        datetime.combine(about["day"], at, zone).astimezone(UTC) for at in (time(14), time(15, 30))
    )
    with on(about["announced"]):
        words = services.EventWords(
            about["title"], begins, ends, about["what"], about["where"], about["most"], Stage.PUBLIC.value
        )
        event = services.announce(cast.programme.pk, words, by=BY_THE_HOUSE)
    with on(about["day"], hour=17):
        services.write_notes(event, about["notes"], Stage.PUBLIC.value, by=BY_THE_HOUSE)


def _move_on(cast: Cast, row: Mapping[str, Any]) -> None:
    ledger = programme_queries.ledger_of(cast.programme.pk, BY_THE_HOUSE)
    entry = next(
        each for each in ledger.entries if each.what == row["what"] and each.place == row.get("place", "")
    )
    with on(row["on"]):
        programme_services.move_entry(
            cast.programme.pk, entry.public_id, row["state"], part=Decimal(row["part"]), by=BY_THE_HOUSE
        )


def _lead(cast: Cast) -> Viewer:
    return _somebody(cast, "Northvale Homes")


def _somebody(cast: Cast, organisation: str) -> Viewer:
    """Somebody made up, who holds her role for this organisation already."""
    return viewer_for(person_with_email(address_of(organisation, cast.northvale), by=BY_THE_HOUSE))
