from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "knotwork.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.accounts import erasures
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.mail.kinds import MailKind, register
        from knotwork.core.schedule.registry import every
        from knotwork.core.search import registry as search_registry
        from knotwork.core.strands import kinds
        from knotwork.programmes import news, retention, search
        from knotwork.programmes.queries import place_beads, programme_beads
        from knotwork.programmes.services import retention as retention_services

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
            "own_word.said",
            "own_word.taken_back",
            "decision.due",
            "decision.taken",
            "decision.withdrawn",
            "board_paper.made",
            "hold.set",
            "hold.ended",
            "consultation_note.set",
            "retention.set",
            "retention.told",
            "retention.done",
        )
        register(
            MailKind("invitation", _("Invitations"), optional=False, template="programmes/mail/invitation")
        )
        register(
            MailKind(
                retention_services.LETTER,
                _("What is about people goes soon"),
                optional=False,
                template="programmes/mail/retention",
            )
        )
        every(24 * 3600, "programmes.keep_no_longer")(retention_services.keep_no_longer)
        erasures.register("membership", retention_services.forget_membership_again)
        retention.register(
            retention.Holding(
                "membership",
                _("Roles that have ended"),
                _("Whoever held no other role is erased: the address goes, what was done stays."),
                retention_services.ended_memberships,
                retention_services.forget_ended_memberships,
            )
        )
        search_registry.register("programme", search.programme_documents)
        search_registry.register("place", search.place_documents)
        kinds.register("programme", programme_beads, label=_("Programme"))
        kinds.register("place", place_beads, label=_("Place"))
        news.register()
