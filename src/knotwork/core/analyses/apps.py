from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    name = "knotwork.core.analyses"
    label = "analyses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knotwork.core.analyses.services import ask_for_due
        from knotwork.core.schedule.registry import every

        every(5, "analyses.ask_for_due")(ask_for_due)
