"""What libraries may ask of a person. We grant nothing by flags and groups: a room's rules answer.

A library such as an editing tool asks ``person.has_perm("app.act_thing")``. A room that lets it in registers an
answer here; what nobody grants is refused.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knotwork.core.accounts.models import Person

Answer = Callable[["Person", str], bool]

_ANSWERS: list[Answer] = []


def register(answer: Answer) -> None:
    """``answer(person, permission)``: whether a room's rules grant this to the person."""
    if answer not in _ANSWERS:
        _ANSWERS.append(answer)


def is_granted(person: "Person", permission: str) -> bool:
    """Whether any room grants it."""
    return person.is_active and any(answer(person, permission) for answer in _ANSWERS)
