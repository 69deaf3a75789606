from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "knotwork.core.feeds"
    label = "feeds"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.pages import navigation

        navigation.register_in_footer(20, "feeds", _("Follow what is new"), "feeds:list")
