"""The writing door of this room: each function is one act, one transaction, one event."""

from knotwork.programmes.services.ledger import Gift, add_entry, counted, move_entry, withdraw_entry
from knotwork.programmes.services.made import Made
from knotwork.programmes.services.memberships import (
    Grant,
    end_membership,
    grant_membership,
    invite,
    part_from_enabler,
    welcome_enabler,
)
from knotwork.programmes.services.organisations import Partner, add_partner, end_partnership
from knotwork.programmes.services.places import (
    AreaFacts,
    AreaPeriod,
    PlaceWords,
    add_place,
    areas_named,
    change_place,
    hold_areas,
    move_place,
    place_words_of,
    set_areas,
)
from knotwork.programmes.services.pledges import add_pledge, keep_pledge, show_pledges, withdraw_pledge
from knotwork.programmes.services.populations import PopulationFacts, hold_populations
from knotwork.programmes.services.programmes import (
    ProgrammeWords,
    add_fact,
    change_words,
    create_programme,
    move_programme,
    restore_programme,
    set_aims,
    withdraw_programme,
    words_of,
)

__all__ = [
    "AreaFacts",
    "AreaPeriod",
    "Gift",
    "Grant",
    "Made",
    "Partner",
    "PlaceWords",
    "PopulationFacts",
    "ProgrammeWords",
    "add_entry",
    "add_fact",
    "add_partner",
    "add_place",
    "add_pledge",
    "areas_named",
    "change_place",
    "change_words",
    "counted",
    "create_programme",
    "end_membership",
    "end_partnership",
    "grant_membership",
    "hold_areas",
    "hold_populations",
    "invite",
    "keep_pledge",
    "move_entry",
    "move_place",
    "move_programme",
    "part_from_enabler",
    "place_words_of",
    "restore_programme",
    "set_aims",
    "set_areas",
    "show_pledges",
    "welcome_enabler",
    "withdraw_entry",
    "withdraw_pledge",
    "withdraw_programme",
    "words_of",
]
