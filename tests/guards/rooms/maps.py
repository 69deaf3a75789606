"""The room of maps, for the guards."""

from typing import Any

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.analyses.services import run_now
from knotwork.maps import services
from knotwork.maps.analyses import KIND
from knotwork.maps.models import SystemMap
from knotwork.maps.services import MapWords
from knotwork.programmes.models import Place, Programme, Stage
from tests.builders import a_place, a_programme
from tests.guards.line import LEADS, PUBLIC, WRITERS, Line

P, PL, M = ("programme",), ("programme", "place"), ("programme", "map")
F, V = (*M, "factor"), (*M, "perspective")
HOUSE = Viewer(is_administrator=True)

LINES = {
    "maps:list": Line(PUBLIC),
    "maps:map": Line(PUBLIC, M),
    "maps:whole": Line(PUBLIC, M),
    "maps:links": Line(PUBLIC, M),
    "maps:loops": Line(PUBLIC, M),
    "maps:factor": Line(PUBLIC, F),
    "maps:perspective": Line(PUBLIC, V),
    "maps:file": Line(PUBLIC, M),
    "maps:table": Line(PUBLIC, M, further={"table": "links"}),
    "maps:picture": Line(PUBLIC, M, further={"picture": "story", "kind": "svg"}),
    "maps:factor-picture": Line(PUBLIC, F, further={"kind": "svg"}),
    "maps:perspective-picture": Line(PUBLIC, V, further={"kind": "svg"}),
    "maps:new": Line(WRITERS, P),
    "maps:import": Line(WRITERS, P),
    "maps:refer": Line(WRITERS, PL),
    "maps:put-in": Line(WRITERS, M),
    "maps:factor-new": Line(WRITERS, M),
    "maps:factor-change": Line(WRITERS, F),
    "maps:factor-withdraw": Line(WRITERS, F),
    "maps:perspective-new": Line(WRITERS, M),
    "maps:perspective-change": Line(WRITERS, V),
    "maps:link-new": Line(WRITERS, M),
    "maps:link-withdraw": Line(WRITERS, (*M, "link")),
    "maps:loop-name": Line(WRITERS, M),
    "maps:loop-unname": Line(WRITERS, (*M, "loop"), method="post"),
    "maps:reference-end": Line(WRITERS, (*PL, "reference"), method="post"),
    "maps:change": Line(LEADS, M),
    "maps:withdraw": Line(LEADS, M),
}
DEPENDS = frozenset({"maps:loop-name"})  # which loop is meant stands in the query


def one_of_everything(programme: Programme, place: Place) -> dict[str, Any]:
    """A map of this place with a loop that has a name, and a map of another programme that the place looks at."""
    made = services.make_map(
        programme.pk, MapWords("How it goes", visibility="public"), by=HOUSE, place_id=place.pk
    )
    factors = [services.add_factor(made.id, label, by=HOUSE) for label in ("stress", "sleep", "walks")]
    table = services.add_perspective(made.id, "One table", 5, by=HOUSE)
    links = [
        services.add_link(made.id, table, factors[at], factors[(at + 1) % 3], -1, by=HOUSE) for at in range(3)
    ]
    loop = services.name_loop(made.id, factors, "Round and round", by=HOUSE)
    run_now(KIND, made.public_id)
    other = services.make_map(a_programme().pk, MapWords("Elsewhere", visibility="public"), by=HOUSE)
    return {
        "map": made.slug,
        "factor": factors[0],
        "a_factor": factors[0],
        "perspective": table,
        "link": links[0],
        "loop": loop,
        "reference": services.refer_to_map(place.pk, other.id, "made elsewhere", by=HOUSE),
    }


def hide_secrets(programme: Programme, place: Place, secret: str) -> None:
    """Maps that a stranger may not see, and on one that she may see what was taken back."""
    for stage in (Stage.ME, Stage.PLACE, Stage.PROGRAMME):
        hidden = _full_of(programme, place, secret)
        services.refer_to_map(a_place(programme).pk, hidden, f"{secret} words", by=HOUSE)
        SystemMap.objects.filter(pk=hidden).update(visibility=stage)
    services.withdraw_map(_full_of(programme, place, secret), f"{secret} reason", by=HOUSE)
    shown = services.make_map(
        programme.pk, MapWords("Shown", visibility="public"), by=HOUSE, place_id=place.pk
    )
    factors = [services.add_factor(shown.id, label, by=HOUSE) for label in ("tea", f"{secret} milk", "sugar")]
    table = services.add_perspective(shown.id, "One table", 5, by=HOUSE)
    services.add_link(shown.id, table, factors[0], factors[1], 1, by=HOUSE, evidence=f"{secret} evidence")
    back = services.add_link(shown.id, table, factors[0], factors[2], 1, by=HOUSE, evidence=f"{secret} too")
    services.withdraw_link(shown.id, back, f"{secret} reason", by=HOUSE)
    services.withdraw_factor(shown.id, factors[1], f"{secret} reason", by=HOUSE)
    run_now(KIND, shown.public_id)
    elsewhere = services.make_map(programme.pk, MapWords("Elsewhere", visibility="public"), by=HOUSE)
    ended = services.refer_to_map(place.pk, elsewhere.id, f"{secret} ended", by=HOUSE)
    services.end_reference(ended, by=HOUSE)


def _full_of(programme: Programme, place: Place, secret: str) -> int:
    words = MapWords(
        title=f"{secret} title",
        question=f"{secret} question",
        introduction=f"{secret} introduction",
        source=f"{secret} source",
        attribution=f"{secret} attribution",
        visibility="public",
        signed=f"{secret} signed",
    )
    made = services.make_map(programme.pk, words, by=HOUSE, place_id=place.pk)
    factors = [
        services.add_factor(made.id, f"{secret} {label}", note=f"{secret} note", by=HOUSE)
        for label in ("one", "two")
    ]
    table = services.add_perspective(made.id, f"{secret} table", 5, by=HOUSE)
    services.add_link(made.id, table, *factors, 1, by=HOUSE, evidence=f"{secret} evidence")
    services.add_link(made.id, table, *reversed(factors), 1, by=HOUSE)
    services.name_loop(made.id, factors, f"{secret} loop", by=HOUSE)
    run_now(KIND, made.public_id)
    return made.id
