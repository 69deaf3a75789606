"""What views answer with: read this page next, take this table or this picture away."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse, HttpResponseRedirect

from knotwork.drawing.download import png, standalone_svg
from knotwork.drawing.picture import Picture
from knotwork.formats.sheets import MEDIA_TYPE, Sheet, write_sheets

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SeeOther(HttpResponseRedirect):
    """303: after a form was taken, read this page."""

    status_code = 303


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV for people's spreadsheets: missing cells empty, words never taken for formulas."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """The same as a file to take away; ``name`` without its ending."""
    response = HttpResponse(csv_text(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def workbook_file(sheets: Sequence[Sheet], name: str) -> HttpResponse:
    """Tables as one workbook to take away; ``name`` without its ending."""
    response = HttpResponse(write_sheets(sheets), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def picture_file(picture: Picture, kind: str, name: str, *, credit: str = "") -> HttpResponse:
    """A picture with its colours written in (``svg``) or as pixels (``png``); ``name`` without its ending."""
    if kind == "svg":
        response = HttpResponse(standalone_svg(picture, credit=credit), content_type="image/svg+xml")
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    else:
        response = HttpResponse(png(picture, credit=credit), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _cell(value: object) -> object:
    """``true`` and ``false`` in small letters; an apostrophe before words that look like a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
