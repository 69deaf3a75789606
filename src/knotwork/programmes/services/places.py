"""Add a place, change its words, give it another address, say which areas it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Area, FormerAddress, Place, PlaceArea, Programme, Stage, Theme
from knotwork.programmes.rules import Act, can
from knotwork.programmes.services.made import Made, good_slug, refuse, standing_place, standing_programme
from knotwork.programmes.services.organisations import organisation_named


@dataclass(frozen=True)
class PlaceWords:
    """All that a place says of itself; ``sponsor`` and ``themes`` are names."""

    name: str
    issue: str = ""
    sponsor: str = ""
    themes: tuple[str, ...] = ()
    is_sensitive: bool = False
    help_text: str = ""
    help_url: str = ""
    visibility: str = Stage.PROGRAMME.value


@dataclass(frozen=True)
class AreaFacts:
    """An official area as its office describes it; ``outline`` is a GeoJSON geometry."""

    code: str
    name: str
    valid_from: date | None = None
    valid_until: date | None = None
    longitude: float | None = None
    latitude: float | None = None
    outline: dict[str, Any] | None = None
    source: str = ""


@dataclass(frozen=True)
class AreaPeriod:
    """That a place is made of an area ``[from_date, until_date)``."""

    code: str
    from_date: date | None = None
    until_date: date | None = None


def add_place(programme_id: int, words: PlaceWords, *, by: Viewer, slug: str = "") -> Made:
    """Add a place with its issue, after those there are."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.ADD_PLACE, programme))
        last = Place.objects.filter(programme=programme).aggregate(last=Max("order"))["last"] or 0
        place = Place(
            programme=programme,
            slug=good_slug(slug, words.name, lambda wanted: _place_slug_is_taken(programme, wanted)),
            order=last + 1,
        )
        _write(place, words, by)
        _record("place.added", place, by)
    return Made(place.pk, place.public_id, place.slug)


def change_place(place_id: int, words: PlaceWords, *, by: Viewer) -> bool:
    """Change what a place says of itself; ``False`` when it says so already."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.CHANGE_PLACE, place.programme, place.pk))
        if _words_of(place) == words:
            return False
        require(can_show_now(by, place.programme, words.visibility, place, before=place.visibility))
        _write(place, words, by)
        _record("place.changed", place, by)
    return True


def move_place(place_id: int, slug: str, *, by: Viewer) -> None:
    """Give a place another address; the old one leads to it for ever."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.CHANGE_PLACE, place.programme, place.pk))
        if place.slug == slug:
            return
        FormerAddress.objects.filter(place=place, slug=slug).delete()
        wanted = good_slug(slug, slug, lambda word: _place_slug_is_taken(place.programme, word))
        FormerAddress.objects.create(programme=place.programme, place=place, slug=place.slug)
        Place.objects.filter(pk=place.pk).update(slug=wanted)
        _record("place.moved", place, by)


def hold_areas(areas: Sequence[AreaFacts]) -> None:
    """Take official areas in, or bring those we hold up to date; they are shared by all programmes."""
    with transaction.atomic():
        held = {area.code: area for area in Area.objects.filter(code__in=[facts.code for facts in areas])}
        for facts in areas:
            row = held.get(facts.code) or Area(code=facts.code)
            before = {name: getattr(row, name) for name in vars(facts)} if row.pk else None
            if before != vars(facts):
                for name, value in vars(facts).items():
                    setattr(row, name, value)
                row.changed_at = clock.now()
                row.save()


def set_areas(place_id: int, periods: Sequence[AreaPeriod], *, by: Viewer) -> bool:
    """Say which areas a place is made of, and when; ``False`` when it is said already."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.CHANGE_PLACE, place.programme, place.pk))
        stands = [
            AreaPeriod(part.area.code, part.from_date, part.until_date)
            for part in place.place_areas.select_related("area").order_by("order", "pk")
        ]
        if stands == list(periods):
            return False
        areas = {area.code: area for area in Area.objects.filter(code__in=[p.code for p in periods])}
        unknown = [period.code for period in periods if period.code not in areas]
        if unknown:
            raise refuse(_("No area with the code %(code)s is known here.") % {"code": ", ".join(unknown)})
        place.place_areas.all().delete()
        PlaceArea.objects.bulk_create(
            PlaceArea(
                place=place,
                area=areas[period.code],
                from_date=period.from_date,
                until_date=period.until_date,
                order=order,
            )
            for order, period in enumerate(periods)
        )
        _record("place.areas_set", place, by)
    return True


def areas_named(lines: Sequence[str]) -> list[AreaPeriod]:
    """The areas with these names or codes, each with its own dates; an unknown one is refused."""
    wanted = [" ".join(line.split()) for line in lines if line.strip()]
    found = []
    for words in wanted:
        area = Area.objects.filter(Q(code__iexact=words) | Q(name__iexact=words)).order_by("-code").first()
        if area is None:
            raise refuse(
                _("We know no council area called %(name)s. Try its official code.") % {"name": words}
            )
        found.append(AreaPeriod(area.code, area.valid_from, area.valid_until))
    return found


def place_words_of(place_id: int) -> PlaceWords:
    """What a place says of itself now, to change some of it."""
    return _words_of(Place.objects.select_related("sponsor").get(pk=place_id))


def _write(place: Place, words: PlaceWords, by: Viewer) -> None:
    if words.is_sensitive and not (words.help_text and words.help_url):
        raise refuse(_("A place with a sensitive issue needs words of help, and a page where help is found."))
    for name in ("name", "issue", "is_sensitive", "help_text", "help_url", "visibility"):
        setattr(place, name, getattr(words, name))
    place.sponsor = organisation_named(words.sponsor, by=by) if words.sponsor else None
    place.save()
    place.themes.set([_theme(name) for name in words.themes])


def _words_of(place: Place) -> PlaceWords:
    return PlaceWords(
        name=place.name,
        issue=place.issue,
        sponsor=place.sponsor.name if place.sponsor else "",
        themes=tuple(place.themes.order_by("name").values_list("name", flat=True)),
        is_sensitive=place.is_sensitive,
        help_text=place.help_text,
        help_url=place.help_url,
        visibility=place.visibility,
    )


def _theme(name: str) -> Theme:
    theme, _is_new = Theme.objects.get_or_create(slug=slugify(name)[:60], defaults={"name": name[:60]})
    return theme


def _place_slug_is_taken(programme: Programme, slug: str) -> bool:
    return (
        Place.objects.filter(programme=programme, slug=slug).exists()
        or FormerAddress.objects.filter(programme=programme, place__isnull=False, slug=slug).exists()
    )


def _record(verb: str, place: Place, by: Viewer) -> None:
    record(
        verb,
        subject_kind="place",
        subject_id=place.public_id,
        by=by,
        programme=place.programme.public_id,
        place=place.public_id,
    )
