"""The one page of the examples: where the walk begins."""

from django.urls import path

from knotwork.examples import views

app_name = "examples"

urlpatterns = [path("walk/", views.walk, name="walk")]
