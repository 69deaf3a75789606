"""How fast a program may ask: a wide limit per network, counted in each server process and written nowhere.

Reading is open to everybody, so a network address is all there is to tell readers apart; one that many people share is
still far below the limit. What is written has limits of its own, per participant, in the rooms' services.
"""

from django.core.cache import caches
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from knotwork.core import clock
from knotwork.core.limits.services import address_of, keyed_hash

ASKED_IN_A_MINUTE = 600


class PerNetwork(BaseThrottle):
    """At most ``ASKED_IN_A_MINUTE`` answers to one network within a minute of the clock; its address is hashed."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this request; false when it is one too many."""
        minute = clock.now().strftime("%d %H:%M")
        key = keyed_hash(f"api pace {minute}", address_of(request))
        counts = caches["pages"]
        counts.add(key, 0, timeout=120)
        return bool(counts.incr(key) <= ASKED_IN_A_MINUTE)

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return 60.0 - clock.now().second
