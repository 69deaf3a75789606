from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "knotwork.core.schedule"
    label = "schedule"
    default_auto_field = "django.db.models.BigAutoField"
