"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knotwork.website.settings")
application = get_wsgi_application()

# What is loaded by now stays until the process ends: looking through it for rubbish again and again costs each request
# some of its time, and now and then one of them a tenth of a second.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
