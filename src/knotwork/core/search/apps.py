from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "knotwork.core.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knotwork.core.schedule.registry import every
        from knotwork.core.search.services import keep_in_step

        every(10, "search.keep_in_step")(keep_in_step)
