"""The library in the guards."""

from django.core.files.uploadedfile import SimpleUploadedFile

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Stage
from knotwork.publications.models import Author, Publication, Topic, WrittenBy
from knotwork.publications.services.files import add_files
from tests.guards.line import PUBLIC, TEAM, Line

_ONE = ("programme", "publication")

LINES = {
    "publications:list": Line(PUBLIC),
    "publications:of-programme": Line(PUBLIC, ("programme",)),
    "publications:publication": Line(PUBLIC, _ONE),
    "publications:document": Line(PUBLIC, (*_ONE, "document")),
    "publications:publish": Line(TEAM, ("programme", "unpublished"), method="post"),
    "publications:question": Line(TEAM, _ONE),
    "publications:withdraw": Line(TEAM, _ONE),
    # All of Wagtail's pages together; tests/publications/test_editing.py walks them one by one.
    "cms": Line(TEAM),
}
DEPENDS: frozenset[str] = frozenset()


def one_of_everything(programme, place):
    shown = _publication(programme, slug="shown", place=place)
    add_files(shown, [SimpleUploadedFile("paper.pdf", b"%PDF-1.4")], by=Viewer(is_administrator=True))
    draft = _publication(programme, slug="draft", visibility=Stage.PROGRAMME)
    return {
        "publication": shown.slug,
        "unpublished": draft.slug,
        "document": shown.documents.get().public_id,
    }


def hide_secrets(programme, place, secret):
    words = {
        "title": f"{secret} title",
        "teaser": f"{secret} teaser",
        "body": f"<p>{secret} body</p>",
        "signed": f"{secret} signed",
        "source_url": f"https://example.org/{secret}/",
    }
    topic = Topic.objects.create(slug=f"{secret.lower()}-topic", name=f"{secret} topic")
    author = Author.objects.create(name=f"{secret} author")
    _publication(programme, slug="plain", title="Plain")
    stages = [{"visibility": stage} for stage in (Stage.ME, Stage.PLACE, Stage.PROGRAMME)]
    for number, more in enumerate([*stages, {"withdrawn_at": clock.now()}], start=1):
        row = _publication(programme, slug=f"{secret.lower()}-{number}", place=place, **words, **more)
        row.topics.add(topic)
        WrittenBy.objects.create(publication=row, author=author, order=1)


def _publication(programme, **words):
    given = {"title": "A publication", "visibility": Stage.PUBLIC, "public_since": clock.now()} | words
    return Publication.objects.create(programme=programme, **given)
