"""A picture and the figures in it."""

import re
from dataclasses import dataclass

Cell = str | int | float | None

_SLUG = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Picture:
    """A drawing that never stands without its figures.

    ``svg`` goes into a page as it is: its colours are names of the page's style sheet, its ids begin with
    ``name``, it has a title and a description, and it holds no script and no style attribute. ``columns``
    and ``rows`` say the same as a table, for whoever cannot see the picture or would rather read.

    Raises ``ValueError`` if the name is no slug (it becomes part of ids and file names) or if a row has not
    one cell per column.
    """

    name: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str
    description: str

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.name):
            raise ValueError(f"A picture's name is a slug such as 'england-map', not {self.name!r}.")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"The table of {self.name!r} has {len(self.columns)} columns, but a row is {row!r}."
                )
