"""The programme, its three places, who leads them, and the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from knotwork.core.accounts.services import person_with_email
from knotwork.examples.northvale.material import on, told
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.programmes import services
from knotwork.programmes.models import LedgerState, Place, Programme, Provenance, Role, Stage

BEGAN = date(2025, 9, 1)


@dataclass(frozen=True)
class Cast:
    """The programme and its places, by name: what the other parts of the story happen in."""

    programme: Programme
    places: Mapping[str, Place]

    @property
    def northvale(self) -> Place:
        return self.places["Northvale"]


def begin() -> Cast:
    """Set up the programme with all that stands at its start."""
    about = told("programme")
    with on(BEGAN):
        programme = Programme.objects.get(pk=_programme(about))
        for partner in about["partners"]:
            services.add_partner(programme.pk, services.Partner(partner["organisation"]), by=BY_THE_HOUSE)
        places = {row["name"]: _place(programme, row) for row in about["places"]}
        for fact in about["facts"]:
            services.add_fact(programme.pk, fact["text"], fact["source"], by=BY_THE_HOUSE)
        for entry in about["ledger"]:
            _ledger_entry(programme, places, entry)
    return Cast(programme, places)


def _programme(about: Mapping[str, Any]) -> int:
    words = services.ProgrammeWords(
        name=about["name"],
        summary=about["summary"],
        thesis=about["thesis"],
        began=about["began"],
        overseen_by=about["overseen_by"],
        bid_sponsor=about["bid_sponsor"],
        attribution=about["attribution"],
        provenance=Provenance.MADE_UP.value,
        visibility=Stage.PUBLIC.value,
        order=90,
    )
    programme_id = services.create_programme(words, by=BY_THE_HOUSE, slug=about["slug"]).id
    services.set_aims(programme_id, about["aims"], by=BY_THE_HOUSE)
    return programme_id


def _place(programme: Programme, row: Mapping[str, Any]) -> Place:
    words = services.PlaceWords(
        name=row["name"],
        issue=row["issue"],
        sponsor=row["sponsor"],
        themes=tuple(row["themes"]),
        visibility=Stage.PUBLIC.value,
    )
    place = Place.objects.get(pk=services.add_place(programme.pk, words, by=BY_THE_HOUSE).id)
    for organisation in row["partners"]:
        services.add_partner(programme.pk, services.Partner(organisation), by=BY_THE_HOUSE, place_id=place.pk)
    for organisation in row["leads"]:
        _role(programme, place, Role.PLACE_LEAD, organisation)
    if "enabler" in row:
        _role(programme, place, Role.ENABLER, row["enabler"])
    for fact in row["facts"]:
        services.add_fact(programme.pk, fact, "Made up for this example", place_id=place.pk, by=BY_THE_HOUSE)
    return place


def _role(programme: Programme, place: Place, role: Role, organisation: str) -> None:
    person = person_with_email(address_of(organisation, place), by=BY_THE_HOUSE)
    grant = services.Grant(role, place.pk, organisation)
    services.grant_membership(programme.pk, person.pk, grant, by=BY_THE_HOUSE)


def address_of(organisation: str, place: Place) -> str:
    """The address of somebody made up: it leads nowhere, so nobody can sign in with it."""
    name = "".join(letter for letter in organisation.lower() if letter.isalpha())
    return f"{name}@{place.slug}.invalid"


def _ledger_entry(programme: Programme, places: Mapping[str, Place], entry: Mapping[str, str]) -> None:
    more: dict[str, Any] = {
        "contributor": entry["contributor"],
        "source": "Made up for this example",
        "place_id": places[entry["place"]].pk if "place" in entry else None,
        "state": entry.get("state", LedgerState.RECEIVED.value),
    }
    if "rate" in entry:
        quantity, rate = Decimal(entry["quantity"]), Decimal(entry["rate"])
        gift = services.counted(entry["what"], quantity, entry["unit"], rate, **more)
    else:
        gift = services.Gift(entry["what"], entry["kind"], Decimal(entry["amount"]), **more)
    services.add_entry(programme.pk, gift, by=BY_THE_HOUSE)
