"""One JSON object per line of the log, and nobody to be found in it.

What is left out on purpose: query strings, addresses, cookies, browsers, who was signed in, and the message
of an exception (a database names the value that it refused, and that may be somebody's address). The kind of
the exception and the lines of code it passed are enough to mend it.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest

from knotwork.core.pages import request_id

_PASSED_ON = ("method", "path", "status", "ms", "analysis", "task", "kind")
_SECRET_PARTS = frozenset({"token", "key", "code", "secret", "uidb64", "signature"})
_ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_QUERY = re.compile(r"\?[^\s\"']*")
_JSON = json.JSONEncoder(ensure_ascii=False, default=str)


class JsonFormatter(logging.Formatter):
    """Formats a record for a machine to read: when, how grave, who wrote it, what, in which request."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_people(record.getMessage()),
        }
        if number := request_id.current():
            line["request_id"] = number
        line |= {name: getattr(record, name) for name in _PASSED_ON if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = _lines_passed(record.exc_info[2])
        return _JSON.encode(line)


def about(request: HttpRequest, status: int, milliseconds: int) -> dict[str, Any]:
    """What one line says about a request."""
    return {"method": request.method, "path": plain_path(request), "status": status, "ms": milliseconds}


def plain_path(request: HttpRequest) -> str:
    """The path without its query and without any part that opens a door, such as a return code."""
    match = request.resolver_match
    if match is None:
        first = request.path.split("/")[1]
        return f"/{first}" if request.path.count("/") < 2 else f"/{first}/…"
    path = request.path
    for name, value in match.kwargs.items():
        if name in _SECRET_PARTS and value:
            path = path.replace(str(value), "…")
    return path


def without_people(message: str) -> str:
    """The message without mail addresses and query strings."""
    return _QUERY.sub("", _ADDRESS.sub("[address]", message))


def _lines_passed(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-20:]]
