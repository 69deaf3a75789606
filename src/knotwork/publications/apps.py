from django.apps import AppConfig

VERBS = (
    "publication.added",
    "publication.brought_back",
    "publication.changed",
    "publication.published",
    "publication.question_asked",
    "publication.withdrawn",
)


class PublicationsConfig(AppConfig):
    name = "knotwork.publications"
    label = "publications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.accounts import library_rights
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.feeds import registry as feeds
        from knotwork.core.pages import navigation
        from knotwork.core.search import registry as search
        from knotwork.core.strands import kinds
        from knotwork.publications import news, queries
        from knotwork.publications.editing.rights import is_granted

        register_verbs(*VERBS)
        news.register()
        kinds.register(
            queries.KIND, queries.publication_beads, label=_("Publication"), of_place=queries.beads_of_place
        )
        search.register(queries.KIND, queries.documents)
        feeds.register("library", _("Library"), queries.entries)
        navigation.register(70, "publications", _("Library"), "publications:list")
        library_rights.register(is_granted)
