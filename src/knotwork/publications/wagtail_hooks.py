"""What Wagtail finds when it starts: one kind of thing to edit, and a menu with nothing else in it."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.editors.draftail import features as draftail
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import AbstractPage, Collection
from wagtail.permissions import register_permission_policy

from knotwork.publications.editing.forms import PublicationForm
from knotwork.publications.editing.rights import NothingIsYours, PublicationRights
from knotwork.publications.editing.views import AddView, ChangeView, ListView
from knotwork.publications.models import Publication

MENU = ("publications", "back")

register_permission_policy(Publication, PublicationRights(Publication))
for model in (AbstractPage, Collection):
    register_permission_policy(model, NothingIsYours(model))


class PublicationViewSet(ModelViewSet):
    """List, add and change publications. They are withdrawn on our own pages, never deleted."""

    model = Publication
    name = "publication"
    menu_name = "publications"
    menu_label = _("Library")
    icon = "doc-full"
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ("title", "teaser")
    list_display = (
        "title",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("programme", label=_("Programme")),
        Column("visibility", label=_("Read by"), accessor="get_visibility_display"),
        DateColumn("written_at", label=_("Begun"), sort_key="written_at"),
    )
    index_view_class = ListView
    add_view_class = AddView
    edit_view_class = ChangeView

    def get_form_class(self, for_update: bool = False) -> type[PublicationForm]:
        return PublicationForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        closed = {"history_url_name": None, "usage_url_name": None, "delete_url_name": None}
        return super().get_common_view_kwargs(**kwargs) | closed

    def register_permissions(self) -> None:
        """There are no groups to which permissions could be given."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
        ]


@hooks.register("register_admin_viewset")
def publication_viewset() -> PublicationViewSet:
    return PublicationViewSet()


@hooks.register("register_admin_menu_item")
def back_to_the_library() -> MenuItem:
    return MenuItem(
        _("Back to the website"), reverse_lazy("publications:list"), name="back", icon_name="home"
    )


@hooks.register("construct_main_menu")
def only_ours(_request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in MENU]


@hooks.register("construct_admin_api")
def addresses_that_every_page_names(router: Any) -> None:
    """Wagtail's pages name the addresses of images and documents even where there are none; the fence closes them."""
    for name in ("documents", "images"):
        router.register_endpoint(name, PagesAdminAPIViewSet)


@hooks.register("register_rich_text_features", order=10)
def links_to_addresses_only(features: Any) -> None:
    """There is no tree of pages to choose from, so the button for a link asks for an address at once."""
    address = reverse_lazy("wagtailadmin_choose_page_external_link")
    chooser = {"pageChooser": address, "externalLinkChooser": address}
    plugin = draftail.EntityFeature(
        {
            "type": "LINK",
            "icon": "link",
            "description": _("Link"),
            "attributes": ["url"],
            "allowlist": {"href": "^(http:|https:|mailto:|undefined$)"},
            "chooserUrls": chooser,
        },
        js=["wagtailadmin/js/page-chooser-modal.js"],
    )
    features.register_editor_plugin("draftail", "link", plugin)
