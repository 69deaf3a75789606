"""Invitations: codes for one person each, made by a host, shown once, kept as keyed hashes, used once."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import codes, rules
from knotwork.conversations.models import Conversation, Invitation, InvitationBatch, Participant
from knotwork.conversations.services.participants import join, known_by
from knotwork.conversations.services.refusals import InvitationNotKnown, InvitationUsed, NotOpen, NotTaken
from knotwork.conversations.services.wording import tidy
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.limits.services import Limit, attempt, keyed_hash
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import require

MOST_AT_ONCE = 500
INVITATIONS_FROM_ONE_NETWORK = Limit("invitation", 30, timedelta(minutes=10))
INVITATIONS_FROM_EVERYBODY = Limit("invitation, everybody", 600, timedelta(minutes=10))


def make_invitations(
    conversation: Conversation, how_many: int, label: str = "", named_part: int | None = None, *, by: Viewer
) -> tuple[InvitationBatch, list[str]]:
    """Fresh codes and the batch they belong to. The codes are given back this once and are kept nowhere."""
    if not 1 <= how_many <= MOST_AT_ONCE:
        raise NotTaken(_("Please ask for 1 to %(most)d codes at once.") % {"most": MOST_AT_ONCE})
    if named_part is not None and not 1 <= named_part <= len(conversation.named_parts):
        raise NotTaken(_("This conversation does not name such a part of the people."))
    require(rules.can_invite(by, conversation))
    fresh = [codes.new_code() for _one in range(how_many)]
    with transaction.atomic():
        batch = InvitationBatch.objects.create(
            conversation=conversation, label=tidy(label)[:120], named_part=named_part
        )
        Invitation.objects.bulk_create(Invitation(batch=batch, code_hash=_hash(code)) for code in fresh)
        _record("invitations.made", batch, by)
    return batch, fresh


def end_invitations(batch: InvitationBatch, *, by: Viewer) -> None:
    """Let the codes of a batch that nobody has used end, because they were lost or went to the wrong people."""
    require(rules.can_host(by, batch.conversation))
    with transaction.atomic():
        changed = InvitationBatch.objects.filter(pk=batch.pk, ended_at__isnull=True).update(
            ended_at=clock.now()
        )
        if changed:
            Invitation.objects.filter(batch=batch, is_used=False).delete()
            _record("invitations.ended", batch, by)


def look_at_invitation(typed: str, address: str) -> Invitation:
    """The invitation that somebody holds, before she uses it: what she is asked, and as what she is counted."""
    code = codes.understood(typed)
    if code is None:
        raise InvitationNotKnown
    if not (
        attempt(INVITATIONS_FROM_ONE_NETWORK, address) and attempt(INVITATIONS_FROM_EVERYBODY, "everybody")
    ):
        raise SlowDown(600, _("Too many codes were tried from your network. Wait ten minutes and try again."))
    rows = Invitation.objects.select_related(
        "batch__conversation__programme", "batch__conversation__place"
    ).filter(batch__conversation__withdrawn_at__isnull=True)
    found = rows.filter(code_hash=_hash(code)).first()
    if found is None:
        raise InvitationNotKnown
    return found


def use_invitation(typed: str, token: str, address: str) -> Participant:
    """Take part with an invitation, which is used up by it: from now on this browser may answer.

    Nothing that is kept leads from a code to the answers of whoever used it.
    """
    found = look_at_invitation(typed, address)
    conversation = found.batch.conversation
    if not (may_use := rules.can_use_invitation(conversation)):
        raise NotOpen(may_use.reason)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=found.pk)
        known = known_by(conversation, token)
        if known is not None and known.is_invited:
            return known  # she pressed twice, or opened a second letter: that code stays for somebody else
        if invitation.is_used:
            raise InvitationUsed
        Invitation.objects.filter(pk=invitation.pk).update(is_used=True)
        return _invited(conversation, known, found.batch.named_part, token, address)


def _invited(
    conversation: Conversation, known: Participant | None, named_part: int | None, token: str, address: str
) -> Participant:
    """Whoever this browser is, now invited; somebody new if it is nobody yet."""
    if known is None:
        return join(conversation, token, address, named_part=named_part, is_invited=True)
    known.is_invited = True
    if known.named_part is None:
        known.named_part = named_part
    known.save(update_fields=["is_invited", "named_part"])
    return known


def _hash(code: str) -> str:
    return keyed_hash("invitation", code)


def _record(verb: str, batch: InvitationBatch, by: Viewer) -> None:
    conversation = batch.conversation
    record(
        verb,
        subject_kind="conversation",
        subject_id=conversation.public_id,
        by=by,
        programme=conversation.programme.public_id,
        place=conversation.place.public_id if conversation.place else None,
    )
