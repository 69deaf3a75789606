from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "knotwork.core.limits"
    label = "limits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knotwork.core.limits.services import sweep
        from knotwork.core.schedule.registry import every

        every(3600, "limits.sweep")(sweep)
