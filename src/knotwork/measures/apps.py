from django.apps import AppConfig

VERBS = (
    "indicator.held",
    "indicator.changed",
    "indicator.figures_held",
    "measure.chosen",
    "measure.changed",
    "measure.set_aside",
    "measure.taken_up_again",
    "measure.withdrawn",
    "measure.rival_cause_said",
    "measure.rival_cause_withdrawn",
    "measure.rebased",
    "measure.rebase_ended",
    "measure.nothing_fits_said",
    "measure.nothing_fits_withdrawn",
    "series_import.asked",
    "series_import.done",
    "series_import.refused",
    "series_import.left",
)


class MeasuresConfig(AppConfig):
    name = "knotwork.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds
        from knotwork.core.pages import navigation
        from knotwork.core.schedule.registry import every
        from knotwork.core.search import registry as search
        from knotwork.core.strands import kinds
        from knotwork.measures import analyses, import_requests, news, queries

        register_verbs(*VERBS)
        analyses.register()
        news.register()
        kinds.register(
            "measure", queries.measure_beads, label=_("Measure"), of_place=queries.measures_of_place
        )
        search.register("measure", queries.measure_documents)
        feeds.register("measures", _("Measure"), queries.entries)
        navigation.register(50, "measures", _("Measure"), "measures:list")
        every(3600, "measures.give_up_on_lost_imports")(import_requests.give_up_on_all_lost)
