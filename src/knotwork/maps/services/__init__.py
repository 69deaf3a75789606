"""The writing door of this room: each function is one act, one transaction, at least one event."""

from knotwork.maps.services.drawing import (
    FactorWords,
    LinkWords,
    add_factor,
    add_link,
    add_perspective,
    change_factor,
    change_perspective,
    name_loop,
    unname_loop,
    withdraw_factor,
    withdraw_link,
)
from knotwork.maps.services.files import PutIn, map_file_of, put_in_file
from knotwork.maps.services.maps import MapWords, change_map, make_map, map_words_of, withdraw_map
from knotwork.maps.services.references import end_reference, refer_to_map
from knotwork.programmes.services import Made

__all__ = [
    "FactorWords",
    "LinkWords",
    "Made",
    "MapWords",
    "PutIn",
    "add_factor",
    "add_link",
    "add_perspective",
    "change_factor",
    "change_map",
    "change_perspective",
    "end_reference",
    "make_map",
    "map_file_of",
    "map_words_of",
    "name_loop",
    "put_in_file",
    "refer_to_map",
    "unname_loop",
    "withdraw_factor",
    "withdraw_link",
    "withdraw_map",
]
