"""Begin a programme, change its words and its aims, give it another address, take it out of sight."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.addresses import TAKEN_WORDS
from knotwork.programmes.models import (
    Aim,
    Fact,
    FormerAddress,
    Membership,
    Programme,
    Provenance,
    Role,
    Stage,
)
from knotwork.programmes.rules import Act, can, can_create_programme
from knotwork.programmes.services.made import Made, good_slug, place_of, standing_programme


@dataclass(frozen=True)
class ProgrammeWords:
    """All that a programme says of itself. Each field means what it means in the programme's table."""

    name: str
    short_name: str = ""
    summary: str = ""
    thesis: str = ""
    country: str = ""
    began: int | None = None
    overseen_by: str = ""
    bid_sponsor: str = ""
    sites_stated: int | None = None
    mailbox: str = ""
    attribution: str = ""
    language: str = "en"
    time_zone: str = "Europe/London"
    provenance: str = Provenance.OWN.value
    visibility: str = Stage.PROGRAMME.value
    order: int = 100


def create_programme(words: ProgrammeWords, *, by: Viewer, slug: str = "") -> Made:
    """Begin a programme; the person who begins it is in its team from the first moment."""
    require(can_create_programme(by))
    with transaction.atomic():
        row = Programme.objects.create(
            slug=good_slug(slug, words.short_name or words.name, _programme_slug_is_taken), **asdict(words)
        )
        _record("programme.created", row, by)
        if by.person_id is not None:
            member = Membership.objects.create(
                person_id=by.person_id, role=Role.PROGRAMME_TEAM, programme=row, opens_at=clock.now()
            )
            record(
                "membership.granted",
                subject_kind="membership",
                subject_id=member.public_id,
                by=by,
                programme=row.public_id,
                details={"role": Role.PROGRAMME_TEAM.value},
            )
    return Made(row.pk, row.public_id, row.slug)


def change_words(programme_id: int, words: ProgrammeWords, *, by: Viewer) -> bool:
    """Change what a programme says of itself; ``False`` when it says so already."""
    with transaction.atomic():
        row = standing_programme(programme_id)
        require(can(by, Act.CHANGE_WORDS, row))
        if not apply(row, words):
            return False
        _record("programme.changed", row, by)
    return True


def move_programme(programme_id: int, slug: str, *, by: Viewer) -> None:
    """Give a programme another address; the old one leads to it for ever."""
    with transaction.atomic():
        row = standing_programme(programme_id)
        require(can(by, Act.CHANGE_WORDS, row))
        if row.slug == slug:
            return
        FormerAddress.objects.filter(programme=row, place__isnull=True, slug=slug).delete()
        wanted = good_slug(slug, slug, _programme_slug_is_taken)
        FormerAddress.objects.create(programme=row, slug=row.slug)
        Programme.objects.filter(pk=row.pk).update(slug=wanted)
        _record("programme.moved", row, by)


def set_aims(programme_id: int, texts: Sequence[str], *, by: Viewer) -> bool:
    """Put these aims in place of those that stand, in this order; ``False`` when they stand already."""
    wanted = [text.strip() for text in texts if text.strip()]
    with transaction.atomic():
        row = standing_programme(programme_id)
        require(can(by, Act.CHANGE_WORDS, row))
        if list(row.aims.values_list("text", flat=True)) == wanted:
            return False
        row.aims.all().delete()
        Aim.objects.bulk_create(
            Aim(programme=row, order=order, text=text) for order, text in enumerate(wanted, start=1)
        )
        _record("programme.aims_set", row, by)
    return True


def add_fact(
    programme_id: int, text: str, source: str, *, by: Viewer, place_id: int | None = None, order: int = 0
) -> bool:
    """Add something known with its source; ``False`` when it is said already in the same words."""
    with transaction.atomic():
        row = standing_programme(programme_id)
        require(can(by, Act.CHANGE_WORDS, row))
        place = place_of(row, place_id)
        fact, is_new = Fact.objects.get_or_create(
            programme=row, place=place, text=text, defaults={"source": source, "order": order}
        )
        if not is_new and (fact.source, fact.order) == (source, order):
            return False
        Fact.objects.filter(pk=fact.pk).update(source=source, order=order)
        subject = ("programme", row.public_id) if place is None else ("place", place.public_id)
        record(
            "fact.added",
            subject_kind=subject[0],
            subject_id=subject[1],
            by=by,
            programme=row.public_id,
            place=None if place is None else place.public_id,
        )
    return True


def withdraw_programme(programme_id: int, reason: str, *, by: Viewer) -> None:
    """Take a programme out of sight with all that stands in it; nothing is lost."""
    _set_withdrawn(programme_id, True, reason, by)


def restore_programme(programme_id: int, *, by: Viewer) -> None:
    """Bring a withdrawn programme back."""
    _set_withdrawn(programme_id, False, "", by)


def words_of(programme_id: int) -> ProgrammeWords:
    """What a programme says of itself now, to change some of it. For its team: the mailbox is among it."""
    row = Programme.objects.get(pk=programme_id)
    return ProgrammeWords(**{field.name: getattr(row, field.name) for field in fields(ProgrammeWords)})


def apply(row: Any, words: Any) -> bool:
    """Write the fields of ``words`` that differ onto the row; whether there were any."""
    new = {field.name: getattr(words, field.name) for field in fields(words)}
    different = [name for name, value in new.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, new[name])
    if different:
        row.save(update_fields=different)
    return bool(different)


def _set_withdrawn(programme_id: int, is_withdrawn: bool, reason: str, by: Viewer) -> None:
    with transaction.atomic():
        row = standing_programme(programme_id)
        require(can(by, Act.WITHDRAW, row))
        if (row.withdrawn_at is not None) == is_withdrawn:
            return
        Programme.objects.filter(pk=row.pk).update(
            withdrawn_at=clock.now() if is_withdrawn else None, withdrawn_reason=reason
        )
        _record("programme.withdrawn" if is_withdrawn else "programme.restored", row, by)


def _programme_slug_is_taken(slug: str) -> bool:
    return (
        slug in TAKEN_WORDS
        or Programme.objects.filter(slug=slug).exists()
        or FormerAddress.objects.filter(slug=slug, place__isnull=True).exists()
    )


def _record(verb: str, row: Programme, by: Viewer) -> None:
    record(verb, subject_kind="programme", subject_id=row.public_id, by=by, programme=row.public_id)
