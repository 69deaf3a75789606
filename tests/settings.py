"""The website's own settings with a home of the test run: work is done at once, static files need no collecting."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KNOTWORK_HOME", tempfile.mkdtemp(prefix="knotwork-tests-"))
# Playwright's synchronous door runs an event loop in the test's own thread; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from knotwork.website.settings import *  # noqa: F403
from knotwork.website.settings import CACHES, HOME, STORAGES, TASKS

TASKS = {"default": TASKS["default"] | {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = HOME / "static"
Path(STATIC_ROOT).mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
