"""What the story is made of: words and numbers in files, and the days on which things happen."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from knotwork.core import clock

FOLDER = Path(__file__).parents[1] / "material" / "northvale"


def told(name: str) -> dict[str, Any]:
    """One file of the story."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """Let what follows happen on this day of the story."""
    with clock.moved_to(datetime.combine(day, time(hour), UTC)):
        yield
