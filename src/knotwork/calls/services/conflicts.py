"""Which bids a reviewer must not judge: declared by herself, and found in the names that both have."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.lines import lines_of
from knotwork.calls.matching import first_shared
from knotwork.calls.models import Assignment, Bid, Call, Conflict, FoundBy, Reviewer
from knotwork.calls.querysets import bids
from knotwork.calls.rules import Act, may
from knotwork.calls.services.rows import (
    held_call,
    held_own_place,
    needed,
    record_of_bid,
    record_of_call,
)
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.programmes.models import Membership
from knotwork.programmes.services.made import refuse
from knotwork.programmes.standing import in_force


def say_organisations(call: UUID, organisations: str, *, by: Viewer) -> None:
    """She herself says for whom she works or speaks, one on each line; conflicts are looked for at once."""
    with transaction.atomic():
        row = held_own_place(call, by)
        row.organisations = "\n".join(lines_of(organisations))
        row.save(update_fields=["organisations"])
        search(row.call, by)
        record_of_call("call.reviewer_spoke", row.call, by, reviewer=str(row.public_id))


def declare_conflicts(call: UUID, whys: Mapping[UUID, str], *, by: Viewer) -> None:
    """She herself says which bids she must not judge, and why; or that there is none. Only once bids are opened.

    What she has declared stays; only the team ends it. Before she has declared she reads no bid and gets none.
    """
    with transaction.atomic():
        row = held_own_place(call, by)
        require(may(by, Act.READ_BIDS, row.call))
        named = {bid: why.strip()[:300] for bid, why in whys.items() if why.strip()}
        known = {bid.public_id: bid for bid in bids().opened().filter(call=row.call, public_id__in=named)}
        if known.keys() != named.keys():
            raise refuse(_("This bid is not known here."))
        for public_id, why in named.items():
            _stand(row, known[public_id], FoundBy.DECLARED, why, by)
        Reviewer.objects.filter(pk=row.pk).update(declared_at=clock.now())
        search(row.call, by)
        record_of_call("call.conflicts_declared", row.call, by, reviewer=str(row.public_id))


def find_conflicts(call: UUID, *, by: Viewer) -> int:
    """Look for shared organisations and persons now; how many conflicts are new."""
    with transaction.atomic():
        row = held_call(call, by)
        require(may(by, Act.APPOINT, row))
        if row.opened_at is None:
            raise refuse(_("The bids are still sealed. Conflicts are looked for once they are opened."))
        found = search(row, by)
        record_of_call("call.conflicts_looked_for", row, by, found=str(found))
    return found


def end_conflict(conflict: UUID, why: str, *, by: Viewer) -> None:
    """A conflict was a mistake, such as two organisations of one name. It is not found again."""
    why = needed(why, _("Say why this is no conflict."))[:300]
    with transaction.atomic():
        row = (
            Conflict.objects.select_for_update(of=("self",))
            .select_related("reviewer__call__programme", "bid__call__programme")
            .filter(public_id=conflict, ended_at__isnull=True)
            .first()
        )
        if row is None:
            raise refuse(_("This conflict is not known here."))
        require(may(by, Act.APPOINT, row.reviewer.call))
        if row.reviewer.person_id == by.person_id:
            raise refuse(_("Somebody else of the team has to say this of you."))
        Conflict.objects.filter(pk=row.pk).update(ended_at=clock.now(), ended_why=why)
        record_of_bid("bid.conflict_ended", row.bid, by, reviewer=str(row.reviewer.public_id))


def search(call: Call, by: Viewer) -> int:
    """Keep what is found between the panel and the bids; nothing before the bids are opened, as that would tell."""
    if call.opened_at is None:
        return 0
    read = list(
        bids().opened().filter(call=call).select_related("sign_off").prefetch_related("partners", "authors")
    )
    panel = list(call.reviewers.filter(ended_at__isnull=True))
    known = set(Conflict.objects.filter(reviewer__in=panel).values_list("reviewer_id", "bid_id"))
    organisations = _organisations_of(panel)
    count = 0
    for reviewer in panel:
        for bid in read:
            found = _found(reviewer.person_id, organisations[reviewer.pk], bid)
            if found is not None and (reviewer.pk, bid.pk) not in known:
                _stand(reviewer, bid, *found, by)
                count += 1
    return count


def _found(person_id: int, organisations: list[str], bid: Bid) -> tuple[FoundBy, str] | None:
    authors, signing = list(bid.authors.all()), getattr(bid, "sign_off", None)
    if any(author.person_id == person_id for author in authors):
        return FoundBy.PERSON, _("writes this bid")
    if signing is not None and signing.person_id == person_id:
        return FoundBy.PERSON, _("signs this bid")
    named = [bid.sponsor, *(one.organisation for one in bid.partners.all())]
    named += [one.organisation for one in authors]
    named += [signing.board] if signing is not None else []
    shared = first_shared(organisations, named)
    return (FoundBy.ORGANISATION, shared[:300]) if shared else None


def _organisations_of(panel: Iterable[Reviewer]) -> dict[int, list[str]]:
    """What each said, and where her roles say that she works."""
    panel = list(panel)
    held = Membership.objects.filter(
        in_force(clock.now()), person__in=[one.person_id for one in panel], organisation__isnull=False
    )
    works: dict[int, list[str]] = {}
    for person, name in held.order_by("pk").values_list("person_id", "organisation__name"):
        works.setdefault(person, []).append(name)
    return {one.pk: [*lines_of(one.organisations), *works.get(one.person_id, [])] for one in panel}


def _stand(reviewer: Reviewer, bid: Bid, found_by: FoundBy, why: str, by: Viewer) -> None:
    """The conflict stands from now on, and she reads this bid no more."""
    said = {"found_by": found_by, "why": why, "ended_at": None, "ended_why": ""}
    Conflict.objects.update_or_create(reviewer=reviewer, bid=bid, defaults=said)
    Assignment.objects.filter(reviewer=reviewer, bid=bid, ended_at__isnull=True).update(
        ended_at=clock.now(), ended_why=_("a conflict: %(why)s") % {"why": why[:250]}
    )
    record_of_bid("bid.conflict_stands", bid, by, reviewer=str(reviewer.public_id), found_by=found_by.value)
