"""Authors and topics of a publication, by their names; new ones are made as they are named."""

from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import gettext as _

from knotwork.programmes.services.made import refuse
from knotwork.publications.models import Author, Publication, Topic, WrittenBy

MOST_TOPICS = 12


def tidy_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, trimmed, none twice."""
    return tuple(dict.fromkeys(words for name in names if (words := " ".join(name.split())[:120])))


def tidy_topics(names: Iterable[str]) -> tuple[str, ...]:
    """Topics as they would be read back: a topic that is known already keeps the spelling that it has."""
    wanted: dict[str, str] = {}
    for name in names:
        words = " ".join(name.split())[:60]
        if slug := slugify(words)[:60]:
            wanted.setdefault(slug, words)
    if len(wanted) > MOST_TOPICS:
        raise refuse(_("Please name at most %(most)d topics.") % {"most": MOST_TOPICS})
    known = Topic.objects.filter(slug__in=wanted).values_list("slug", "name")
    return tuple(sorted((wanted | dict(known)).values()))


def set_authors(row: Publication, names: tuple[str, ...]) -> None:
    """These wrote it, in this order."""
    row.written_by.all().delete()
    for order, name in enumerate(names, start=1):
        author, _is_new = Author.objects.get_or_create(name=name)
        WrittenBy.objects.create(publication=row, author=author, order=order)


def set_topics(row: Publication, names: tuple[str, ...]) -> None:
    """It is about these."""
    row.topics.set(
        Topic.objects.get_or_create(slug=slugify(name)[:60], defaults={"name": name})[0] for name in names
    )
