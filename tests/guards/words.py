"""All words of an answer: its headers, its body, and what lies inside a file that is packed."""

import io
import zipfile
from typing import Any

import polars

from tests.builders import whole_body_of


def words_of(answer: Any) -> str:
    """What whoever gets this answer can read of it, with what it calls itself and where it sends."""
    return f"{dict(answer.headers)}\n{answer.cookies.output()}\n{words_in(whole_body_of(answer))}"


def words_in(content: bytes) -> str:
    """The text of a file; workbooks, documents and archives are opened, and Parquet is read."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(f"{name}\n{words_in(packed.read(name))}" for name in packed.namelist())
    if content.startswith(b"PAR1"):
        return polars.read_parquet(io.BytesIO(content)).write_json()
    return content.decode("utf-8", "replace")
