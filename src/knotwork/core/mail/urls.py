from django.urls import path

from knotwork.core.mail import views

urlpatterns = [
    path("local-mail/", views.local_mail, name="local_mail"),
    path("mail/no-more/<str:token>/", views.refuse_mail, name="refuse_mail"),
]
