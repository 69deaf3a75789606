"""What is known of the built-in examples."""

from collections.abc import Iterable

from knotwork.examples.models import ExampleLoad
from knotwork.examples.registry import examples


def examples_are_loaded(*, without: Iterable[str] = ()) -> bool:
    """Whether every registered example is loaded at its version, or was left out on purpose.

    Those named in ``without`` must be left out.
    """
    known = {row.key: row for row in ExampleLoad.objects.all()}
    return all(key in known and known[key].left_out for key in without) and all(
        example.key in known
        and (known[example.key].left_out or known[example.key].version >= example.version)
        for example in examples()
    )
