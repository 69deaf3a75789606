"""Root addresses. Each room names its own below its noun."""

from django.urls import include, path

from knotwork.website import health
from knotwork.website.api import api

urlpatterns = [
    # Every vote comes this way, and addresses are looked for in this order.
    path("", include("knotwork.conversations.urls")),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", api.urls),
    path("", include("knotwork.core.pages.urls")),
    path("", include("knotwork.core.accounts.urls")),
    path("", include("knotwork.core.mail.urls")),
    path("", include("knotwork.core.uploads.urls")),
    path("", include("knotwork.core.feeds.urls")),
    path("", include("knotwork.core.search.urls")),
    path("", include("knotwork.calls.urls")),
    path("", include("knotwork.support.urls")),
    path("", include("knotwork.programmes.urls")),
    path("", include("knotwork.maps.urls")),
    path("", include("knotwork.measures.urls")),
    path("", include("knotwork.actions.urls")),
    path("", include("knotwork.learning.urls")),
    path("", include("knotwork.publications.urls")),
    path("", include("knotwork.thread.urls")),
    path("", include("knotwork.examples.urls")),
]

handler400 = "knotwork.core.pages.errors.bad_request"
handler403 = "knotwork.core.pages.errors.permission_denied"
handler404 = "knotwork.core.pages.errors.page_not_found"
handler500 = "knotwork.core.pages.errors.server_error"
