from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.uploads.closed import is_closed
from knotwork.core.uploads.kinds import kind_of
from knotwork.core.uploads.models import Upload
from knotwork.core.uploads.services import open_stored


@require_GET
def uploaded_file(request: HttpRequest, public_id: UUID) -> FileResponse:
    """Give a file back to the one who handed it in, or to an administrator; never run by a browser.

    A file that a room keeps to itself is handed out by that room alone.
    """
    viewer = viewer_of(request)
    upload = Upload.objects.filter(public_id=public_id, withdrawn_at__isnull=True).first()
    if upload is None or viewer.is_stranger or not (viewer.is_administrator or upload.by == viewer.public_id):
        raise Http404
    if is_closed(public_id):
        raise Http404
    kind = kind_of(upload.file_name)
    response = FileResponse(
        open_stored(upload),
        as_attachment=True,
        filename=upload.file_name,
        content_type=kind.media_type if kind else "application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
