"""The editing pages under ``/cms/``: the one place where Wagtail is let in. Nothing here is read by the public."""
