"""Who writes a bid, who would lead the place, and who signs for the sponsor's board."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.calls.deadlines import local_in
from knotwork.calls.models import BidAuthor, SignOff
from knotwork.calls.rules import Act, BidAct, may
from knotwork.calls.services import letters
from knotwork.calls.services.rows import changed, held_bid, held_call, needed, record_of_bid
from knotwork.core import clock
from knotwork.core.accounts.services import person_with_email
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.limits.services import Limit, attempt
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import require
from knotwork.programmes.services.made import refuse

MOST_LEADS = 2
NEWCOMERS = Limit("account to bid", 20, timedelta(hours=1))


@dataclass(frozen=True)
class AuthorWords:
    """Where an author works, and whether she would lead the place."""

    organisation: str = ""
    is_lead: bool = False


@dataclass(frozen=True)
class SignatureWords:
    """Who signs, for the board, on which day, and how: at a meeting, by the chair's action."""

    name: str
    signed_on: date
    how: str = ""


def come_in(call: UUID, email: str, address: str) -> None:
    """An account for somebody who wants to bid and has none: an email address is enough, and a code goes to it later.

    Only while a call that everybody sees is open, and only so many from one network; whoever has an account keeps it.
    """
    with transaction.atomic():
        require(may(STRANGER, Act.BID, held_call(call, STRANGER)))
        if not attempt(NEWCOMERS, address):
            raise SlowDown(
                3600, _("Many people have just come in from your network. Wait an hour, then try again.")
            )
        person_with_email(email, by=STRANGER)


def add_author(bid: UUID, email: str, words: AuthorWords, *, by: Viewer) -> None:
    """Let somebody write along; she gets a letter with the way in."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        person = person_with_email(email, by=by)
        if row.authors.filter(person=person).exists():
            raise refuse(_("This person writes the bid already."))
        author = BidAuthor.objects.create(bid=row, person=person)
        _say(author, words)
        letters.invite_author(row, person.email)
        record_of_bid("bid.author_added", row, by, author=str(author.public_id))


def say_of_author(bid: UUID, author: UUID, words: AuthorWords, *, by: Viewer) -> None:
    """Say where an author works, and whether she would be one of the two leads of the place."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        known = row.authors.filter(public_id=author).first()
        if known is None:
            raise refuse(_("This person does not write the bid."))
        _say(known, words)
        changed(row)
        record_of_bid("bid.changed", row, by)


def end_author(bid: UUID, author: UUID, *, by: Viewer) -> None:
    """Somebody no longer writes along; what she wrote stays. The last author stays."""
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        if row.authors.count() == 1:
            raise refuse(_("Somebody has to stay. Add another author before this one goes."))
        if row.authors.filter(public_id=author).delete()[0]:
            record_of_bid("bid.author_ended", row, by, author=str(author))


def ask_board(bid: UUID, email: str, board: str, *, by: Viewer) -> None:
    """Ask a member of the sponsor's board to read the bid and to sign; asking anew replaces what was asked."""
    board = needed(board, _("Say which board signs."))
    with transaction.atomic():
        row = held_bid(bid, BidAct.WRITE, by)
        person = person_with_email(email, by=by)
        if row.authors.filter(person=person).exists():
            raise refuse(
                _("Whoever writes the bid cannot sign it for the board too. Ask another member of the board.")
            )
        SignOff.objects.filter(bid=row).delete()
        SignOff.objects.create(bid=row, person=person, board=board[:200])
        letters.ask_for_signature(row, person.email)
        record_of_bid("bid.signature_asked", row, by)


def sign(bid: UUID, words: SignatureWords, *, by: Viewer) -> None:
    """Sign for the board. The signature stands for the bid as it is now."""
    name = needed(words.name, _("Say who signs."))
    with transaction.atomic():
        row = held_bid(bid, BidAct.SIGN, by)
        if words.signed_on > local_in(row.call.programme.time_zone, clock.now()).date():
            raise refuse(_("The day of the signature cannot lie in the future."))
        SignOff.objects.filter(bid=row).update(
            name=name[:200],
            signed_on=words.signed_on,
            how=words.how.strip()[:300],
            signed_at=clock.now(),
            revision=row.revision,
        )
        record_of_bid("bid.signed", row, by)


def _say(author: BidAuthor, words: AuthorWords) -> None:
    organisation = " ".join(words.organisation.split())[:200]
    if words.is_lead:
        if not organisation:
            raise refuse(_("Say in which organisation this lead works."))
        others = [one for one in author.bid.authors.filter(is_lead=True) if one.pk != author.pk]
        if len(others) >= MOST_LEADS:
            raise refuse(_("A place has two leads. Two are named already."))
        if any(one.organisation.casefold() == organisation.casefold() for one in others):
            raise refuse(_("The two leads of a place come from different organisations."))
    author.organisation, author.is_lead = organisation, words.is_lead
    author.save(update_fields=["organisation", "is_lead"])
