"""One statement by itself: where the golden thread leads when somebody follows it back to what was said."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.conversations import rules
from knotwork.conversations.beads import statement_address, statement_at
from knotwork.conversations.fates import fate_of
from knotwork.conversations.views.found import crumbs_to, found, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.strands.addresses import thread_url


@require_safe
@kept_until_something_happens
def read_statement(request: HttpRequest, programme: str, conversation: str, statement: UUID) -> HttpResponse:
    """Its words and what became of them. How people answered stands with the results, for those who may see them."""
    where, viewer = found(request, programme, conversation), viewer_of(request)
    row = statement_at(where, statement, viewer)
    if row is None:
        raise Http404
    context = surroundings(where) | {
        "page_title": row.text,
        "page_description": _("Somebody said this when asked: %(question)s") % {"question": where.question},
        "crumbs": crumbs_to(where, _("A statement")),
        "statement": row,
        "fate": fate_of(row, viewer),
        "thread_url": thread_url("statement", row.public_id),
        "can_take_part": rules.can_take_part(where),
        "share_url": request.build_absolute_uri(statement_address(row)),
    }
    return render(request, "conversations/one_statement.html", context)
