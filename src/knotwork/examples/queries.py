"""What is known of the built-in examples."""

from knotwork.examples.models import ExampleLoad
from knotwork.examples.registry import examples


def examples_are_loaded() -> bool:
    """Whether every registered example is loaded at its version, or was left out on purpose."""
    known = {row.key: row for row in ExampleLoad.objects.all()}
    return all(
        example.key in known
        and (known[example.key].left_out or known[example.key].version >= example.version)
        for example in examples()
    )
