"""What each room adds to the guards: its lines of the role matrix, one of everything, and secrets to look for.

A module of a room holds ``LINES`` (route name -> :class:`tests.guards.line.Line`), ``one_of_everything(programme,
place)`` (the arguments that its addresses name), ``hide_secrets(programme, place, secret)`` (things with ``secret`` in
their words that a stranger may not see) and ``DEPENDS`` (routes whose answer depends on more than the role).
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType


def room_guards() -> list[ModuleType]:
    """The modules of all rooms, by name."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return [import_module(f"tests.guards.rooms.{name}") for name in names]
