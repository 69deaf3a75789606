from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "knotwork.calls"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.calls import erasing, feeds, files, news, queries, search
        from knotwork.core.accounts import erasures
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds_registry
        from knotwork.core.mail.kinds import MailKind, register
        from knotwork.core.search import registry as search_registry
        from knotwork.core.strands import kinds
        from knotwork.core.uploads import closed

        register_verbs(*news.VERBS)
        news.register()
        kinds.register("call", queries.call_beads, label=_("Call"))
        search_registry.register("call", search.documents)
        feeds_registry.register(feeds.ROOM, _("Calls"), feeds.entries)
        erasures.register("person", erasing.forget_signatures)
        erasures.register("person", erasing.forget_reviewers)
        closed.register("calls", files.belongs_to_a_bid)
        for name, title in (
            ("bid_receipt", _("Receipts for bids")),
            ("bid_author", _("Invitations to write a bid")),
            ("bid_signature", _("Requests to sign a bid")),
            ("panel_invitation", _("Requests to review bids")),
            ("bid_outcome", _("Letters about the decision on a bid")),
            ("bid_appeal_answer", _("Answers to notes on a decision")),
        ):
            register(MailKind(name, title, optional=False, template=f"calls/mail/{name}"))
