from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "knotwork.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.mail.kinds import MailKind, register
        from knotwork.core.strands import kinds
        from knotwork.programmes import news
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
            "ledger_entry.withdrawn",
            "membership.granted",
            "membership.ended",
        )
        register(
            MailKind("invitation", _("Invitations"), optional=False, template="programmes/mail/invitation")
        )
        kinds.register("programme", programme_beads, label=_("Programme"))
        kinds.register("place", place_beads, label=_("Place"))
        news.register()
