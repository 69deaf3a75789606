"""Write a letter, send it, refuse a kind."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from knotwork.core import clock
from knotwork.core.limits.services import keyed_hash
from knotwork.core.mail.kinds import MailKind, kind_named
from knotwork.core.mail.models import Letter, LetterState, Refusal

TRIES = 5
LOST_AFTER = timedelta(minutes=5)
UNSENT_KEPT_FOR = timedelta(days=7)
_SALT = "knotwork.mail.refuse"


def send(kind_name: str, to: str, context: dict[str, Any], *, reply_to: str = "") -> bool:
    """Write a letter of a registered kind and hand it to the quick worker; ``False`` if its reader refused the kind.

    The letter is stored in the caller's transaction: it goes if and only if the write that caused it is kept.
    """
    from knotwork.core.mail.tasks import deliver

    kind = kind_named(kind_name)
    if kind.optional and Refusal.objects.filter(kind=kind.name, address_hash=_hash(to)).exists():
        return False
    words = {**context, "origin": settings.KNOTWORK_ORIGIN, "refuse_url": refuse_url(kind, to)}
    with transaction.atomic():
        letter = Letter.objects.create(
            kind=kind.name,
            to=to,
            reply_to=reply_to,
            subject=" ".join(render_to_string(f"{kind.template}_subject.txt", words).split())[:200],
            body=render_to_string(f"{kind.template}_body.txt", words).strip() + "\n",
        )
        deliver.enqueue(letter.pk)
    return True


def deliver_letter(letter_id: int) -> None:
    """Send one waiting letter. Without a mail server it is kept, to be read on the local mail page."""
    letter = Letter.objects.filter(pk=letter_id, state=LetterState.WAITING).first()
    if letter is None:
        return
    if not settings.KNOTWORK_MAIL_SERVER_SET:
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.KEPT, sent_at=clock.now())
        return
    try:
        _message(letter).send()
    except OSError as problem:
        tries = letter.tries + 1
        state = LetterState.FAILED if tries >= TRIES else LetterState.WAITING
        Letter.objects.filter(pk=letter.pk).update(
            tries=tries, state=state, error=f"{type(problem).__name__}"[:500]
        )
        return
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.SENT, sent_at=clock.now(), to="", reply_to="", subject="", body=""
    )


def deliver_waiting() -> int:
    """Try again what was tried in vain, or whose task was lost; how many letters were tried."""
    tried_or_lost = Q(tries__gt=0) | Q(written_at__lt=clock.now() - LOST_AFTER)
    waiting = list(
        Letter.objects.filter(tried_or_lost, state=LetterState.WAITING).values_list("pk", flat=True)
    )
    for letter_id in waiting:
        deliver_letter(letter_id)
    return len(waiting)


def forget_old_letters() -> int:
    """Remove what was not sent after a week, with its address and text; how many letters went."""
    unsent = (LetterState.KEPT, LetterState.FAILED, LetterState.WAITING)
    return Letter.objects.filter(state__in=unsent, written_at__lt=clock.now() - UNSENT_KEPT_FOR).delete()[0]


def forget_letters_to(address: str) -> None:
    """Remove every letter that still bears this address."""
    Letter.objects.filter(to__iexact=address).delete()


def refuse(token: str) -> MailKind | None:
    """Switch off one kind of mail for the reader who holds this token; ``None`` when the token is not ours."""
    try:
        kind_name, address_hash = signing.loads(token, salt=_SALT)
        kind = kind_named(kind_name)
    except (signing.BadSignature, ValueError):
        return None
    if kind.optional:
        Refusal.objects.get_or_create(kind=kind.name, address_hash=address_hash)
    return kind


def refuse_url(kind: MailKind, to: str) -> str:
    """Where the reader of an optional kind can switch it off; empty for kinds that one cannot refuse."""
    if not kind.optional:
        return ""
    token = signing.dumps([kind.name, _hash(to)], salt=_SALT)
    return f"{settings.KNOTWORK_ORIGIN}{reverse('refuse_mail', args=[token])}"


def _hash(address: str) -> str:
    return keyed_hash("mail", address.strip().lower())


def _message(letter: Letter) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated"}
    url = refuse_url(kind_named(letter.kind), letter.to)
    if url:
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
