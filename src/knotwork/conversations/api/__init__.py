"""This room's door for programs: reading public results, and taking part without an account."""

from ninja import Router

from knotwork.conversations.api.reading import router as reading
from knotwork.conversations.api.taking_part import router as taking_part

__all__ = ["router"]

router = Router(tags=["conversations"])
router.add_router("", reading)
router.add_router("", taking_part)
