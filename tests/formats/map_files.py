"""Map files to test with: real ones, and any at all."""

from pathlib import Path

from hypothesis import strategies as st

from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective, arranged

MAPS = Path(__file__).parents[1] / "data" / "maps"
FORESIGHT = MAPS / "foresight-obesity"

# What XML and CSV both hold: no control characters, no line ends that a reader would change, no spaces at the ends.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), max_size=6)
NAMES = WORDS.filter(bool)
NUMBERS = st.floats(-1e6, 1e6)
SIZES = st.sampled_from([0.1, 0.25, 1 / 3, 1.0])


@st.composite
def any_map(draw, *, weights_given=False, delays=True, people=True, perspectives=3):
    """A map with its perspectives, in canonical order."""
    ids = draw(st.lists(st.one_of(st.integers(0, 99).map(str), NAMES), min_size=1, max_size=5, unique=True))
    factors = tuple(
        MapFactor(one, draw(WORDS), draw(WORDS), draw(st.none() | NUMBERS), draw(st.none() | NUMBERS))
        for one in ids
    )
    names = draw(st.lists(NAMES, min_size=1, max_size=perspectives, unique=True))
    return arranged(
        MapFile(
            title=draw(WORDS),
            factors=factors,
            perspectives=tuple(
                MapPerspective(
                    name,
                    draw(st.integers(1, 9)) if people else 1,
                    tuple(
                        draw(any_link(pair, weights_given, delays))
                        for pair in draw(
                            st.lists(
                                st.tuples(st.sampled_from(ids), st.sampled_from(ids)),
                                min_size=1,
                                max_size=6,
                                unique=True,
                            )
                        )
                    ),
                )
                for name in names
            ),
        )
    )


@st.composite
def any_link(draw, pair, weights_given, delays):
    sign = draw(st.sampled_from([1, -1]))
    size = draw(SIZES if weights_given else st.none() | SIZES)
    return MapLink(
        *pair,
        sign=sign,
        weight=None if size is None else sign * size,
        confidence=draw(st.none() | NUMBERS),
        delay=draw(WORDS) if delays else "",
        evidence=draw(WORDS),
    )
