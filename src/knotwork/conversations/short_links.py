"""The way to a question from paper, a poster or a screen: a link short enough to type, and the same as a square."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from knotwork.conversations.codes import understood_short
from knotwork.conversations.models import Conversation
from knotwork.conversations.queries import conversations
from knotwork.core.accounts.viewer import Viewer
from knotwork.drawing.qr_code import qr_code


@dataclass(frozen=True)
class ShortLink:
    """``address`` is whole, ``shown`` is what somebody types, ``square`` is the QR code as SVG."""

    address: str
    shown: str
    square: SafeString


def short_link_of(conversation: Conversation) -> ShortLink:
    """The short link of a conversation, for whoever holds it in her hand or sees it on a wall."""
    address = settings.KNOTWORK_ORIGIN + reverse("conversations:short-link", args=[conversation.short_code])
    shown = address.removeprefix(f"{urlsplit(address).scheme}://")
    square = qr_code(
        address,
        name="short-link",
        title=_("QR code"),
        description=_("It leads to %(link)s.") % {"link": shown},
    )
    return ShortLink(address, shown, mark_safe(square))  # noqa: S308 - drawn by us


def conversation_by_short_code(typed: str, viewer: Viewer) -> Conversation | None:
    """The conversation whose short code was typed; ``None`` when there is none that the viewer may see."""
    rows = conversations().visible_to(viewer).select_related("programme", "place")
    return rows.filter(short_code=understood_short(typed)).first()
