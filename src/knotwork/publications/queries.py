"""The reading door of this room. What leaves the room is frozen; models stay inside."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from knotwork.conversations.queries import ListedConversation, conversations_for
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.feeds.registry import FeedEntry
from knotwork.core.search.registry import Document
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.models import Provenance, Role, Stage
from knotwork.programmes.querysets import places, programmes
from knotwork.programmes.standing import memberships_of
from knotwork.programmes.written import WrittenQuerySet
from knotwork.publications import body, rules
from knotwork.publications.dates import date_in_words
from knotwork.publications.models import Publication, PublicationDocument, PublicationKind, Topic
from knotwork.publications.nouns import DocumentView, ListedPublication, PublicationView, TopicView

KIND = "publication"
RELATED = 4
SHORT = 200


class PublicationQuerySet(WrittenQuerySet[Publication]):
    """Publications, as sentences."""

    def with_words(self) -> "PublicationQuerySet":
        """With all that a list says of each, in three queries."""
        return self.select_related("programme", "place").prefetch_related("written_by__author", "topics")

    def newest_first(self) -> "PublicationQuerySet":
        """By the moment since which everybody can read it; drafts by when they were begun."""
        return self.order_by(Coalesce("public_since", "written_at").desc(), "-pk")


def publications() -> PublicationQuerySet:
    """All publications of all programmes."""
    return PublicationQuerySet(Publication)


def publications_for(
    viewer: Viewer,
    *,
    programme: UUID | None = None,
    place: UUID | None = None,
    kind: str = "",
    topic: str = "",
) -> list[ListedPublication]:
    """What the viewer may read, newest first; at most of one programme, place, kind or topic (its slug)."""
    rows = publications().visible_to(viewer)
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    if kind:
        rows = rows.filter(kind=kind)
    if topic:
        rows = rows.filter(topics__slug=topic)
    return [_listed(row) for row in rows.with_words().newest_first()]


def kinds_for(viewer: Viewer) -> list[tuple[str, str]]:
    """The kinds of which the viewer can read something: code and name, in their own order."""
    there = set(publications().visible_to(viewer).order_by().values_list("kind", flat=True).distinct())
    return [(code, str(label)) for code, label in PublicationKind.choices if code in there]


def topics_for(viewer: Viewer) -> list[TopicView]:
    """The topics of what the viewer can read, the most written about first."""
    seen = publications().visible_to(viewer).order_by().values("pk")
    of_seen = Q(publications__in=seen)
    rows = Topic.objects.filter(of_seen).annotate(many=Count("publications", filter=of_seen, distinct=True))
    return [TopicView(row.slug, row.name) for row in rows.order_by("-many", "name")]


def publication_row(programme_slug: str, slug: str, viewer: Viewer) -> Publication | None:
    """The publication at this address, for views of this room; ``None`` when the viewer may not see it.

    Whoever may change it sees it too, at every stage.
    """
    here = publications().filter(programme__slug=programme_slug, slug=slug)
    seen = here.filter(Q(pk__in=publications().visible_to(viewer).values("pk")) | _looked_after(viewer))
    return seen.with_words().first()


def _looked_after(viewer: Viewer) -> Q:
    return Q(pk__in=()) if viewer.is_stranger else rules.edited_by(viewer)


def publication_view(row: Publication) -> PublicationView:
    """A publication in full, its body ready for readers."""
    files = row.documents.filter(withdrawn_at__isnull=True)
    return PublicationView(
        **vars(_listed(row)),
        body=body.shown(row.body),
        source_url=row.source_url,
        place_url=f"/programmes/{row.programme.slug}/places/{row.place.slug}/" if row.place else "",
        documents=tuple(_document(row, file) for file in files),
    )


def document_at(row: Publication, document: UUID) -> PublicationDocument | None:
    """One of a publication's files, for views of this room."""
    return row.documents.filter(public_id=document, withdrawn_at__isnull=True).first()


def related_to(row: Publication, viewer: Viewer) -> list[ListedPublication]:
    """Others that share a topic with this one, those that share most first."""
    shared = Q(topics__in=row.topics.all())
    others = publications().visible_to(viewer).exclude(pk=row.pk).filter(shared)
    ranked: Any = others.annotate(shared=Count("topics", filter=shared, distinct=True))
    return [_listed(other) for other in ranked.with_words().order_by("-shared", "-written_at")[:RELATED]]


def question_of(row: Publication, viewer: Viewer) -> ListedConversation | None:
    """The conversation that asks its readers, if there is one and the viewer may see it."""
    if row.question_conversation is None:
        return None
    there = conversations_for(viewer, programme=row.programme.public_id)
    return next((one for one in there if one.public_id == row.question_conversation), None)


def publication_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Publications as ends of strands."""
    return _beads(publications().visible_to(viewer).filter(public_id__in=list(public_ids)))


def beads_of_place(place: UUID, viewer: Viewer) -> list[Bead]:
    """What the library has of a place, newest first."""
    return _beads(publications().visible_to(viewer).filter(place__public_id=place).newest_first())


def _beads(rows: QuerySet[Publication]) -> list[Bead]:
    return [
        Bead(
            KIND,
            row.public_id,
            row.title,
            url_of(row),
            programme=row.programme.public_id,
            place=row.place.public_id if row.place else None,
        )
        for row in rows.select_related("programme", "place")
    ]


def documents(public_ids: Iterable[UUID] | None = None) -> list[Document]:
    """The words of publications, for searching."""
    rows = publications().standing()
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    return [Document(row.public_id, row.title, _all_words(row), row.language) for row in rows.with_words()]


def _all_words(row: Publication) -> str:
    names = [*(one.author.name for one in row.written_by.all()), *(topic.name for topic in row.topics.all())]
    return " ".join(filter(None, [row.teaser, body.plain(row.body), *names, row.signed]))


def entries(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """What is new in the library and shown to everybody."""
    rows = publications().visible_to(viewer).filter(visibility=Stage.PUBLIC, public_since__isnull=False)
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    return [_entry(row) for row in rows.with_words().newest_first()[:most]]


def _entry(row: Publication) -> FeedEntry:
    authors = ", ".join(one.author.name for one in row.written_by.all())
    return FeedEntry(
        KIND,
        row.public_id,
        row.title,
        url_of(row),
        row.public_since or row.written_at,
        summary=row.teaser or _beginning_of(body.plain(row.body)),
        signed=authors or row.signed,
        language=row.language,
        is_made_up=_is_made_up(row),
    )


def url_of(row: Publication) -> str:
    """Where it is read."""
    return reverse("publications:publication", args=[row.programme.slug, row.slug])


def edits_somewhere(viewer: Viewer) -> bool:
    """Whether the viewer sees the door to the editing pages."""
    return not viewer.is_stranger and bool(rules.can_edit_somewhere(viewer))


def programmes_edited_by(viewer: Viewer) -> list[tuple[int, str]]:
    """Number and name of the programmes into whose library the viewer may put something."""
    rows = programmes().visible_to(viewer)
    if not viewer.is_administrator:
        mine = memberships_of(viewer).filter(role=Role.PROGRAMME_TEAM, place__isnull=True)
        rows = rows.filter(pk__in=mine.values("programme_id"))
    return [(row.pk, str(row)) for row in rows.order_by("order", "name")]


def places_edited_by(viewer: Viewer) -> list[tuple[int, int, str]]:
    """Number of the place and of its programme, and its name with the programme's, for the same programmes."""
    wanted = dict(programmes_edited_by(viewer))
    rows: Any = places().visible_to(viewer).filter(programme__in=list(wanted)).order_by("programme", "name")
    return [(row.pk, row.programme_id, f"{row.name} ({wanted[row.programme_id]})") for row in rows]


def _listed(row: Publication) -> ListedPublication:
    return ListedPublication(
        public_id=row.public_id,
        title=row.title,
        kind=row.kind,
        kind_words=row.get_kind_display(),
        teaser=row.teaser,
        language=row.language,
        url=url_of(row),
        published=date_in_words(row.published),
        written_by=tuple(one.author.name for one in row.written_by.all()),
        posted_by=row.signed,
        topics=tuple(TopicView(topic.slug, topic.name) for topic in row.topics.all()),
        programme=str(row.programme),
        place=row.place.name if row.place else "",
        is_teaser_only=row.is_teaser_only,
        stage_words="" if row.visibility == Stage.PUBLIC else row.get_visibility_display(),
        is_made_up=_is_made_up(row),
    )


def _is_made_up(row: Publication) -> bool:
    return row.programme.provenance == Provenance.MADE_UP


def _beginning_of(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]} …"


def _document(row: Publication, file: PublicationDocument) -> DocumentView:
    url = reverse("publications:document", args=[row.programme.slug, row.slug, file.public_id])
    return DocumentView(file.public_id, file.file_name, url, file.size)
