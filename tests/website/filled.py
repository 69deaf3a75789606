"""Fill a fresh installation of its own with the built-in facts: run in a process of its own by the drill."""

import os


def fill() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "knotwork.website.settings"
    import django

    django.setup()
    from knotwork.examples.services import load
    from knotwork.website.preparation import migrate

    migrate()
    load("local-vision")
