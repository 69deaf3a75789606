"""The nouns of a programme."""

from knotwork.programmes.models.areas import Area
from knotwork.programmes.models.ledger import (
    CAME,
    PROMISED,
    LedgerEntry,
    LedgerImport,
    LedgerKind,
    LedgerState,
    LedgerUnit,
)
from knotwork.programmes.models.memberships import Membership, Role
from knotwork.programmes.models.organisations import Organisation, Part, Partnership
from knotwork.programmes.models.places import Place, PlaceArea, Theme
from knotwork.programmes.models.populations import AreaPopulation
from knotwork.programmes.models.programmes import Aim, Fact, FormerAddress, Programme, Provenance
from knotwork.programmes.models.steering import BoardPaper, DecisionDue, LoopStage, OwnWord
from knotwork.programmes.models.visibility import Stage, StagedVisibility
from knotwork.programmes.models.written import Written

__all__ = [
    "CAME",
    "PROMISED",
    "Aim",
    "Area",
    "AreaPopulation",
    "BoardPaper",
    "DecisionDue",
    "Fact",
    "FormerAddress",
    "LedgerEntry",
    "LedgerImport",
    "LedgerKind",
    "LedgerState",
    "LoopStage",
    "LedgerUnit",
    "Membership",
    "Organisation",
    "OwnWord",
    "Part",
    "Partnership",
    "Place",
    "PlaceArea",
    "Programme",
    "Provenance",
    "Role",
    "Stage",
    "StagedVisibility",
    "Theme",
    "Written",
]
