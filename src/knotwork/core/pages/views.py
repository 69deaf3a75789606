from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.gallery import gallery_context

_ROBOTS = "User-agent: *\nDisallow: /house/\nDisallow: /sign-in/\nDisallow: /start/\n"


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, for administrators: to see whether a change of the stylesheet broke one."""
    if not viewer_of(request).is_administrator:
        raise PermissionDenied(_("Only administrators of this installation can see the components."))
    return render(request, "pages/gallery.html", gallery_context())


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines are welcome, except where there is nothing for readers."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """The address that browsers ask for unbidden."""
    return redirect(static("pages/touch-icon.png"))
