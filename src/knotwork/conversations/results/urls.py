"""Addresses of what a conversation found."""

from django.urls import URLPattern, path

from knotwork.conversations.results import file_views, report_views, views

_PROGRAMME = "programmes/<slug:programme>/"
_RESULTS = f"{_PROGRAMME}listen/<slug:conversation>/results/"
_REPORTS = f"{_PROGRAMME}listen/<slug:conversation>/reports/"

urlpatterns: list[URLPattern] = [
    path(_RESULTS, views.results, name="results"),
    path(f"{_RESULTS}statements/", views.statements, name="results-statements"),
    path(f"{_RESULTS}votes.csv", file_views.votes, name="results-votes"),
    path(f"{_RESULTS}comments.csv", file_views.comments, name="results-comments"),
    path(f"{_RESULTS}participants-votes.csv", file_views.matrix, name="results-matrix"),
    path(f"{_RESULTS}summary.csv", file_views.summary, name="results-summary"),
    path(f"{_RESULTS}polis.zip", file_views.polis, name="results-polis"),
    path(f"{_RESULTS}votes.parquet", file_views.votes_parquet, name="results-votes-parquet"),
    path(f"{_RESULTS}<slug:table>.csv", views.table, name="results-table"),
    path(f"{_RESULTS}<slug:table>.parquet", views.table_parquet, name="results-table-parquet"),
    path(f"{_RESULTS}<slug:picture>.svg", views.picture_svg, name="results-svg"),
    path(f"{_RESULTS}<slug:picture>.png", views.picture_png, name="results-png"),
    path(_REPORTS, report_views.reports, name="reports"),
    path(f"{_REPORTS}make/", report_views.make, name="report-make"),
    path(f"{_REPORTS}<int:version>/", report_views.report, name="report"),
    path(f"{_REPORTS}<int:version>/publish/", report_views.publish, name="report-publish"),
]
