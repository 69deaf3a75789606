from django.urls import path

from knotwork.core.pages import views

urlpatterns = [
    path("house/components/", views.gallery, name="gallery"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
