"""Those who take part: how many they are, and what one of them answered."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.conversations.models import (
    Conversation,
    Participant,
    StatementState,
    Vote,
)
from knotwork.core.pages.numbers import number_in_words


def who_answered() -> QuerySet[Participant]:
    return Participant.objects.filter(Exists(Vote.objects.filter(participant=OuterRef("pk"))))


def people_in_words(count: int, *, exact: bool = False) -> str:
    """How many took part, as it may be said in public: rounded to five, and nothing exact below five.

    Where the votes themselves are published, the number is given as it is.
    """
    smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    if count == 0:
        return _("Nobody has answered yet.")
    if exact:
        words = ngettext("%(count)s person took part.", "%(count)s people took part.", count)
        return words % {"count": number_in_words(count)}
    if count < smallest:
        return _("A few people have taken part.")
    rounded = smallest * round(count / smallest)
    return _("About %(count)s people have taken part.") % {"count": number_in_words(rounded)}


def people_who_answered(conversation: Conversation) -> int:
    """How many have answered at least one statement; exact, so not for a public page as it is."""
    return who_answered().filter(conversation=conversation).count()


def answers_of(participant: Participant) -> "QuerySet[Vote]":
    """What she answered, the latest first, with the statements that are still shown."""
    live = Vote.objects.filter(participant=participant, statement__state=StatementState.LIVE)
    return live.select_related("statement").order_by("-at", "-pk")
