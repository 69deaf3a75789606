"""Showing a conversation to a room: its results sway whoever has not answered, so that they were shown is on record."""

from datetime import datetime, timedelta

from django.db import transaction

from knotwork.conversations import room_rules
from knotwork.conversations.models import Conversation
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.models import Event
from knotwork.core.events.services import record
from knotwork.core.rules import require

SHOWN = "conversation.shown_to_a_room"
ONE_MEETING = timedelta(hours=12)


def show_results_to_a_room(conversation: Conversation, *, by: Viewer) -> None:
    """Put results on the big screen while people can still answer; everybody can read that it was done."""
    with transaction.atomic():
        require(room_rules.can_put_on_screen(by, conversation))
        record(
            SHOWN,
            subject_kind="conversation",
            subject_id=conversation.public_id,
            by=by,
            programme=conversation.programme.public_id,
            place=conversation.place.public_id if conversation.place else None,
        )


def shown_to_a_room_at(conversation: Conversation) -> list[datetime]:
    """When results were put on a screen while the conversation was open, the earliest first."""
    shown = Event.objects.about("conversation", conversation.public_id).filter(verb=SHOWN)
    return list(shown.order_by("at").values_list("at", flat=True))


def is_shown_to_a_room_now(conversation: Conversation) -> bool:
    """Whether its hosts chose to show results within the length of one meeting."""
    return any(moment > clock.now() - ONE_MEETING for moment in shown_to_a_room_at(conversation))
