"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knotwork.website.settings")
application = get_wsgi_application()


def load_every_page() -> None:
    """Load the code of all pages now, before the first reader asks for one."""
    get_resolver().url_patterns  # noqa: B018 - looking at them loads them
    keep_what_is_loaded()


def keep_what_is_loaded() -> None:
    """What is loaded by now stays until the process ends.

    Looking through it for rubbish again and again costs each request some of its time, and now and then one of them a
    tenth of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


keep_what_is_loaded()
