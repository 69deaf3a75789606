from django.apps import AppConfig

VERBS = (
    "conversation.set_up",
    "conversation.changed",
    "conversation.opened",
    "conversation.closed",
    "conversation.imported",
    "conversation.reworded",
    "conversation.translated",
    "conversation.background_set",
    "report.made",
    "report.published",
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
    "paper_pack.made",
    "paper_pack.thrown_away",
    "paper_sheet.typed",
    "paper_sheet.taken_back",
    "conversation.shown_to_a_room",
    "urgent_template.prepared",
    "urgent_template.changed",
    "urgent_template.withdrawn",
    "urgent.asked",
    "urgent.offered",
    "urgent.acted_on",
    "urgent.done",
)


class ConversationsConfig(AppConfig):
    name = "knotwork.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.conversations import analyses, beads, feeds, news, reach_analysis, reminders, search
        from knotwork.conversations.imports import requests as import_requests
        from knotwork.conversations.services import (
            letting_go,
            merging,
            paper,
            participants,
            result_letters,
            urgent,
        )
        from knotwork.core.accounts import erasures
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds_registry
        from knotwork.core.mail.kinds import MailKind
        from knotwork.core.mail.kinds import register as register_mail
        from knotwork.core.pages import navigation
        from knotwork.core.schedule.registry import every
        from knotwork.core.search import registry as search_registry
        from knotwork.core.strands import kinds
        from knotwork.programmes import retention

        register_verbs(*VERBS)
        analyses.register()
        reach_analysis.register()
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
        erasures.register("offer", urgent.empty_offer_again)
        erasures.register(letting_go.PARTICIPANTS, letting_go.forget_participants_again)
        erasures.register(letting_go.INVITATIONS, letting_go.forget_invitations_again)
        retention.register(
            retention.Holding(
                "participant",
                _("People who answered in conversations that are closed"),
                _("Their answers stay, and nobody can tell any more whose they were."),
                letting_go.participants_going,
                letting_go.forget_participants,
            )
        )
        retention.register(
            retention.Holding(
                "invitation",
                _("Codes that invited people to conversations that are closed"),
                _("Who used one was never kept."),
                letting_go.invitations_going,
                letting_go.forget_invitations,
            )
        )
        register_mail(
            MailKind(
                result_letters.MAIL_KIND,
                _("One letter with the results of a conversation"),
                optional=True,
                template="conversations/mail/results",
            )
        )
        every(600, "conversations.send_result_letters")(result_letters.send_result_letters)
        every(60, "conversations.bring_over_late_votes")(merging.bring_over_late_votes)
        every(3600, "conversations.remind_moderators")(reminders.remind_moderators)
        every(3600, "conversations.forget_addresses")(participants.forget_addresses)
        every(3600, "conversations.empty_old_offers")(urgent.empty_old_offers)
        every(60, "conversations.count_waiting_sheets")(paper.count_waiting_sheets)
        every(3600, "conversations.give_up_on_lost_imports")(import_requests.give_up_on_all_lost)
