"""Addresses of this room. ``new`` and ``portfolio`` come before a try-out's slug, which is never one of them."""

from django.urls import path

from knotwork.actions.views import (
    answering,
    contribution,
    cycles,
    giving,
    going,
    planning,
    portfolio,
    reading,
)

app_name = "actions"

_PROGRAMME = "programmes/<slug:programme>/try/"
_PLACE = "programmes/<slug:programme>/places/<slug:place>/try/"
_TRY_OUT = f"{_PROGRAMME}<slug:try_out>/"

urlpatterns = [
    path("try/", reading.try_out_list, name="list"),
    path("try/portfolio/", portfolio.of_all, name="portfolio"),
    path("try/answer/<str:token>/", answering.by_link, name="answer"),
    path(_PROGRAMME, reading.of_programme, name="programme"),
    path(_PLACE, reading.of_place, name="place"),
    path(f"{_PROGRAMME}portfolio/", portfolio.of_programme, name="programme-portfolio"),
    path(f"{_PROGRAMME}portfolio.csv", portfolio.of_programme_file, name="programme-portfolio-file"),
    path(f"{_PROGRAMME}new/", planning.new_for_programme, name="new-for-programme"),
    path(f"{_PLACE}new/", planning.new, name="new"),
    path(_TRY_OUT, reading.try_out, name="try-out"),
    path(f"{_TRY_OUT}change/", planning.change, name="change"),
    path(f"{_TRY_OUT}links/", planning.links, name="links"),
    path(f"{_TRY_OUT}withdraw/", planning.withdraw, name="withdraw"),
    path(f"{_TRY_OUT}start/", going.start, name="start"),
    path(f"{_TRY_OUT}happened/", going.happened, name="happened"),
    path(f"{_TRY_OUT}stop/", going.stop, name="stop"),
    path(f"{_TRY_OUT}end/", going.end, name="end"),
    path(f"{_TRY_OUT}around/", going.around, name="around"),
    path(f"{_TRY_OUT}partners/new/", giving.add_partner, name="partner-new"),
    path(f"{_TRY_OUT}partners/<uuid:partner>/end/", giving.end_partner, name="partner-end"),
    path(f"{_TRY_OUT}pledges/new/", giving.add_pledge, name="pledge-new"),
    path(f"{_TRY_OUT}pledges/<uuid:pledge>/", giving.settle_pledge, name="pledge"),
    path(f"{_TRY_OUT}pledges/<uuid:pledge>/answer/", answering.signed_in, name="pledge-answer"),
    path(f"{_TRY_OUT}around/<slug:key>/", contribution.turn, name="turn"),
    path(f"{_TRY_OUT}cycles/new/", cycles.new_cycle, name="cycle-new"),
    path(f"{_TRY_OUT}cycles/<uuid:cycle>/", cycles.study_cycle, name="cycle"),
    path(f"{_TRY_OUT}cycles/<uuid:cycle>/change/", cycles.change_cycle, name="cycle-change"),
    path(f"{_TRY_OUT}cycles/<uuid:cycle>/begin/", cycles.begin_cycle, name="cycle-begin"),
    path(f"{_TRY_OUT}stop-rule/", cycles.make_checkable, name="stop-rule"),
    path(f"{_TRY_OUT}numbers/new/", cycles.new_number, name="number-new"),
    path(f"{_TRY_OUT}numbers.csv", cycles.numbers_file, name="numbers"),
    path(f"{_TRY_OUT}numbers.svg", cycles.numbers_picture, {"kind": "svg"}, name="numbers-svg"),
    path(f"{_TRY_OUT}numbers.png", cycles.numbers_picture, {"kind": "png"}, name="numbers-png"),
    path(f"{_TRY_OUT}causes/new/", contribution.new_cause, name="cause-new"),
    path(f"{_TRY_OUT}causes/<uuid:cause>/", contribution.withdraw_cause, name="cause"),
    path(f"{_TRY_OUT}claim/", contribution.claim, name="claim"),
    path(f"{_TRY_OUT}claim/check/", contribution.check_claim, name="claim-check"),
    path(f"{_TRY_OUT}hand-over/", contribution.hand_over, name="hand-over"),
]
