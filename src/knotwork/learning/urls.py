"""Addresses of this room: one page for each kind of writing, made from the table of kinds."""

from django.urls import URLPattern, path

from knotwork.learning.kinds import PIECES
from knotwork.learning.views import listing, reading, spread, taking_up, three_words, writing

app_name = "learning"

_PROGRAMME = "programmes/<slug:programme>/learn/"
_PLACE = f"{_PROGRAMME}places/<slug:place>/"
_LESSON = f"{_PROGRAMME}lesson/<uuid:lesson>/"
_UPTAKE = f"{_PROGRAMME}taken-up/<uuid:uptake>/"


def _pages_of(kind: str) -> list[URLPattern]:
    name = kind.replace("_", "-")
    here = f"{_PROGRAMME}{name}/<uuid:{kind}>/"
    words = {"kind": kind}
    return [
        path(f"{_PLACE}new/{name}/", writing.new, words, name=f"{name}-new"),
        path(here, reading.piece, words, name=name),
        path(f"{here}change/", writing.change, words, name=f"{name}-change"),
        path(f"{here}withdraw/", writing.withdraw, words, name=f"{name}-withdraw"),
    ]


urlpatterns: list[URLPattern] = [
    path("learn/", listing.everything, name="list"),
    path("learn/spread/", spread.everywhere, name="spread"),
    path(_PROGRAMME, listing.of_programme, name="of-programme"),
    path(f"{_PROGRAMME}spread/", spread.of_programme, name="spread-of-programme"),
    path(f"{_PROGRAMME}spread/spread.<slug:kind>", spread.file, name="spread-file"),
    path(_PLACE, listing.of_place, name="of-place"),
    path(f"{_PLACE}words/", three_words.words, name="words"),
    path(f"{_PLACE}words/give/", three_words.give, name="words-give"),
    path(f"{_PLACE}words/words.<slug:kind>", three_words.file, name="words-file"),
    *(page for kind in PIECES for page in _pages_of(kind)),
    path(f"{_LESSON}take-up/", taking_up.take_up, name="lesson-take-up"),
    path(_UPTAKE, reading.uptake, name="uptake"),
    path(f"{_UPTAKE}change/", taking_up.change, name="uptake-change"),
    path(f"{_UPTAKE}result/", taking_up.result, name="uptake-result"),
    path(f"{_UPTAKE}withdraw/", writing.withdraw, {"kind": "uptake"}, name="uptake-withdraw"),
]
