"""Adding and changing a publication on the editing pages: Wagtail's pages, our services."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views import generic

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.rules import Refused
from knotwork.publications import services
from knotwork.publications.editing.rights import publications_edited_by
from knotwork.publications.models import Publication
from knotwork.publications.queries import url_of


class SavedByServices:
    """What the two forms have in common: a refusal of the services is said above the form, and nothing is kept."""

    request: Any
    form: Any

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except Refused as refused:
            form.add_error(None, str(refused.decision.reason))
            self.produced_error_message = _("Nothing was saved.")
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def get_success_buttons(self) -> list[Any]:
        return [
            messages.button(url_of(self.object), _("See its page")),  # type: ignore[attr-defined]
            messages.button(self.get_edit_url(), _("Change it further")),  # type: ignore[attr-defined]
        ]


class AddView(SavedByServices, generic.CreateView):
    """Something new for the library."""

    success_message = gettext_lazy("“%(object)s” is in the library.")

    def save_instance(self) -> Publication:
        said = self.form.cleaned_data
        made = services.add(
            said["programme"], self.form.words(), by=viewer_of(self.request), files=said["files"]
        )
        return Publication.objects.select_related("programme").get(pk=made.id)


class ChangeView(SavedByServices, generic.EditView):
    """Other words for something in the library."""

    success_message = gettext_lazy("“%(object)s” was saved.")

    def get_queryset(self) -> QuerySet[Publication]:
        return publications_edited_by(viewer_of(self.request))

    def save_instance(self) -> Publication:
        said = self.form.cleaned_data
        services.change(
            self.object.pk,
            self.form.words(),
            by=viewer_of(self.request),
            files=said["files"],
            without=[UUID(one) for one in said.get("without", [])],
        )
        return Publication.objects.select_related("programme").get(pk=self.object.pk)

    @property
    def header_more_buttons(self) -> list[Any]:
        from wagtail.admin.widgets.button import Button

        where = [self.object.programme.slug, self.object.slug]
        return [
            Button(_("See its page"), url=url_of(self.object), icon_name="view", priority=10),
            Button(
                _("Ask its readers a question"),
                url=reverse("publications:question", args=where),
                icon_name="help",
                priority=20,
            ),
            Button(
                _("Take it out of the library"),
                url=reverse("publications:withdraw", args=where),
                icon_name="bin",
                priority=30,
            ),
        ]


class ListView(generic.IndexView):
    """What this person may change."""

    def get_base_queryset(self) -> QuerySet[Publication]:
        return publications_edited_by(viewer_of(self.request))
