from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "knotwork.website"
    label = "website"
