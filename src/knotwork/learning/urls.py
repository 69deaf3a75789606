"""Addresses of this room: one page for each kind of writing, made from the table of kinds."""

from django.urls import URLPattern, path

from knotwork.learning.kinds import PIECES
from knotwork.learning.views import (
    consulting,
    leading,
    listing,
    reading,
    reflecting,
    sessions,
    spread,
    taking_up,
    three_words,
    writing,
)

app_name = "learning"

_PROGRAMME = "programmes/<slug:programme>/learn/"
_PLACE = f"{_PROGRAMME}places/<slug:place>/"
_LESSON = f"{_PROGRAMME}lesson/<uuid:lesson>/"
_UPTAKE = f"{_PROGRAMME}taken-up/<uuid:uptake>/"
_SESSION = f"{_PROGRAMME}session/<uuid:session>/"
_ROUND = f"{_PROGRAMME}co-consulting/<uuid:consulting_round>/"
_REFLECTIONS = f"{_PLACE}six-ways/"


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
    path("learn/methods/<slug:method>/", leading.guide, name="guide"),
    path(f"{_PLACE}leading/", leading.of_place, name="leading"),
    path(f"{_PLACE}leading/in-time.<slug:kind>", leading.file, name="development-file"),
    path(f"{_PLACE}new/session/", sessions.new, name="session-new"),
    path(_SESSION, sessions.session, name="session"),
    path(f"{_SESSION}change/", sessions.change, name="session-change"),
    path(f"{_SESSION}held/", sessions.hold, name="session-held"),
    path(f"{_SESSION}call-off/", sessions.call_off, name="session-call-off"),
    path(f"{_SESSION}withdraw/", writing.withdraw, {"kind": "session"}, name="session-withdraw"),
    path(f"{_PLACE}new/co-consulting/", consulting.new, name="consulting-round-new"),
    path(_ROUND, consulting.consulting_round, name="consulting-round"),
    path(f"{_ROUND}change/", consulting.change, name="consulting-round-change"),
    path(f"{_ROUND}give/", consulting.give, name="consulting-round-give"),
    path(f"{_ROUND}close/", consulting.close, name="consulting-round-close"),
    path(f"{_ROUND}take/", consulting.take, name="consulting-round-take"),
    path(
        f"{_ROUND}withdraw/", writing.withdraw, {"kind": "consulting_round"}, name="consulting-round-withdraw"
    ),
    path(
        f"{_ROUND}perspective/<uuid:perspective>/withdraw/",
        consulting.withdraw_perspective,
        name="perspective-withdraw",
    ),
    path(_REFLECTIONS, reflecting.of_place, name="reflections"),
    path(f"{_REFLECTIONS}<slug:moment>-<slug:rater>.<slug:kind>", reflecting.file, name="reflections-file"),
    path(f"{_REFLECTIONS}ask/", reflecting.ask, name="reflections-ask"),
    path(f"{_REFLECTIONS}close/", reflecting.close, name="reflections-close"),
    path(f"{_REFLECTIONS}reflect/", reflecting.reflect, name="reflect"),
    path(f"{_REFLECTIONS}my-own/", reflecting.own, name="own-reflection"),
    path(f"{_REFLECTIONS}peers/", reflecting.peers, name="peers"),
    path("learn/peer/<str:token>/", reflecting.peer, name="peer"),
]
