"""How the part of Wagtail that keeps an editor's preferences is installed here: its tables, and none of its pages."""

import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec

from wagtail.users.apps import WagtailUsersAppConfig


class PreferencesOfEditors(WagtailUsersAppConfig):
    """Wagtail's pages for users and groups ask for groups and flags that our ``Person`` has not, and are not opened.

    They come in by ``wagtail.users.wagtail_hooks``, which Wagtail looks for by name: it finds an empty module.
    """

    def ready(self) -> None:
        hooks = "wagtail.users.wagtail_hooks"
        sys.modules.setdefault(hooks, module_from_spec(ModuleSpec(hooks, loader=None)))
