"""A refusal as a program reads it: one shape for all, with the same reason that a page would give."""

from http import HTTPStatus

from ninja import Schema
from pydantic import Field

__all__ = ["REFUSALS", "WITH_A_BODY", "Refusal"]


class Refusal(Schema):
    """Why something was not done. Nothing of it was written."""

    status: int = Field(description="The status of the answer, again.", examples=[404])
    reason: str = Field(description="What is wrong and what to do next, in a sentence for people.")


REFUSALS = {
    HTTPStatus.NOT_FOUND: Refusal,
    HTTPStatus.UNPROCESSABLE_ENTITY: Refusal,
    HTTPStatus.TOO_MANY_REQUESTS: Refusal,
}
"""What any address may answer instead: not there, not understood, too fast."""

WITH_A_BODY = REFUSALS | {HTTPStatus.BAD_REQUEST: Refusal, HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Refusal}
"""The same where something is sent: it may be no JSON, or too much of it."""
