"""Wagtail's addresses below ``/cms/``, each behind the fence."""

from django.urls import URLPattern, URLResolver
from wagtail.admin import urls as of_wagtail
from wagtail.utils.urlpatterns import decorate_urlpatterns

from knotwork.publications.editing.fence import behind_the_fence

urlpatterns: list[URLPattern | URLResolver] = decorate_urlpatterns(of_wagtail.urlpatterns, behind_the_fence)
