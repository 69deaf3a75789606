"""Read who offers to help, who works with which place, how many days that took, and the notes of it."""

from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Sum

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.querysets import places
from knotwork.programmes.standing import mine_of
from knotwork.support.models import EnablerProfile, Visit
from knotwork.support.queries.nouns import MatchView, PlaceDays, ProfileView, VisitView
from knotwork.support.queries.rows import day_said, where_of
from knotwork.support.querysets import MatchQuerySet, matches, profiles, visits

NO_DAYS = Decimal(0)


def profiles_of(programme_id: int, viewer: Viewer) -> tuple[ProfileView, ...]:
    """Everybody who offers to help, by name."""
    rows = list(profiles().visible_to(viewer).filter(programme_id=programme_id).select_related("programme"))
    used = _days_by("match__profile_id", [row.pk for row in rows])
    return tuple(_profile(row, used.get(row.pk, NO_DAYS), viewer) for row in rows)


def profile_at(public_id: UUID, viewer: Viewer) -> ProfileView | None:
    """One of them."""
    row = profiles().visible_to(viewer).filter(public_id=public_id).select_related("programme").first()
    return (
        None
        if row is None
        else _profile(row, _days_by("match__profile_id", [row.pk]).get(row.pk, NO_DAYS), viewer)
    )


def my_profile(programme_id: int, viewer: Viewer) -> ProfileView | None:
    """What the viewer wrote of herself, if she offers to help."""
    return next((each for each in profiles_of(programme_id, viewer) if each.is_mine), None)


def matches_of_place(place: UUID, viewer: Viewer) -> tuple[MatchView, ...]:
    """Whom the place asked, and who works with it, as far as the viewer may see that."""
    return _matches(matches().visible_to(viewer).filter(place__public_id=place), viewer)


def my_matches(programme_id: int, viewer: Viewer) -> tuple[MatchView, ...]:
    """The places that asked the viewer, newest last."""
    if viewer.person_id is None:
        return ()
    mine = matches().visible_to(viewer).filter(profile__person_id=viewer.person_id)
    return _matches(mine.filter(place__programme_id=programme_id), viewer)


def visits_of_place(place: UUID, viewer: Viewer) -> tuple[VisitView, ...]:
    """Visits whose note the viewer may read, the newest first."""
    rows = visits().with_note_for(viewer).filter(match__place__public_id=place)
    return tuple(visit_view(row) for row in rows.select_related("match__place__programme", "match__profile"))


def days_used(programme_id: int, viewer: Viewer) -> tuple[PlaceDays, ...]:
    """Enablers' days with each place that the viewer may see, in the order of the places; for its people."""
    if not viewer.is_administrator and programme_id not in mine_of(viewer).programmes:
        return ()
    counted = visits().counted_for(viewer).filter(match__place__programme_id=programme_id)
    summed = counted.order_by().values("match__place_id").annotate(days=Sum("days"), visits=Count("pk"))
    by_place = {row["match__place_id"]: (row["days"], row["visits"]) for row in summed}
    seen = places().visible_to(viewer).filter(programme_id=programme_id).select_related("programme")
    return tuple(PlaceDays(where_of(place), *by_place.get(place.pk, (NO_DAYS, 0))) for place in seen)


def days_used_by(place: UUID, viewer: Viewer) -> Decimal:
    """Enablers' days with one place."""
    counted = visits().counted_for(viewer).filter(match__place__public_id=place)
    return sum(counted.values_list("days", flat=True), NO_DAYS)


def visit_view(row: Visit) -> VisitView:
    """A visit with its note; only for rows whose note the viewer may read."""
    match = row.match
    return VisitView(
        row.public_id, row.on, row.days, row.note, match.profile.name, row.visibility, where_of(match.place)
    )


def _matches(rows: MatchQuerySet, viewer: Viewer) -> tuple[MatchView, ...]:
    found = list(rows.select_related("place__programme", "profile"))
    used = _days_by("match_id", [row.pk for row in found])
    return tuple(
        MatchView(
            row.public_id,
            where_of(row.place),
            row.profile.name,
            row.stage,
            row.asked_for,
            day_said(row.place, row.asked_at),
            used.get(row.pk, NO_DAYS),
            viewer.person_id is not None and row.profile.person_id == viewer.person_id,
        )
        for row in found
    )


def _days_by(column: str, numbers: list[int]) -> dict[int, Decimal]:
    rows = visits().standing().filter(**{f"{column}__in": numbers}).order_by()
    return {row[column]: row["days"] for row in rows.values(column).annotate(days=Sum("days"))}


def _profile(row: EnablerProfile, used: Decimal, viewer: Viewer) -> ProfileView:
    is_mine = viewer.person_id is not None and row.person_id == viewer.person_id
    return ProfileView(row.public_id, row.name, row.good_at, row.days, used, row.programme.slug, is_mine)
