"""Somebody offers to help, a place asks her, she accepts; and it ends."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.services import part_from_enabler, welcome_enabler
from knotwork.programmes.services.made import refuse, standing_place, standing_programme
from knotwork.support import letters
from knotwork.support.models import EnablerProfile, EventSignUp, Match, MatchStage
from knotwork.support.querysets import profiles
from knotwork.support.rules import Act, can
from knotwork.support.services.rows import needed, record_of

MOST_DAYS = Decimal(400)
_UNDER_WAY = (MatchStage.ASKED, MatchStage.ACCEPTED)


@dataclass(frozen=True)
class ProfileWords:
    """What an enabler says of herself: how she wants to be named, what she is good at, and how many days she has."""

    name: str
    good_at: str
    days: Decimal


def fit_days(days: Decimal, *, most: Decimal = MOST_DAYS) -> Decimal:
    """A number of days that can be: more than nothing, in tenths."""
    if not days.is_finite() or not 0 < days <= most or days != days.quantize(Decimal("0.1")):
        raise refuse(
            _("Days are a number from 0.1 to %(most)s, with one digit after the point.") % {"most": most}
        )
    return days


def write_profile(programme_id: int, words: ProfileWords, *, by: Viewer) -> UUID:
    """Offer to help places of a programme, or change what one said. Everybody writes her own profile and no other."""
    columns = {
        "name": needed(words.name, _("Say how you want to be named."))[:120],
        "good_at": needed(words.good_at, _("Say what you are good at.")),
        "days": fit_days(words.days),
        "written_at": clock.now(),
        "withdrawn_at": None,
    }
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.TAKE_PART, programme))
        if by.person_id is None:
            raise refuse(_("Sign in first: everybody writes their own profile."))
        row, _is_new = EnablerProfile.objects.update_or_create(
            programme=programme, person_id=by.person_id, defaults=columns
        )
        record_of("enabler_profile.written", "enabler_profile", row.public_id, by, programme=programme)
    return row.public_id


def take_back_profile(profile: UUID, *, by: Viewer) -> None:
    """Not offer to help any more. With whom one works already, that goes on."""
    with transaction.atomic():
        row = profiles().visible_to(by).filter(public_id=profile).select_related("programme").first()
        if row is None or row.person_id != by.person_id:
            raise refuse(_("Only whoever wrote a profile can take it back."))
        EnablerProfile.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
        record_of("enabler_profile.taken_back", "enabler_profile", row.public_id, by, programme=row.programme)


def ask_enabler(
    place_id: int, profile: UUID, asked_for: str, *, by: Viewer, at: datetime | None = None
) -> UUID:
    """A place asks somebody to help it. She gets a letter; nobody else hears of it until she accepts."""
    asked_for = needed(asked_for, _("Say what you hope they can help with."))
    with transaction.atomic():
        place = standing_place(place_id)
        require(can(by, Act.CHOOSE_ENABLER, place.programme, place.pk))
        rows = profiles().visible_to(by).filter(public_id=profile, programme=place.programme)
        offered = rows.select_related("person").first()
        if offered is None:
            raise refuse(_("This profile is not known here."))
        if Match.objects.filter(place=place, profile=offered, stage__in=_UNDER_WAY).exists():
            raise refuse(_("You asked them already."))
        match = Match.objects.create(
            place=place,
            profile=offered,
            asked_for=asked_for,
            asked_by_id=by.person_id,
            asked_at=at or clock.now(),
        )
        record_of("match.asked", "match", match.public_id, by, programme=place.programme, place=place)
        letters.tell_enabler_that_she_is_asked(match)
    return match.public_id


def answer_place(match: UUID, *, accepts: bool, by: Viewer, at: datetime | None = None) -> None:
    """The enabler accepts or declines. If she accepts, she is the place's enabler from now on."""
    with transaction.atomic():
        row = held_match(match)
        if by.person_id is None or row.profile.person_id != by.person_id:
            raise refuse(_("Only whoever was asked can answer."))
        if row.stage != MatchStage.ASKED:
            return
        _move(row, MatchStage.ACCEPTED if accepts else MatchStage.DECLINED, answered_at=at or clock.now())
        if accepts:
            welcome_enabler(row.place.programme.pk, row.place.pk, row.profile.person_id, by=by)
        answer = "accepted" if accepts else "declined"
        place = row.place
        record_of("match.answered", "match", match, by, programme=place.programme, place=place, answer=answer)
        letters.tell_place_that_she_answered(row, accepts=accepts)


def end_match(match: UUID, *, by: Viewer) -> None:
    """Take back what was asked, or end the work together; the place or the enabler may, at any time."""
    with transaction.atomic():
        row = held_match(match)
        is_hers = by.person_id is not None and row.profile.person_id == by.person_id
        if not is_hers:
            require(can(by, Act.CHOOSE_ENABLER, row.place.programme, row.place.pk))
        if row.stage not in _UNDER_WAY:
            return
        was_going = row.stage == MatchStage.ACCEPTED
        _move(row, MatchStage.ENDED if was_going else MatchStage.TAKEN_BACK, ended_at=clock.now())
        if was_going:
            part_from_enabler(row.place.pk, row.profile.person_id, by=by)
        verb = "match.ended" if was_going else "match.taken_back"
        record_of(verb, "match", match, by, programme=row.place.programme, place=row.place)


def held_match(match: UUID) -> Match:
    """The match, held until the end of the transaction."""
    rows = Match.objects.select_for_update(of=("self",)).select_related(
        "place__programme", "profile__person", "asked_by"
    )
    row = rows.filter(public_id=match).first()
    if row is None:
        raise refuse(_("This is not known here."))
    return row


def forget(person: str) -> None:
    """Erase what a person said of herself, and where she meant to come; her days stay with the places, unnamed."""
    mine = EnablerProfile.objects.filter(person__public_id=person)
    mine.update(name=_("Somebody who left"), good_at="", withdrawn_at=clock.now())
    EventSignUp.objects.filter(person__public_id=person).delete()


def _move(row: Match, stage: MatchStage, **moments: datetime) -> None:
    Match.objects.filter(pk=row.pk).update(stage=stage, **moments)
