from django.urls import path, re_path

from knotwork.core.feeds import views

app_name = "feeds"

urlpatterns = [
    path("feeds/", views.feed_list, name="list"),
    re_path(r"^feeds/(?P<room>[a-z_-]+)\.(?P<ending>atom|json)$", views.feed, name="feed"),
]
