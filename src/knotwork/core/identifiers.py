"""Public identifiers: UUIDv7, hard to guess, and still sorted by the time they were made."""

from uuid import UUID

import uuid_utils


def new_public_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562) as a standard ``uuid.UUID``."""
    return UUID(bytes=uuid_utils.uuid7().bytes)
