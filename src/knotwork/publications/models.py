"""What the library holds: publications, who wrote them, what they are about, and the papers that go with them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Written


class PublicationKind(models.TextChoices):
    """What sort of text it is; how long to sit down for it."""

    POST = "post", _("post")
    THINK_PIECE = "think_piece", _("think piece")
    DISCUSSION_PAPER = "discussion_paper", _("discussion paper")
    CASE_STUDY = "case_study", _("case study")
    PROGRAMME_PAGE = "programme_page", _("programme page")
    DOCUMENT = "document", _("document")


class Topic(models.Model):
    """A word under which publications of all programmes find each other."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Author(models.Model):
    """Somebody who wrote something, by the name that stands under the text. She needs no account."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Publication(Written):
    """One text of a programme, or of one place of it.

    ``authors`` wrote it; ``signed`` is who posted it here, in words (*Kirklees Council*), and ``author`` the account
    that did. ``published`` is when it first came out, as exactly as is known: ``2013``, ``2013-01`` or ``2013-01-15``.
    ``is_teaser_only``: only the opening, or a short description, stands here, and
    the whole is at ``source_url`` where that is known. ``body`` is HTML of the few
    elements that ``body.py`` lets through. ``question_conversation`` is the conversation that asks its readers.
    """

    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=PublicationKind.choices, default=PublicationKind.POST)
    title = models.CharField(max_length=200)
    teaser = models.TextField(blank=True)
    body = models.TextField(blank=True)
    published = models.CharField(max_length=10, blank=True)
    source_url = models.URLField(max_length=300, blank=True)
    is_teaser_only = models.BooleanField(default=False)
    question_conversation = models.UUIDField(null=True, blank=True)
    public_since = models.DateTimeField(null=True, blank=True)
    authors = models.ManyToManyField(Author, through="WrittenBy", related_name="publications")
    topics = models.ManyToManyField(Topic, related_name="publications", blank=True)

    class Meta(Written.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "slug"], name="publication_slug_per_programme")
        ]

    def __str__(self) -> str:
        return self.title


class WrittenBy(models.Model):
    """That an author wrote a publication, and where in the row of authors she stands."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="written_by")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["publication", "author"], name="author_once_per_publication")
        ]

    def __str__(self) -> str:
        return str(self.author)


class PublicationDocument(models.Model):
    """A file that goes with a publication. Its bytes are kept by ``core.uploads`` under ``upload``."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="documents")
    upload = models.UUIDField()
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "id"]

    def __str__(self) -> str:
        return self.file_name
