from django.urls import path

from knotwork.core.pages import languages, views

urlpatterns = [
    path("house/components/", views.gallery, name="gallery"),
    path("language/", languages.choose_language, name="choose_language"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
