"""Where the golden thread is walked from one thing. The page stands on a higher floor; its address is kept for ever."""

from uuid import UUID

from django.urls import get_script_prefix


def thread_url(kind: str, public_id: UUID) -> str:
    """The page that shows what led to this thing and what it led to."""
    return f"{get_script_prefix()}thread/{kind}/{public_id}/"
