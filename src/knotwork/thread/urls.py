"""Where people read: home, programmes, places, and a letter to the team."""

from django.urls import include, path, re_path

from knotwork.thread.views import (
    board_papers,
    contact,
    decisions,
    following,
    home,
    making,
    places,
    privacy,
    programmes,
    steering,
    walking,
)

_programmes = [
    path("", home.programme_list, name="list"),
    path("<slug:programme>/", programmes.programme, name="programme"),
    re_path(r"^(?P<programme>[-\w]+)/map\.(?P<kind>svg|png)$", programmes.programme_map, name="map"),
    path("<slug:programme>/contact/", contact.programme_contact, name="contact"),
    path("<slug:programme>/contact/thanks/", contact.programme_thanks, name="contact-thanks"),
    path("<slug:programme>/places/<slug:place>/", places.place, name="place"),
    path("<slug:programme>/follow/", following.follow_programme, name="follow"),
    path("<slug:programme>/privacy/", privacy.privacy, name="privacy"),
    path("<slug:programme>/steering/", steering.steering, name="steering"),
    path("<slug:programme>/steering/decisions/new/", decisions.add, name="decision-new"),
    path("<slug:programme>/steering/decisions/<uuid:decision>/", decisions.outcome, name="decision"),
    path(
        "<slug:programme>/steering/decisions/<uuid:decision>/withdraw/",
        decisions.withdraw,
        name="decision-withdraw",
    ),
    path("<slug:programme>/steering/papers/new/", board_papers.make, name="paper-new"),
    path("<slug:programme>/steering/papers/<int:version>/", board_papers.paper, name="paper"),
    path("<slug:programme>/steering/papers/<int:version>/paper.docx", board_papers.docx, name="paper-docx"),
    path("<slug:programme>/places/<slug:place>/steering/", steering.place_tile, name="place-steering"),
    path(
        "<slug:programme>/places/<slug:place>/steering/take-back/", steering.take_back, name="own-word-back"
    ),
    path("<slug:programme>/places/<slug:place>/follow/", following.follow_place, name="place-follow"),
    re_path(r"^(?P<programme>[-\w]+)/feed\.(?P<ending>atom|json)$", following.programme_feed, name="feed"),
    re_path(
        r"^(?P<programme>[-\w]+)/places/(?P<place>[-\w]+)/feed\.(?P<ending>atom|json)$",
        following.place_feed,
        name="place-feed",
    ),
    re_path(
        r"^(?P<programme>[-\w]+)/places/(?P<place>[-\w]+)/map\.(?P<kind>svg|png)$",
        places.place_map,
        name="place-map",
    ),
]

_THING = "<slug:kind>/<uuid:thing>/"
_thread = [
    path("statement/<uuid:thing>/factor/", walking.factor, name="factor"),
    path("statement/<uuid:thing>/make/", making.make, name="make"),
    path("statement/<uuid:thing>/try-out/", making.try_out, name="make-try-out"),
    path("statement/<uuid:thing>/measure/", making.measure, name="make-measure"),
    path("factor/<uuid:thing>/try-out/", making.try_out_on, name="make-try-out-on"),
    path(_THING, walking.walk, name="walk"),
    path(f"{_THING}tie/", walking.tie, name="tie"),
    path(f"{_THING}untie/<uuid:strand>/", walking.untie, name="untie"),
    path(f"{_THING}thread.<slug:ending>", walking.walk_file, name="file"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("contact/", contact.contact, name="contact"),
    path("contact/thanks/", contact.thanks, name="contact_thanks"),
    path("programmes/", include((_programmes, "programmes"))),
    path("thread/", include((_thread, "thread"))),
]
