"""What may be shown of a team, worked out once when a round has closed for good.

Only the change since the start is worked out, never that from the middle to the end: with three figures of groups
that differ by one person, that person's own change could be worked back (decision 54).
"""

import math

import numpy as np

from knotwork.learning.models import GroupChange, Moment, PeerAnswer, Rater, Reflection, ReflectionRound
from knotwork.learning.ways import WAY_OF, WAYS, as_row
from knotwork.methods.arrays import Floats
from knotwork.methods.disclosure import publishable_counts
from knotwork.methods.reflection import MINIMUM, group_change

FEWEST_PEERS = 3

Rows = dict[int, list[float]]


def work_out(row: ReflectionRound) -> None:
    """Keep the change since the start by the people themselves, and apart by their peers; twice asked, once done."""
    start = ReflectionRound.objects.filter(place_id=row.place_id, moment=Moment.START).first()
    if row.moment == Moment.START:
        return
    for rater, rows_of in ((Rater.SELF, own_rows), (Rater.PEERS, peer_rows)):
        result = _change(rows_of(start) if start else {}, rows_of(row))
        GroupChange.objects.get_or_create(round=row, rater=rater.value, defaults={"result": result})


def own_rows(row: ReflectionRound) -> Rows:
    """What each person said of herself, in the order of the prompts."""
    given = Reflection.objects.filter(round=row).order_by("person_id").values_list("person_id", "answers")
    return {person: as_row(answers) for person, answers in given}


def peer_rows(row: ReflectionRound) -> Rows:
    """For each person the average of her peers, prompt by prompt, where at least three of them could say."""
    given: dict[int, list[list[float]]] = {}
    for person, answers in PeerAnswer.objects.filter(round=row).values_list("person_id", "answers"):
        given.setdefault(person, []).append(as_row(answers))
    return {person: peer_means(np.array(rows)) for person, rows in sorted(given.items())}


def peer_means(rows: Floats) -> list[float]:
    """The mean of each prompt over peers, NaN where fewer than three could say."""
    known = ~np.isnan(rows)
    enough = known.sum(axis=0) >= FEWEST_PEERS
    total = np.where(known, rows, 0.0).sum(axis=0)
    means = np.where(enough, total / np.maximum(known.sum(axis=0), 1), np.nan)
    return [float(value) for value in means]


def _change(before: Rows, after: Rows) -> list[dict[str, object]]:
    both = sorted(before.keys() & after.keys())
    shape = (len(both), len(WAY_OF))
    first, second = (
        np.array([rows[person] for person in both], np.float64).reshape(shape) for rows in (before, after)
    )
    found = group_change(first, second, way_of=WAY_OF)
    return [
        {
            "way": way.key,
            "people": _rounded(found.people[number]),
            "mean": _shown(found.mean[number]),
            "lower": _shown(found.lower[number]),
            "upper": _shown(found.upper[number]),
            "reason": found.reason[number],
        }
        for number, way in enumerate(WAYS)
    ]


def _rounded(people: int | None) -> int | None:
    if people is None:
        return None
    return int(publishable_counts([people], minimum=MINIMUM).value[0])


def _shown(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 1) + 0.0
