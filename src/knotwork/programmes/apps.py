from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "knotwork.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.mail.kinds import MailKind, register
        from knotwork.core.search import registry as search_registry
        from knotwork.core.strands import kinds
        from knotwork.programmes import news, search
        from knotwork.programmes.queries import place_beads, programme_beads

        register_verbs(
            "programme.created",
            "programme.changed",
            "programme.moved",
            "programme.aims_set",
            "programme.withdrawn",
            "programme.restored",
            "place.added",
            "place.changed",
            "place.moved",
            "place.areas_set",
            "organisation.added",
            "partnership.added",
            "partnership.ended",
            "fact.added",
            "ledger_entry.added",
            "ledger_entry.moved",
            "ledger_entry.withdrawn",
            "ledger.brought_in",
            "pledge.added",
            "pledge.kept",
            "pledge.shown",
            "pledge.withdrawn",
            "membership.granted",
            "membership.ended",
        )
        register(
            MailKind("invitation", _("Invitations"), optional=False, template="programmes/mail/invitation")
        )
        search_registry.register("programme", search.programme_documents)
        search_registry.register("place", search.place_documents)
        kinds.register("programme", programme_beads, label=_("Programme"))
        kinds.register("place", place_beads, label=_("Place"))
        news.register()
