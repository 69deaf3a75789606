"""The number of the request that is being answered, for the log, the header and the error page."""

import secrets
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The number of this request, or an empty string outside of one."""
    return _current.get()


def begin() -> str:
    """A fresh number. Nothing from outside is taken over: a stranger's header would write into our log."""
    number = secrets.token_hex(8)
    _current.set(number)
    return number


def end() -> None:
    """Forget the number, so that work after the answer is not written under it."""
    _current.set("")
