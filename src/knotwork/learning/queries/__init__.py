"""The reading door of this room. What comes out are frozen dataclasses, never models."""

from knotwork.learning.queries.nouns import Part, Piece, PlaceChoice, PlaceRef, TiedThing, UptakeView
from knotwork.learning.queries.pieces import (
    beads_of,
    beads_of_place,
    may_change,
    may_write,
    piece_at,
    pieces_for,
    ties_of,
)
from knotwork.learning.queries.three_words import words_of
from knotwork.learning.queries.uptakes import (
    places_to_write_for,
    uptake_at,
    uptake_beads,
    uptake_beads_of_place,
    uptakes_for,
    uptakes_of,
)

__all__ = [
    "Part",
    "Piece",
    "PlaceChoice",
    "PlaceRef",
    "TiedThing",
    "UptakeView",
    "beads_of",
    "beads_of_place",
    "may_change",
    "may_write",
    "piece_at",
    "pieces_for",
    "places_to_write_for",
    "ties_of",
    "uptake_at",
    "uptake_beads",
    "uptake_beads_of_place",
    "uptakes_for",
    "uptakes_of",
    "words_of",
]
