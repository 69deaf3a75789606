from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "knotwork.core.pages"
    label = "pages"
