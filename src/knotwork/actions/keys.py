"""The two sets of keys to what must change around a try-out, each with the question that it asks.

The first set is what holds things in place from day to day. The second is the four keys to changing a whole system
(Charles Leadbeater and Jennie Winhall, *Building Better Systems*, 2020), so that an idea goes beyond a product.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.actions.models import ChangeKey


@dataclass(frozen=True)
class KeySet:
    """Four keys with what they have in common."""

    title: str | Promise
    keys: tuple[ChangeKey, ...]


QUESTIONS: dict[ChangeKey, Promise] = {
    ChangeKey.MONEY: _("Who pays, who saves, and must that change?"),
    ChangeKey.RULES: _("Which rule or contract stands in the way?"),
    ChangeKey.DATA: _("Who must know what, and who must tell them?"),
    ChangeKey.HABITS: _("What do people do because it was always done so?"),
    ChangeKey.PURPOSE: _("What is all of this for, and does everybody mean the same?"),
    ChangeKey.POWER: _("Who decides, and who should?"),
    ChangeKey.RELATIONSHIPS: _("Who must come to trust or to work with whom?"),
    ChangeKey.RESOURCES: _("Which people, rooms or skills are there and not used?"),
}

KEY_SETS = (
    KeySet(
        _("What holds things in place"),
        (ChangeKey.MONEY, ChangeKey.RULES, ChangeKey.DATA, ChangeKey.HABITS),
    ),
    KeySet(
        _("What turns a whole system"),
        (ChangeKey.PURPOSE, ChangeKey.POWER, ChangeKey.RELATIONSHIPS, ChangeKey.RESOURCES),
    ),
)
