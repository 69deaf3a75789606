"""In which region of England, or else in which nation, an official area lies: by its code alone."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy

REGIONS_SOURCE = "Office for National Statistics, lookups of councils to regions, April 2023"
REGIONS_LICENCE = "Open Government Licence v3.0"
_TABLE = Path(__file__).parent / "material" / "regions.csv"
_NATIONS = {
    "E": gettext_lazy("England, region not known"),
    "N": gettext_lazy("Northern Ireland"),
    "S": gettext_lazy("Scotland"),
    "W": gettext_lazy("Wales"),
}


def region_of(code: str) -> str:
    """The name of the region of a council in England; of other codes the nation by their letter; empty where neither.

    Names of regions are official names, and are not translated.
    """
    return _regions().get(code) or str(_NATIONS.get(code[:1], ""))


@cache
def _regions() -> Mapping[str, str]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["region"] for row in csv.DictReader(file)}
