"""Every day: tell teams what will go and when, and let go of what is about people when the day has come."""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import dateformat

from knotwork.core import clock
from knotwork.core.accounts import erasures
from knotwork.core.accounts import services as accounts
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.events.services import record
from knotwork.core.mail.services import send
from knotwork.programmes import retention
from knotwork.programmes.models import Membership, Programme, Role
from knotwork.programmes.standing import in_force

LETTER = "retention"


def keep_no_longer() -> int:
    """Go through all programmes with a day; how many letters went or programmes let something go."""
    done = 0
    for row in Programme.objects.filter(keep_until__isnull=False).order_by("pk"):
        moment = clock.now()
        if retention.is_to_be_told(row, moment):
            done += tell_the_team(row.pk)
        elif retention.is_due(row, moment):
            done += let_go(row.pk)
    return done


def tell_the_team(programme_id: int) -> int:
    """Write to the team what will go and when; 1 if that was new, 0 if it was told already or to nobody.

    Where nobody is in the team, the administrators hear of it: without a letter to somebody nothing goes.
    """
    with transaction.atomic():
        row = Programme.objects.select_for_update().get(pk=programme_id)
        readers = _readers(row)
        if not readers or not retention.is_to_be_told(row, clock.now()):
            return 0
        row.keep_told_at = clock.now()
        row.save(update_fields=["keep_told_at"])
        day = retention.goes_on(row)
        words = {
            "programme": row.name,
            "day": dateformat.format(day, "j F Y") if day else "",
            "going": [each for each in retention.preview(row.pk) if each.count],
            "path": reverse("programme_team:keeping", args=[row.slug]),
        }
        for address in readers:
            send(LETTER, address, words)
        _record("retention.told", row)
    return 1


def let_go(programme_id: int) -> int:
    """Let everything go that is due, kind by kind, each in its own transaction; 1 if anything went."""
    row = Programme.objects.get(pk=programme_id)
    if not retention.is_due(row, clock.now()):
        return 0
    gone = sum(_of_one_kind(holding, row.pk) for holding in retention.holdings())
    with transaction.atomic():
        is_first = Programme.objects.filter(pk=row.pk, keep_done_at__isnull=True).update(
            keep_done_at=clock.now()
        )
        if gone or is_first:
            _record("retention.done", row)
    return 1 if gone else 0


def _of_one_kind(holding: retention.Holding, programme_id: int) -> int:
    with transaction.atomic():
        return holding.let_go(programme_id)


def ended_memberships(programme_id: int) -> int:
    """How many roles have ended in a programme; those that run are in use and stay."""
    return _ended(programme_id).count()


def forget_ended_memberships(programme_id: int) -> int:
    """Remove the rows of roles that ended; whoever held no other role anywhere is erased as a person too."""
    rows = list(_ended(programme_id).values_list("public_id", "person_id"))
    for public_id, _person in rows:
        erasures.remember("membership", str(public_id))
        forget_membership_again(str(public_id))
    for person in Person.objects.filter(
        pk__in={person_id for _public_id, person_id in rows},
        memberships__isnull=True,
        is_administrator=False,
        blanked_at__isnull=True,
    ):
        accounts.erase(person, by=STRANGER)
    return len(rows)


def forget_membership_again(key: str) -> None:
    """The same after an older dump was put back."""
    Membership.objects.filter(public_id=key).delete()


def _ended(programme_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(programme_id=programme_id, closes_at__lte=clock.now())


def _readers(row: Programme) -> list[str]:
    team = Membership.objects.filter(
        in_force(clock.now()), programme=row, role=Role.PROGRAMME_TEAM, person__blanked_at__isnull=True
    )
    found = sorted(set(team.values_list("person__email", flat=True)))
    administrators = Person.objects.filter(is_administrator=True, blanked_at__isnull=True)
    return found or sorted(administrators.values_list("email", flat=True))


def _record(verb: str, row: Programme) -> None:
    record(verb, subject_kind="programme", subject_id=row.public_id, by=STRANGER, programme=row.public_id)
