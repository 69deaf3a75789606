"""Addresses of this room. Fixed words come before a map's slug, which is never one of them."""

from django.urls import path

from knotwork.maps.views import drawing, files, listing, making, reading

app_name = "maps"

_PROGRAMME = "programmes/<slug:programme>/map/"
_MAP = f"{_PROGRAMME}<slug:map>/"
_FACTOR = f"{_MAP}factors/<uuid:factor>/"
_PERSPECTIVE = f"{_MAP}perspectives/<uuid:perspective>/"
_REFER = f"{_PROGRAMME}refer/<slug:place>/"

urlpatterns = [
    path("map/", listing.map_list, name="list"),
    path(f"{_PROGRAMME}new/", making.new, name="new"),
    path(f"{_PROGRAMME}import/", making.bring_in, name="import"),
    path(_REFER, making.refer, name="refer"),
    path(f"{_REFER}<uuid:reference>/end/", making.end_reference, name="reference-end"),
    path(_MAP, reading.read_map, name="map"),
    path(f"{_MAP}whole/", reading.whole, name="whole"),
    path(f"{_MAP}links/", reading.links, name="links"),
    path(f"{_MAP}loops/", reading.loops, name="loops"),
    path(f"{_MAP}map.json", files.whole_file, name="file"),
    path(f"{_MAP}<slug:table>.csv", files.table, name="table"),
    path(f"{_MAP}pictures/<slug:picture>.<slug:kind>", files.stored_picture, name="picture"),
    path(f"{_MAP}change/", making.change, name="change"),
    path(f"{_MAP}withdraw/", making.withdraw, name="withdraw"),
    path(f"{_MAP}put-in/", making.put_in, name="put-in"),
    path(f"{_MAP}factors/new/", drawing.add_factor, name="factor-new"),
    path(_FACTOR, reading.factor, name="factor"),
    path(f"{_FACTOR}near.<slug:kind>", files.factor_picture, name="factor-picture"),
    path(f"{_FACTOR}change/", drawing.change_factor, name="factor-change"),
    path(f"{_FACTOR}withdraw/", drawing.withdraw_factor, name="factor-withdraw"),
    path(f"{_MAP}perspectives/new/", drawing.add_perspective, name="perspective-new"),
    path(_PERSPECTIVE, reading.perspective, name="perspective"),
    path(f"{_PERSPECTIVE}drawn.<slug:kind>", files.drawn_picture, name="perspective-picture"),
    path(f"{_PERSPECTIVE}change/", drawing.change_perspective, name="perspective-change"),
    path(f"{_MAP}links/new/", drawing.add_link, name="link-new"),
    path(f"{_MAP}links/<uuid:link>/withdraw/", drawing.withdraw_link, name="link-withdraw"),
    path(f"{_MAP}loops/name/", drawing.name_loop, name="loop-name"),
    path(f"{_MAP}loops/<uuid:loop>/unname/", drawing.unname_loop, name="loop-unname"),
]
