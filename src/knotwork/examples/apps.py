from django.apps import AppConfig


class ExamplesConfig(AppConfig):
    name = "knotwork.examples"
    label = "examples"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knotwork.examples import library, local_vision, open_conversations, open_maps
        from knotwork.examples.northvale import loading as northvale
        from knotwork.examples.registry import register

        for module in (local_vision, open_conversations, open_maps, library, northvale):
            register(module.EXAMPLE)
        northvale.register_walk()
