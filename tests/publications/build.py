"""Publications, and what the editing pages are sent."""

from typing import Any

from django.utils.datastructures import MultiValueDict
from wagtail.test.utils.form_data import rich_text

from knotwork.core import clock
from knotwork.programmes.models import Programme, Stage
from knotwork.publications import services
from knotwork.publications.editing.forms import FEATURES
from knotwork.publications.models import Publication
from knotwork.publications.services import PublicationWords
from tests.programmes.build import ADMINISTRATOR


def a_publication(programme: Programme, **words: Any) -> Publication:
    """A public post; written straight into the table, so that no event is told."""
    number = Publication.objects.count() + 1
    given = {
        "slug": f"publication-{number}",
        "title": f"Publication {number}",
        "visibility": Stage.PUBLIC,
        "public_since": clock.now(),
    } | words
    return Publication.objects.create(programme=programme, **given)


def added(programme: Programme, **words: Any) -> Publication:
    """A publication put in by the service."""
    said = PublicationWords(**({"title": "Less with less", "visibility": Stage.PUBLIC.value} | words))
    return Publication.objects.get(pk=services.add(programme.pk, said, by=ADMINISTRATOR).id)


def what_the_form_sends(programme: Programme, **words: Any) -> MultiValueDict[str, Any]:
    """The fields of the form on the editing pages, as a browser with scripts sends them."""
    html = words.pop("body", "<p>The last bus leaves at <b>three</b>.</p>")
    said = {
        "programme": programme.pk,
        "place": "",
        "title": "How one street got its bus back",
        "kind": "case_study",
        "teaser": "A case study of two pages.",
        "body": rich_text(html, features=FEATURES),
        "written_by": "Ada Example\nBo Example",
        "signed": "Northvale Council",
        "published": "2013-01",
        "source_url": "",
        "topics": "Buses, later life",
        "language": "en",
        "visibility": "public",
    } | words
    return said  # type: ignore[return-value]
