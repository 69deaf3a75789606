from django.apps import AppConfig


class ExamplesConfig(AppConfig):
    name = "knotwork.examples"
    label = "examples"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from importlib import import_module
        from importlib.util import find_spec

        from knotwork.examples import local_vision
        from knotwork.examples.registry import register

        register(local_vision.EXAMPLE)
        if find_spec("knotwork.examples.open_conversations"):
            register(import_module("knotwork.examples.open_conversations").EXAMPLE)
