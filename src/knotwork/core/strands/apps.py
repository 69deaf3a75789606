from django.apps import AppConfig


class StrandsConfig(AppConfig):
    name = "knotwork.core.strands"
    label = "strands"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knotwork.core.events.verbs import register_verbs

        register_verbs("strand.tied", "strand.untied")
