"""What a place page shows of this room."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.conversations.queries import ListedConversation, conversations_for
from knotwork.conversations.results.reach import not_heard_in
from knotwork.conversations.rules import Phase
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.panels import Link, Panel

SHOWN = 3


def place_panel(place_public_id: UUID, viewer: Viewer) -> Panel:
    """The conversations of this place that the viewer may see: how many, which are open, and where to go."""
    listed = [row for row in conversations_for(viewer, place=place_public_id) if row.phase is not Phase.DRAFT]
    if not listed:
        nothing = _(
            "Nobody has been asked here yet. A conversation lets everybody say what they think in a minute."
        )
        return Panel(
            "conversations",
            _("Listen"),
            (nothing,),
            (Link(_("See conversations"), reverse("conversations:list")),),
        )
    open_now = sum(row.phase is Phase.OPEN for row in listed)
    sentences = [
        ngettext("%(count)d conversation.", "%(count)d conversations.", len(listed)) % {"count": len(listed)}
    ]
    if open_now:
        words = ngettext("%(count)d is open now.", "%(count)d are open now.", open_now)
        sentences.append(words % {"count": open_now})
    sentences += [f"“{row.question}” {row.people}" for row in listed[:SHOWN]]
    sentences += filter(
        None, [not_heard_in(row.public_id) for row in listed[:SHOWN] if row.phase is Phase.CLOSED]
    )
    return Panel("conversations", _("Listen"), tuple(sentences), tuple(_link(row) for row in listed[:SHOWN]))


def _link(row: ListedConversation) -> Link:
    if row.phase is Phase.OPEN and not row.by_invitation:
        return Link(_("Answer: %(question)s") % {"question": row.question}, row.url)
    return Link(_("Read: %(question)s") % {"question": row.question}, row.about_url)
