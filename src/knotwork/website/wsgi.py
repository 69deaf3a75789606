"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knotwork.website.settings")
application = get_wsgi_application()


def load_every_page() -> None:
    """Load the code of all pages now, before the first reader asks for one."""
    get_resolver().url_patterns  # noqa: B018 - looking at them loads them
