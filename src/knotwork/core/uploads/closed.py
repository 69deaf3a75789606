"""Files that a room keeps to itself: not even an administrator opens them by the door of all files."""

from collections.abc import Callable
from uuid import UUID

_ROOMS: dict[str, Callable[[UUID], bool]] = {}


def register(room: str, is_kept_by_it: Callable[[UUID], bool]) -> None:
    """``is_kept_by_it(public_id)``: whether this stored file is one that only the room itself hands out."""
    _ROOMS[room] = is_kept_by_it


def is_closed(public_id: UUID) -> bool:
    """Whether some room keeps this file to itself."""
    return any(is_kept_by_it(public_id) for is_kept_by_it in _ROOMS.values())
