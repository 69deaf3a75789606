from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "knotwork.actions"
    label = "actions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.actions import feeds, letters, news, queries, search
        from knotwork.actions.services.contribution import forget_checker
        from knotwork.actions.services.leads import tell_who_needs_a_lead
        from knotwork.actions.services.reminders import ask_about_due_pledges
        from knotwork.actions.services.stop_checks import check_stop_rules
        from knotwork.core.accounts import erasures
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds_registry
        from knotwork.core.pages import navigation
        from knotwork.core.schedule.registry import every
        from knotwork.core.search import registry as search_registry
        from knotwork.core.strands import kinds

        register_verbs(*news.VERBS)
        news.register()
        kinds.register(
            "try_out", queries.try_out_beads, label=_("Try-out"), of_place=queries.try_outs_of_place
        )
        search_registry.register("try_out", search.documents)
        feeds_registry.register(feeds.ROOM, _("Try"), feeds.entries)
        navigation.register(40, "actions", _("Try"), "actions:list")
        letters.register()
        erasures.register("person", forget_checker)
        every(3600, "actions.ask_about_due_pledges")(ask_about_due_pledges)
        every(900, "actions.check_stop_rules")(check_stop_rules)
        every(3600, "actions.tell_who_needs_a_lead")(tell_who_needs_a_lead)
