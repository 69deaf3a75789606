from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "knotwork.core.uploads"
    label = "uploads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knotwork.core.events.verbs import register_verbs

        register_verbs("upload.stored")
