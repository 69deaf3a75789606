"""Addresses of this room. ``new`` comes before a try-out's slug, which is never that word."""

from django.urls import path

from knotwork.actions.views import giving, going, planning, reading

app_name = "actions"

_PROGRAMME = "programmes/<slug:programme>/try/"
_PLACE = "programmes/<slug:programme>/places/<slug:place>/try/"
_TRY_OUT = f"{_PROGRAMME}<slug:try_out>/"

urlpatterns = [
    path("try/", reading.try_out_list, name="list"),
    path(_PROGRAMME, reading.of_programme, name="programme"),
    path(_PLACE, reading.of_place, name="place"),
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
]
