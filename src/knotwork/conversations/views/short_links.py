"""From a short link to its question."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from knotwork.conversations.queries import address_of
from knotwork.conversations.short_links import conversation_by_short_code
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther


@require_safe
def short_link(request: HttpRequest, short_code: str) -> HttpResponse:
    """Lead on to the question; 'page not found' for a code that is not one, or that the viewer may not follow."""
    where = conversation_by_short_code(short_code, viewer_of(request))
    if where is None:
        raise Http404
    return SeeOther(address_of(where))
