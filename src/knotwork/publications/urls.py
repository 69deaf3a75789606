"""Addresses of this room: what the public reads, and the editing pages behind their fence."""

from django.urls import include, path

from knotwork.publications.views import listing, looking_after, reading

_ONE = "programmes/<slug:programme>/library/<slug:publication>/"

_library = [
    path("library/", listing.library, name="list"),
    path("programmes/<slug:programme>/library/", listing.library_of_programme, name="of-programme"),
    path(_ONE, reading.publication, name="publication"),
    path(f"{_ONE}files/<uuid:document>/", reading.document, name="document"),
    path(f"{_ONE}publish/", looking_after.publish, name="publish"),
    path(f"{_ONE}question/", looking_after.question, name="question"),
    path(f"{_ONE}withdraw/", looking_after.withdraw, name="withdraw"),
]

urlpatterns = [
    path("", include((_library, "publications"))),
    # Stands before Wagtail's own first page, which would show what we do not use.
    path("cms/", looking_after.editing_door, name="cms"),
    path("cms/", include("knotwork.publications.editing.urls")),
]
