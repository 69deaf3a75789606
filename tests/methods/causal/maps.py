"""Maps to test with: the obesity map of 2007, small ones made by hand, and any at all."""

import csv
from pathlib import Path

from hypothesis import strategies as st

from knotwork.methods.causal.graph import signed_graph

FORESIGHT = Path(__file__).parents[2] / "data" / "maps" / "foresight-obesity"


def rows_of(name):
    with (FORESIGHT / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def the_obesity_map():
    """108 factors, 296 links."""
    links = [
        (row["source"], row["target"], int(row["sign"]), float(row["sign"]), 1.0)
        for row in rows_of("links.csv")
    ]
    return signed_graph([row["id"] for row in rows_of("factors.csv")], links)


def chain(*links):
    """A graph from words such as ``"1+2"`` and ``"2-3"``."""
    read = [(word[0], word[2], 1 if word[1] == "+" else -1) for word in links]
    factors = sorted({end for source, target, _ in read for end in (source, target)})
    return signed_graph(factors, [(source, target, sign, float(sign), 1.0) for source, target, sign in read])


@st.composite
def any_links(draw, most=8):
    """Factors by number, and links between them: signs, weights, supports."""
    many = draw(st.integers(1, most))
    pairs = draw(st.sets(st.tuples(st.integers(1, many), st.integers(1, many)), max_size=3 * many))
    links = []
    for source, target in sorted(pairs):
        sign = draw(st.sampled_from([1, -1]))
        size = draw(st.sampled_from([0.125, 0.25, 0.5, 1.0]))
        links.append((str(source), str(target), sign, sign * size, draw(st.sampled_from([0.25, 0.5, 1.0]))))
    return [str(number) for number in range(1, many + 1)], links


any_graph = any_links().map(lambda parts: signed_graph(*parts))
