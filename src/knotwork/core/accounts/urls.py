"""Only the few doors of django-allauth that a sign-in by code needs."""

from allauth.account import views as allauth_views
from django.urls import path
from django.views.generic import RedirectView

from knotwork.core.accounts import views

urlpatterns = [
    path("sign-in/", allauth_views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path(
        "sign-in/again/",
        RedirectView.as_view(pattern_name="account_request_login_code", query_string=True),
        name="account_login",
    ),
    path("sign-out/", allauth_views.logout, name="account_logout"),
    path("start/<str:token>/", views.start, name="start"),
]
