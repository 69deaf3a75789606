"""What the doors of this room hand out: publications as they are read."""

from dataclasses import dataclass
from uuid import UUID

from knotwork.core.pages.numbers import number_in_words


@dataclass(frozen=True)
class TopicView:
    """A word under which publications find each other."""

    slug: str
    name: str


@dataclass(frozen=True)
class DocumentView:
    """A file that goes with a publication; ``size`` in bytes."""

    public_id: UUID
    file_name: str
    url: str
    size: int

    @property
    def size_words(self) -> str:
        """*240 kB* or *1.2 MB*."""
        if self.size < 1_000_000:
            return f"{number_in_words(max(1, round(self.size / 1000)))} kB"
        return f"{number_in_words(self.size / 1_000_000, 1)} MB"


@dataclass(frozen=True, kw_only=True)
class ListedPublication:
    """A publication in a list. ``stage_words`` says who reads it, and is empty when everybody does."""

    public_id: UUID
    title: str
    kind: str
    kind_words: str
    teaser: str
    language: str
    url: str
    published: str
    written_by: tuple[str, ...]
    posted_by: str
    topics: tuple[TopicView, ...]
    programme: str
    place: str
    is_teaser_only: bool
    stage_words: str
    is_made_up: bool

    @property
    def authors(self) -> str:
        return ", ".join(self.written_by)


@dataclass(frozen=True, kw_only=True)
class PublicationView(ListedPublication):
    """A publication in full. ``body`` is HTML that was made safe."""

    body: str
    source_url: str
    place_url: str
    documents: tuple[DocumentView, ...]
