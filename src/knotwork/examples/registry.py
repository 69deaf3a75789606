"""The built-in examples: each says how it is loaded and how it is taken away again.

An example is loaded by the rooms' own services, so that what it shows is really computed. Loading is
idempotent and versioned: a higher ``version`` is loaded over a lower one, and changes only what is different.
"""

from collections.abc import Callable
from dataclasses import dataclass

from knotwork.core.accounts.viewer import Viewer

Progress = Callable[[str, int, int], None]
"""``progress(words, done, total)``: what is being done, and how many of how many steps are behind us."""

BY_THE_HOUSE = Viewer(is_administrator=True)
"""The viewer in whose name examples are loaded: nobody in particular, allowed everything."""


def in_silence(_words: str, _done: int, _total: int) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True)
class Example:
    """One built-in example.

    ``load(progress)`` brings it in or up to ``version``, in one transaction of its own; ``withdraw()`` takes it
    out of sight; ``is_there()`` looks whether its content stands. ``order``: lower is loaded first.
    """

    key: str
    title: str
    version: int
    load: Callable[[Progress], None]
    withdraw: Callable[[], None]
    is_there: Callable[[], bool]
    order: int = 100
    is_made_up: bool = False


_EXAMPLES: dict[str, Example] = {}


def register(example: Example) -> None:
    """Called by ``examples.apps`` when it starts, once per example."""
    _EXAMPLES[example.key] = example


def examples() -> tuple[Example, ...]:
    """All examples, in the order in which they are loaded."""
    return tuple(sorted(_EXAMPLES.values(), key=lambda example: (example.order, example.key)))


def example_named(key: str) -> Example:
    """The example with this key, or a message that names those there are."""
    if key not in _EXAMPLES:
        known = ", ".join(example.key for example in examples()) or "none"
        raise ValueError(f"There is no example {key!r}; there are: {known}.")
    return _EXAMPLES[key]
