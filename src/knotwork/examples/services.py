"""Load the built-in examples, leave some out, and take one away again."""

from collections.abc import Iterable

from django.db import transaction

from knotwork.core import clock
from knotwork.examples.models import ExampleLoad
from knotwork.examples.registry import Example, Progress, example_named, examples, in_silence


def load_all(*, progress: Progress = in_silence, without: Iterable[str] = ()) -> list[str]:
    """Load every example that is not yet here at its version; the keys of those that were loaded now.

    Those named in ``without`` are left out on purpose, and stay left out until ``load(key)`` asks for them.
    """
    for key in without:
        remove(key)
    known = {row.key: row for row in ExampleLoad.objects.all()}
    waiting = [
        example
        for example in examples()
        if example.key not in known
        or (not known[example.key].left_out and known[example.key].version < example.version)
    ]
    for example in waiting:
        _load(example, progress)
    return [example.key for example in waiting]


def load(key: str, *, progress: Progress = in_silence) -> None:
    """Load one example, also one that was left out or removed before."""
    _load(example_named(key), progress)


def remove(key: str) -> None:
    """Take an example out of sight; it stays away until ``load(key)`` asks for it."""
    example = example_named(key)
    with transaction.atomic():
        if example.is_there():
            example.withdraw()
        ExampleLoad.objects.update_or_create(
            key=key, defaults={"left_out": True, "version": 0, "loaded_at": clock.now()}
        )


def _load(example: Example, progress: Progress) -> None:
    example.load(progress)
    ExampleLoad.objects.update_or_create(
        key=example.key,
        defaults={"left_out": False, "version": example.version, "loaded_at": clock.now()},
    )
