from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "knotwork.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.accounts import erasures
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds_registry
        from knotwork.core.search import registry as search_registry
        from knotwork.core.strands import kinds
        from knotwork.support import beads, feeds, letters, news, search
        from knotwork.support.services import enablers

        register_verbs(*news.VERBS)
        news.register()
        letters.register()
        erasures.register("person", enablers.forget)
        kinds.register(
            "learning_event", beads.event_beads, label=_("Learning event"), of_place=beads.events_of_place
        )
        kinds.register("help_request", beads.help_beads, label=_("Request for help"))
        search_registry.register("learning_event", search.event_documents)
        search_registry.register("help_request", search.help_documents)
        feeds_registry.register(feeds.ROOM, _("Support"), feeds.entries)
