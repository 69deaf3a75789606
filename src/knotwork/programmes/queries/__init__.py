"""The reading door of this room. What comes out are frozen dataclasses, never models."""

from knotwork.programmes.queries.areas import AreaOutline, OutlinesState, outlines_state, upper_tier_outlines
from knotwork.programmes.queries.ledger import entries_standing, ledger_of
from knotwork.programmes.queries.nouns import (
    AreaView,
    EntryView,
    FactView,
    LedgerView,
    MemberView,
    MovedTo,
    PartnerView,
    PlacePeople,
    PlaceSummary,
    PlaceView,
    ProgrammeSummary,
    ProgrammeView,
    ThemeView,
)
from knotwork.programmes.queries.people import members_of, organisation_names, people_of_place
from knotwork.programmes.queries.places import place_at, place_beads, places_of, places_with_themes_of
from knotwork.programmes.queries.populations import (
    AgeGroup,
    AreaPeople,
    PlacePopulation,
    population_of_place,
)
from knotwork.programmes.queries.programmes import (
    facts_of,
    mailbox_of,
    partners_of,
    programme_at,
    programme_beads,
    programmes_for,
)

__all__ = [
    "AgeGroup",
    "AreaOutline",
    "AreaPeople",
    "AreaView",
    "EntryView",
    "FactView",
    "LedgerView",
    "MemberView",
    "MovedTo",
    "OutlinesState",
    "PartnerView",
    "PlacePeople",
    "PlacePopulation",
    "PlaceSummary",
    "PlaceView",
    "ProgrammeSummary",
    "ProgrammeView",
    "ThemeView",
    "entries_standing",
    "facts_of",
    "ledger_of",
    "mailbox_of",
    "members_of",
    "organisation_names",
    "outlines_state",
    "partners_of",
    "people_of_place",
    "place_at",
    "place_beads",
    "places_of",
    "places_with_themes_of",
    "population_of_place",
    "programme_at",
    "programme_beads",
    "programmes_for",
    "upper_tier_outlines",
]
