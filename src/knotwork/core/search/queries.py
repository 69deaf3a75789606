"""Search: the one door. What the index finds is shown only if its own room says that this viewer may see it."""

from dataclasses import dataclass
from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.search import engines
from knotwork.core.strands.kinds import Bead, beads, known_kinds, label_of

MOST = 60
_AT_ONCE = 200
_MOST_LOOKED_AT = 2_000
_AROUND = 90


@dataclass(frozen=True)
class Found:
    """One thing that has the words: its kind, that kind's name for people, the thing, and its words around them."""

    kind: str
    label: str
    bead: Bead
    snippet: str = ""


def search(words: str, viewer: Viewer, *, most: int = MOST) -> list[Found]:
    """What has all of these words and may be seen by the viewer, the best first.

    What is hidden is neither shown nor counted. A few queries: one of the index for each 200 that it finds, and one for
    each kind among them.
    """
    wanted = engines.words_in(words)
    found: list[Found] = []
    for after in range(0, _MOST_LOOKED_AT if wanted else 0, _AT_ONCE):
        rows = engines.find(wanted, most=_AT_ONCE, after=after)
        found += _seen(rows, wanted, viewer)
        if len(found) >= most or len(rows) < _AT_ONCE:
            break
    return found[:most]


def _seen(rows: list[engines.Row], words: list[str], viewer: Viewer) -> list[Found]:
    known = set(known_kinds())
    ends = [
        (kind, public_id if isinstance(public_id, UUID) else UUID(str(public_id)))
        for kind, public_id, *_ in rows
    ]
    seen = beads([end for end in ends if end[0] in known], viewer)
    return [
        Found(end[0], label_of(end[0]), seen[end], snippet_of(text, words))
        for end, (_kind, _id, _title, text) in zip(ends, rows, strict=True)
        if end in seen
    ]


def snippet_of(text: str, words: list[str]) -> str:
    """The words around the first of ``words`` that stands in the text; its beginning where none does."""
    line = " ".join(text.split())
    plain = engines.plain(line)
    hits = [at for word in words if (at := plain.find(word)) >= 0]
    at = min(hits, default=0)
    if len(line) <= 2 * _AROUND:
        return line
    start = max(0, min(at, len(line)) - _AROUND // 2)
    start = line.find(" ", start) + 1 if start else 0
    end = line.rfind(" ", start, start + 2 * _AROUND)
    end = end if end > start else start + 2 * _AROUND
    return f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"
