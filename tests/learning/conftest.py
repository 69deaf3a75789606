"""A place at hand, another one of the same programme, and kinds of things to tie to that no room of this floor has."""

from collections.abc import Iterable
from uuid import UUID, uuid4

import pytest

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands import kinds
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.models import Place
from tests.builders import a_place, a_programme

TRY_OUT, MEASURE = uuid4(), uuid4()
_TITLES = {"try_out": (TRY_OUT, "The 4.40 home"), "measure": (MEASURE, "Trips after four")}


@pytest.fixture
def northvale() -> Place:
    programme = a_programme(slug="example", name="Example programme")
    return a_place(programme, slug="northvale", name="Northvale")


@pytest.fixture
def eastmere(northvale: Place) -> Place:
    return a_place(northvale.programme, slug="eastmere", name="Eastmere", issue="Lonely at sixteen")


@pytest.fixture(autouse=True)
def _there_is_a_try_out_and_a_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    for kind in _TITLES:
        _register(kind)


def _register(kind: str) -> None:
    public_id, title = _TITLES[kind]
    bead = Bead(kind, public_id, title, f"/{kind}/")

    def resolver(public_ids: Iterable[UUID], _viewer: Viewer) -> list[Bead]:
        return [bead] if public_id in set(public_ids) else []

    def of_place(_place: UUID, _viewer: Viewer) -> list[Bead]:
        return [bead]

    kinds.register(kind, resolver, label=title, of_place=of_place)
