"""Limits per participant, account or form, shared by all processes because they live in the database."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from knotwork.core import clock
from knotwork.core.limits.models import Attempt

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most ``most`` attempts in any ``per``."""

    kind: str
    most: int
    per: timedelta


def keyed_hash(purpose: str, value: str) -> str:
    """HMAC-SHA256 of ``value`` under the installation's key, apart for each purpose; 64 hex digits."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def address_of(request: HttpRequest) -> str:
    """The client's address as far as it can be known: the proxy's word only where a proxy is declared."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.KNOTWORK_BEHIND_PROXY and forwarded:
        return str(forwarded.split(",")[-1].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def attempt(limit: Limit, who: str) -> bool:
    """Count one attempt; ``False`` when this one is past the limit (it is then not counted, so waiting helps)."""
    hashed = keyed_hash(limit.kind, who)
    moment = clock.now()
    with transaction.atomic():
        recent = Attempt.objects.filter(kind=limit.kind, who=hashed, at__gt=moment - limit.per)
        if recent.count() >= limit.most:
            return False
        Attempt.objects.create(kind=limit.kind, who=hashed, at=moment)
    return True


def sweep() -> int:
    """Forget attempts older than a day; how many went."""
    return Attempt.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]
