"""Addresses of the results half of this room, and of bringing a conversation in."""

from django.urls import URLPattern, path

from knotwork.conversations import import_views, results_views

_PROGRAMME = "programmes/<slug:programme>/"
_RESULTS = f"{_PROGRAMME}listen/<slug:conversation>/results/"

urlpatterns: list[URLPattern] = [
    path(_RESULTS, results_views.results, name="results"),
    path(f"{_RESULTS}statements/", results_views.statements, name="results-statements"),
    path(f"{_RESULTS}votes.csv", results_views.votes, name="results-votes"),
    path(f"{_RESULTS}comments.csv", results_views.comments, name="results-comments"),
    path(f"{_RESULTS}<slug:table>.csv", results_views.table, name="results-table"),
    path(f"{_RESULTS}<slug:picture>.svg", results_views.picture_svg, name="results-svg"),
    path(f"{_RESULTS}<slug:picture>.png", results_views.picture_png, name="results-png"),
    path(f"{_PROGRAMME}import/", import_views.new, name="import"),
    path(f"{_PROGRAMME}import/<uuid:public_id>/", import_views.state, name="import-state"),
]
