from django.urls import path

from knotwork.core.uploads import views

urlpatterns = [path("files/<uuid:public_id>/", views.uploaded_file, name="uploaded_file")]
