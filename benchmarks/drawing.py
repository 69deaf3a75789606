"""What the pictures weigh and cost: run with ``python -m benchmarks.drawing``.

Prints bytes, bytes gzipped (what a reader loads) and CPU seconds. The landscape is drawn once more with a
charting library, to show why its dots are our own marks.
"""

import csv
import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import altair
import numpy as np
import polars as pl
import vl_convert

from knotwork.drawing.area_map import place_map
from knotwork.drawing.download import png
from knotwork.drawing.england import MapPlace, england_map
from knotwork.drawing.geography import Outline, outlines_of
from knotwork.drawing.landscape import opinion_landscape
from knotwork.drawing.picture import Picture
from knotwork.drawing.run_chart import ChartPoint, ChartWords, RunChartFigures, run_chart

PLACES = Path(__file__).parents[1] / "tests" / "data" / "places"


def outlines() -> dict[str, Outline]:
    text = (PLACES / "utla_dec2023_england_simplified.geojson").read_text(encoding="utf-8")
    return outlines_of(json.loads(text))


def areas_of() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with (PLACES / "local_vision_places.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["place"], {})[row["code"]] = row["name"]
    return found


def people(count: int) -> pl.DataFrame:
    random = np.random.default_rng(0)
    group = random.choice(3, count, p=[0.5, 0.3, 0.2])
    where = np.array([(-2.0, 1.0), (2.0, 1.0), (0.0, -2.0)])[group] + random.normal(0, 0.8, (count, 2))
    return pl.DataFrame({"x": where[:, 0], "y": where[:, 1], "group": group})


def by_charting_library(count: int) -> str:
    chart = altair.Chart(people(count)).mark_point(filled=True)
    encoded = chart.encode(
        x=altair.X("x", axis=None), y=altair.Y("y", axis=None), color="group:N", shape="group:N"
    )
    return str(vl_convert.vegalite_to_svg(encoded.to_json()))


def report(what: str, draw: Callable[[], Picture | str | bytes]) -> None:
    start = process_time()
    drawn = draw()
    seconds = process_time() - start
    svg = drawn.svg if isinstance(drawn, Picture) else drawn
    content = svg.encode() if isinstance(svg, str) else svg
    print(f"{what:44}{len(content):>9,}{len(gzip.compress(content)):>9,}{seconds:>8.2f}")


def main() -> None:
    land, areas, labels = outlines(), areas_of(), {0: "A", 1: "B", 2: "C"}
    words = {"title": "Title", "description": "Description"}
    places = [MapPlace(title, f"/{i}", tuple(codes)) for i, (title, codes) in enumerate(areas.items())]
    england = england_map(places, land, name="england", **words)
    dorset = areas["Dorset, Bournemouth and Poole"]
    months = tuple(ChartPoint(date(2021 + at // 12, at % 12 + 1, 15), 40.0 + at % 7) for at in range(60))
    print(f"{'':44}{'bytes':>9}{'gzip':>9}{'CPU s':>8}")
    report("England, 24 places", lambda: england_map(places, land, name="england", **words))
    report("England as PNG", lambda: png(england))
    report("One place, two areas", lambda: place_map(dorset, land, name="place", **words))
    for count in (536, 2_000, 20_000):
        report(
            f"Landscape, {count:,} people",
            lambda n=count: opinion_landscape(people(n), name="landscape", labels=labels, **words),  # type: ignore[misc]
        )
    report("Landscape, 2,000 people, charting library", lambda: by_charting_library(2_000))
    report(
        "Run chart, 60 months",
        lambda: run_chart(
            RunChartFigures(months), ChartWords("Northvale"), (("Month",), ()), name="run", **words
        ),
    )


if __name__ == "__main__":
    main()
