"""Addresses of this room. Fixed words come before a measure's slug, which is never one of them."""

from django.urls import path

from knotwork.measures.views import importing, reading, writing

app_name = "measures"

_PROGRAMME = "programmes/<slug:programme>/measure/"
_PLACE = f"{_PROGRAMME}places/<slug:place>/"
_MEASURE = f"{_PROGRAMME}<slug:measure>/"

urlpatterns = [
    path("measure/", reading.measure_list, name="list"),
    path("measure/indicators/", reading.indicator_list, name="indicators"),
    path("measure/indicators/<uuid:indicator>/", reading.indicator, name="indicator"),
    path("measure/indicators/<uuid:indicator>/change/", writing.indicator_words, name="indicator-change"),
    path(f"{_PROGRAMME}import/", importing.new, name="import"),
    path(f"{_PROGRAMME}import/<uuid:series_import>/", importing.state, name="import-state"),
    path(_PLACE, reading.place, name="place"),
    path(f"{_PLACE}choose/", writing.choose, name="choose"),
    path(f"{_PLACE}nothing-fits/", writing.nothing_fits, name="nothing-fits"),
    path(_MEASURE, reading.measure, name="measure"),
    path(f"{_MEASURE}change/", writing.change, name="change"),
    path(f"{_MEASURE}rival-cause/", writing.rival_cause, name="rival-cause"),
    path(f"{_MEASURE}begin-anew/", writing.rebase, name="rebase"),
    path(f"{_MEASURE}set-aside/", writing.set_aside, name="set-aside"),
    path(f"{_MEASURE}take-up-again/", writing.take_up_again, name="take-up-again"),
    path(f"{_MEASURE}withdraw/", writing.withdraw, name="withdraw"),
    path(f"{_MEASURE}figure.svg", reading.taken_away, {"kind": "svg"}, name="figure-svg"),
    path(f"{_MEASURE}figure.png", reading.taken_away, {"kind": "png"}, name="figure-png"),
    path(f"{_MEASURE}figure.csv", reading.taken_away, {"kind": "csv"}, name="figure-csv"),
]
