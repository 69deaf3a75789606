"""What changes when the answers of flagged participants are left out: published beside the results, never instead.

Both sides are published counts, so that nobody's answers can be worked back from the difference; of fewer than five
flagged participants nothing is given but that there are some.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core.pages.numbers import number_in_words, percent_in_words
from knotwork.methods.disclosure import publishable_counts

TABLE = "without_flagged"
MOST_NAMED = 6


def changes(everybody: pl.DataFrame, without: pl.DataFrame) -> pl.DataFrame:
    """``statement``, the published share that agrees among everybody and without the flagged, and the difference."""
    columns = ("seen", "agree_share")
    both = everybody.select("statement", *columns).join(
        without.select("statement", *(pl.col(name).alias(f"{name}_without") for name in columns)),
        on="statement",
        how="left",
        maintain_order="left",
    )
    return both.with_columns(change=pl.col("agree_share_without") - pl.col("agree_share"))


def left_out_result(
    compared: pl.DataFrame,
    people: int,
    agreed: tuple[Sequence[tuple[int, str]], Sequence[tuple[int, str]]],
    groups: tuple[int, int],
    *,
    exact: bool,
) -> dict[str, Any]:
    """What the results page says of it: how many are left out, and where it makes a difference."""
    moved = (
        compared.drop_nulls("change")
        .with_columns(size=pl.col("change").abs())
        .filter(pl.col("size") > 0)
        .sort("size", "statement", descending=[True, False])
        .head(MOST_NAMED)
    )
    with_them, without = ({number for number, _direction in chosen} for chosen in agreed)
    return {
        "people": people if exact else int(publishable_counts([people]).value[0]),
        "rows": moved.select("statement", "agree_share", "agree_share_without").rows(),
        "no_longer_agreed": sorted(with_them - without),
        "newly_agreed": sorted(without - with_them),
        "groups": list(groups),
    }


@dataclass(frozen=True)
class ChangedStatement:
    """A statement on which leaving the flagged out makes a difference, with both shares in words."""

    text: str
    language: str
    everybody: str
    without: str


@dataclass(frozen=True)
class LeftOutView:
    """What the page says of flagged participants: sentences first, then the statements that change most."""

    sentences: tuple[str, ...]
    rows: tuple[ChangedStatement, ...]


def left_out_in_words(result: Mapping[str, Any], words: Mapping[int, tuple[str, str]]) -> LeftOutView | None:
    """The result in words, with the statements that are shown at this moment; ``None`` when nobody is flagged."""
    left_out = result.get("left_out")
    if left_out is None:
        return None
    if left_out["people"] is None:
        few = _(
            "A few participants are flagged, too few for numbers. Their answers are counted in every figure here."
        )
        return LeftOutView((few,), ())
    rows = tuple(
        ChangedStatement(*words[number], percent_in_words(share), percent_in_words(share_without))
        for number, share, share_without in left_out["rows"]
        if number in words
    )
    return LeftOutView(tuple(_sentences(left_out, rows)), rows)


def _sentences(left_out: Mapping[str, Any], rows: tuple[ChangedStatement, ...]) -> list[str]:
    people = number_in_words(left_out["people"])
    flagged = _(
        "About %(people)s participants are flagged, because something about their answers is unusual. "
        "They are counted in every figure above."
    ) % {"people": people}
    if rows:
        said = [flagged, _("Leaving them out changes this:")]
    else:
        said = [flagged, _("Leaving them out changes no published share.")]
    before, after = left_out["groups"]
    if before != after:
        said.append(
            _("Without them the votes give %(after)s groups instead of %(before)s.")
            % {"after": number_in_words(after), "before": number_in_words(before)}
        )
    if gone := len(left_out["no_longer_agreed"]):
        words = ngettext(
            "%(count)s statement is then no longer agreed across groups.",
            "%(count)s statements are then no longer agreed across groups.",
            gone,
        )
        said.append(words % {"count": number_in_words(gone)})
    if new := len(left_out["newly_agreed"]):
        words = ngettext(
            "%(count)s more statement is then agreed across groups.",
            "%(count)s more statements are then agreed across groups.",
            new,
        )
        said.append(words % {"count": number_in_words(new)})
    return said
