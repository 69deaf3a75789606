"""A paper: headings, paragraphs, lists, tables and pictures in their order, written once for the page and for .docx.

A paper is a frozen value. ``kept`` turns it into plain JSON, to be frozen in a database, and ``read`` gives it back;
``read(kept(paper)) == paper`` always. What a reader sees on a page and in a text processor comes from the same blocks.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

MOST_LEVELS = 3


@dataclass(frozen=True)
class Heading:
    """A heading below the title: level 1 to 3."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= MOST_LEVELS:
            raise ValueError(f"A heading has a level from 1 to {MOST_LEVELS}, not {self.level}.")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``lead`` are its first words, set in bold, such as the name of whoever speaks."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list of short things."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under a header row. The first column names its row; ``numbers`` are the columns set to the right."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("A table has at least one column.")
        uneven = [number for number, row in enumerate(self.rows, start=1) if len(row) != len(self.columns)]
        if uneven:
            raise ValueError(
                f"The table has {len(self.columns)} columns, but row {uneven[0]} has {len(self.rows[uneven[0] - 1])}."
            )


@dataclass(frozen=True)
class Image:
    """A picture by its name, with its drawing (SVG), what it shows in words, and the line below it.

    A text processor takes pictures as PNG: whoever writes the file gives one for each name.
    """

    name: str
    svg: str
    description: str
    caption: str


Block = Heading | Paragraph | Bullets | Table | Image


@dataclass(frozen=True)
class Document:
    """A whole paper: its title, the lines below it, the language of its words, and its blocks."""

    title: str
    lines: tuple[str, ...]
    language: str
    blocks: tuple[Block, ...]


_KINDS: Mapping[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "bullets": Bullets,
    "table": Table,
    "image": Image,
}


def kind_of(block: Block) -> str:
    """The word for a block, by which a page chooses how to show it."""
    return type(block).__name__.lower()


def kept(document: Document) -> dict[str, Any]:
    """The paper as plain JSON: objects, lists, strings and numbers."""
    blocks = [{"kind": kind_of(block)} | _plain(asdict(block)) for block in document.blocks]
    return {
        "title": document.title,
        "lines": list(document.lines),
        "language": document.language,
        "blocks": blocks,
    }


def read(content: Mapping[str, Any], words: Callable[[str], str] = str) -> Document:
    """The paper that was kept; ``words`` may change each string on the way, to leave out what was taken back."""
    return Document(
        title=words(content["title"]),
        lines=tuple(words(line) for line in content["lines"]),
        language=content["language"],
        blocks=tuple(_read_block(block, words) for block in content["blocks"]),
    )


def _plain(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _plain(value) for name, value in part.items()}
    return [_plain(one) for one in part] if isinstance(part, tuple) else part


def _read_block(block: Mapping[str, Any], words: Callable[[str], str]) -> Block:
    kind = block["kind"]
    if kind not in _KINDS:
        raise ValueError(f"A paper has no block of the kind {kind!r}.")
    parts = {name: _frozen(value, words) for name, value in block.items() if name != "kind"}
    return _KINDS[kind](**parts)


def _frozen(part: Any, words: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return words(part)
    return tuple(_frozen(one, words) for one in part) if isinstance(part, list) else part
