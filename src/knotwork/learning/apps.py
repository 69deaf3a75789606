from functools import partial

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "knotwork.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.accounts import erasures
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds_registry
        from knotwork.core.pages import navigation
        from knotwork.core.schedule import registry as schedule
        from knotwork.core.search import registry as search_registry
        from knotwork.core.strands import kinds as strand_kinds
        from knotwork.learning import feeds, kinds, news, queries, search
        from knotwork.learning.services import consulting, reflections, sessions, uptakes, writing

        register_verbs(*writing.VERBS, *uptakes.VERBS, *sessions.VERBS, *consulting.VERBS, *reflections.VERBS)
        news.register()
        for code, kind in kinds.ALL.items():
            if kind is kinds.UPTAKE:
                continue
            strand_kinds.register(
                code,
                partial(queries.beads_of, code),
                label=kind.label,
                of_place=partial(queries.beads_of_place, code),
            )
        strand_kinds.register(
            "uptake", queries.uptake_beads, label=kinds.UPTAKE.label, of_place=queries.uptake_beads_of_place
        )
        erasures.register("person", reflections.forget)
        schedule.every(60, "learning.group_changes")(reflections.work_out_closed_rounds)
        for code in kinds.ALL:
            search_registry.register(code, search.documents_of(code))
        feeds_registry.register(feeds.ROOM, _("Learn"), feeds.entries)
        navigation.register(60, "learning", _("Learn"), "learning:list")
