"""What every table and column that can be taken away means."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.conversations.data_dictionary import HEADER, TABLES, lines


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """The page, table by table."""
    columns = [_("Column"), _("Meaning"), _("Unit"), _("Rounding")]
    context = {
        "tables": [
            (table, [(one.name, one.meaning, one.unit, one.rounding) for one in table.columns])
            for table in TABLES
        ],
        "columns": columns,
        "crumbs": [(_("Listen"), reverse("conversations:list")), (_("Data dictionary"), "")],
        "page_title": _("Data dictionary"),
        "page_description": _(
            "What every table and column that can be taken away means, and how it is rounded."
        ),
    }
    return render(request, "conversations/dictionary.html", context)


@require_safe
def dictionary_csv(request: HttpRequest) -> HttpResponse:
    """The same as one table."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([HEADER, *lines()])
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-dictionary.csv"'
    return response
