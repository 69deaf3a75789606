"""Put a text into the library, change it, show it to everybody, take it out of sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Stage
from knotwork.programmes.services.made import Made, good_slug, place_of, refuse, standing_programme
from knotwork.programmes.written import can_show
from knotwork.publications import body, dates, rules
from knotwork.publications.models import Publication, PublicationKind
from knotwork.publications.rules import Act
from knotwork.publications.services import named
from knotwork.publications.services.files import add_files, withdraw_files
from knotwork.publications.services.held import held, recorded

Files = Sequence[UploadedFile[bytes]]
_COLUMNS = (
    "title",
    "kind",
    "teaser",
    "body",
    "published",
    "source_url",
    "is_teaser_only",
    "signed",
    "language",
    "visibility",
)


@dataclass(frozen=True)
class PublicationWords:
    """All that is said of a publication. Each field means what it means in its table.

    ``written_by`` are the authors' names in their order, ``signed`` who posted it, ``topics`` words to find it by.
    """

    title: str
    kind: str = PublicationKind.POST.value
    teaser: str = ""
    body: str = ""
    written_by: tuple[str, ...] = ()
    signed: str = ""
    published: str = ""
    source_url: str = ""
    is_teaser_only: bool = False
    topics: tuple[str, ...] = ()
    language: str = "en"
    visibility: str = Stage.PROGRAMME.value
    place_id: int | None = None


def add(programme_id: int, words: PublicationWords, *, by: Viewer, slug: str = "", files: Files = ()) -> Made:
    """Put a text into a programme's library; ``slug`` is its address for ever, made from the title if not given."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(rules.can_add(by, programme))
        taken = Publication.objects.filter(programme=programme)
        row = Publication(
            programme=programme,
            author_id=by.person_id,
            slug=good_slug(slug, words.title, lambda one: taken.filter(slug=one).exists()),
            language=programme.language,
        )
        _write(row, words, by)
        add_files(row, files, by=by)
        recorded("publication.published" if _is_public(row) else "publication.added", row, by)
    return Made(row.pk, row.public_id, row.slug)


def change(
    publication_id: int,
    words: PublicationWords,
    *,
    by: Viewer,
    files: Files = (),
    without: Sequence[UUID] = (),
) -> bool:
    """Change a text, add ``files`` and take those in ``without`` out; ``False`` when all of it stands already."""
    with transaction.atomic():
        row = held(publication_id)
        require(rules.can(by, Act.CHANGE, row))
        was_public = _is_public(row)
        is_new = words_of(row) != _tidy(words)
        if is_new:
            _write(row, words, by)
        files_changed = withdraw_files(row, without) + add_files(row, files, by=by)
        if not is_new and not files_changed:
            return False
        is_published_now = _is_public(row) and not was_public
        recorded("publication.published" if is_published_now else "publication.changed", row, by)
    return True


def publish(publication_id: int, *, by: Viewer) -> None:
    """Show a text to everybody."""
    with transaction.atomic():
        row = held(publication_id)
        require(rules.can(by, Act.PUBLISH, row))
        _show(row, Stage.PUBLIC.value, by)
        row.save(update_fields=["visibility", "public_since"])
        recorded("publication.published", row, by)


def withdraw(publication_id: int, reason: str, *, by: Viewer) -> None:
    """Take a text out of sight; it stays in the record with the reason."""
    with transaction.atomic():
        row = held(publication_id)
        require(rules.can(by, Act.WITHDRAW, row))
        if not reason.strip():
            raise refuse(_("Please say why it is taken out. The reason stays in the record."))
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason.strip()[:300]
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        recorded("publication.withdrawn", row, by)


def bring_back(publication_id: int, *, by: Viewer) -> None:
    """Bring a text back that was taken out of sight."""
    with transaction.atomic():
        row = held(publication_id)
        require(rules.can(by, Act.BRING_BACK, row))
        row.withdrawn_at, row.withdrawn_reason = None, ""
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        recorded("publication.brought_back", row, by)


def words_of(row: Publication) -> PublicationWords:
    """What is said of a publication now, to change some of it."""
    columns = {name: getattr(row, name) for name in _COLUMNS}
    authors = row.written_by.select_related("author")
    return PublicationWords(
        written_by=tuple(one.author.name for one in authors),
        topics=tuple(row.topics.values_list("name", flat=True)),
        place_id=None if row.place is None else row.place.pk,
        **columns,
    )


def _tidy(words: PublicationWords) -> PublicationWords:
    """The words as they would be read back: trimmed, clean, topics by their stored names in alphabetical order."""
    texts = {name: getattr(words, name) for name in _COLUMNS}
    texts |= {name: value.strip() for name, value in texts.items() if isinstance(value, str)}
    texts["body"] = body.stored(words.body)
    return PublicationWords(
        written_by=named.tidy_authors(words.written_by),
        topics=named.tidy_topics(words.topics),
        place_id=words.place_id,
        **texts,
    )


def _write(row: Publication, words: PublicationWords, by: Viewer) -> None:
    tidy = _tidy(words)
    _check(tidy)
    row.place = place_of(row.programme, tidy.place_id)
    require(can_show(tidy.visibility, row.place))
    for name in _COLUMNS:
        if name != "visibility":
            setattr(row, name, getattr(tidy, name))
    _show(row, tidy.visibility, by)
    row.save()
    named.set_authors(row, tidy.written_by)
    named.set_topics(row, tidy.topics)


def _check(words: PublicationWords) -> None:
    if not words.title:
        raise refuse(_("Please give it a title."))
    if words.source_url and not words.source_url.startswith(("https://", "http://")):
        raise refuse(_("The link to the whole begins with https:// or http://."))
    if words.kind not in PublicationKind.values or words.visibility not in Stage.values:
        raise refuse(_("Please choose one of the kinds, and who may read it."))
    try:
        dates.good_date(words.published)
    except dates.NotADate as problem:
        raise refuse(str(problem)) from problem


def _show(row: Publication, stage: str, by: Viewer) -> None:
    require(can_show(stage, row.place))
    require(can_show_now(by, row.programme, stage, row.place, before=row.visibility))
    row.visibility = stage
    if stage == Stage.PUBLIC and row.public_since is None:
        row.public_since = clock.now()


def _is_public(row: Publication) -> bool:
    return row.visibility == Stage.PUBLIC
