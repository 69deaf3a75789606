from django.apps import AppConfig

VERBS = (
    "map.made",
    "map.changed",
    "map.withdrawn",
    "map.file_put_in",
    "map.referred_to",
    "map.no_longer_referred_to",
    "factor.added",
    "factor.changed",
    "factor.withdrawn",
    "perspective.added",
    "perspective.changed",
    "link.added",
    "link.withdrawn",
    "loop.named",
    "loop.unnamed",
)


class MapsConfig(AppConfig):
    name = "knotwork.maps"
    label = "maps"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds
        from knotwork.core.pages import navigation
        from knotwork.core.search import registry as search
        from knotwork.core.strands import kinds
        from knotwork.maps import analyses, news, queries

        register_verbs(*VERBS)
        analyses.register()
        news.register()
        kinds.register("map", queries.map_beads, label=_("Map"), of_place=queries.maps_of_place)
        kinds.register("factor", queries.factor_beads, label=_("Factor"), of_place=queries.factors_of_place)
        search.register("map", queries.map_documents)
        search.register("factor", queries.factor_documents, follows={"map": queries.factors_on_maps})
        feeds.register("maps", _("Map"), queries.entries)
        navigation.register(30, "maps", _("Map"), "maps:list")
