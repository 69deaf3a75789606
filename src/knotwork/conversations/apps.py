from django.apps import AppConfig

VERBS = (
    "conversation.set_up",
    "conversation.changed",
    "conversation.opened",
    "conversation.closed",
    "conversation.imported",
    "conversation.reworded",
    "statement.added",
    "statement.accepted",
    "statement.not_shown",
    "statement.reworded",
    "statement.second_opinion",
    "statement.merged",
    "statement.unmerged",
    "statement.edited",
    "statement.flagged",
    "statement.hidden",
    "invitations.made",
    "invitations.ended",
    "participants.flagged",
    "participants.unflagged",
    "votes.exported",
)


class ConversationsConfig(AppConfig):
    name = "knotwork.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.conversations import analyses, beads, feeds, news, reminders, search
        from knotwork.conversations.imports import requests as import_requests
        from knotwork.conversations.services import merging, participants
        from knotwork.core.accounts import erasures
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds_registry
        from knotwork.core.pages import navigation
        from knotwork.core.schedule.registry import every
        from knotwork.core.search import registry as search_registry
        from knotwork.core.strands import kinds

        register_verbs(*VERBS)
        analyses.register()
        news.register()
        reminders.register()
        kinds.register(
            "conversation",
            beads.conversation_beads,
            label=_("Conversation"),
            of_place=beads.conversations_of_place,
        )
        kinds.register(
            "statement",
            beads.statement_beads,
            label=_("Statement"),
            of_place=beads.statements_of_place,
        )
        search_registry.register("conversation", search.conversation_documents)
        search_registry.register(
            "statement", search.statement_documents, follows={"conversation": search.statements_of}
        )
        feeds_registry.register(feeds.ROOM, _("Listen"), feeds.entries)
        navigation.register(20, "conversations", _("Listen"), "conversations:list")
        erasures.register("participant", participants.forget_again)
        every(60, "conversations.bring_over_late_votes")(merging.bring_over_late_votes)
        every(3600, "conversations.remind_moderators")(reminders.remind_moderators)
        every(3600, "conversations.forget_addresses")(participants.forget_addresses)
        every(3600, "conversations.give_up_on_lost_imports")(import_requests.give_up_on_all_lost)
