"""Where people read: home, programmes, places, and a letter to the team."""

from django.urls import include, path, re_path

from knotwork.thread.views import contact, home, places, programmes

_programmes = [
    path("", home.programme_list, name="list"),
    path("<slug:programme>/", programmes.programme, name="programme"),
    re_path(r"^(?P<programme>[-\w]+)/map\.(?P<kind>svg|png)$", programmes.programme_map, name="map"),
    path("<slug:programme>/contact/", contact.programme_contact, name="contact"),
    path("<slug:programme>/contact/thanks/", contact.programme_thanks, name="contact-thanks"),
    path("<slug:programme>/places/<slug:place>/", places.place, name="place"),
    re_path(
        r"^(?P<programme>[-\w]+)/places/(?P<place>[-\w]+)/map\.(?P<kind>svg|png)$",
        places.place_map,
        name="place-map",
    ),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("contact/", contact.contact, name="contact"),
    path("contact/thanks/", contact.thanks, name="contact_thanks"),
    path("programmes/", include((_programmes, "programmes"))),
]
