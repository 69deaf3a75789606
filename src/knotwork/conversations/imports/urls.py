"""Addresses of bringing a conversation in."""

from django.urls import URLPattern, path

from knotwork.conversations.imports import views

_IMPORT = "programmes/<slug:programme>/import/"

urlpatterns: list[URLPattern] = [
    path(_IMPORT, views.new, name="import"),
    path(f"{_IMPORT}<uuid:public_id>/", views.state, name="import-state"),
]
