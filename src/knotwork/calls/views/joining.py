"""Who writes, who would take part, who signs, and the files of a bid."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotwork.calls import services
from knotwork.calls.deadlines import local_in
from knotwork.calls.forms import (
    AuthorForm,
    AuthorWordsForm,
    BidPartnerForm,
    BoardForm,
    ComeInForm,
    FileForm,
    SignForm,
)
from knotwork.calls.rules import Act, BidAct, may
from knotwork.calls.services import AuthorWords, SignatureWords
from knotwork.calls.views.found import (
    FormPage,
    OpenedBid,
    answer_form,
    for_bid_act,
    opened_call,
    posted,
)
from knotwork.core import clock
from knotwork.core.limits.services import address_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require
from knotwork.core.uploads.kinds import kind_of
from knotwork.core.uploads.models import Upload
from knotwork.core.uploads.services import open_stored


@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """For whoever wants to bid and has no account: her address, and then the way of everybody who signs in."""
    found = opened_call(request, programme, call)
    begin = reverse("calls:begin", args=[programme, call])
    if not found.viewer.is_stranger:
        return SeeOther(begin)
    require(may(found.viewer, Act.BID, found.row))
    form = ComeInForm(posted(request))
    lede = _("A bid is written by people, so each of them signs in. Say where we can write to you.")
    page = FormPage(_("Begin a bid"), lede, _("Go on"), "begun")

    def write() -> str:
        services.come_in(found.row.public_id, form.cleaned_data["email"], address_of(request))
        return f"{reverse('account_request_login_code')}?{urlencode({'next': begin})}"

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WRITE)
def add_partner(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """An organisation, and what it brings."""
    form = BidPartnerForm(posted(request))
    lede = _(
        "Money, rooms, or people's time. Help in kind counts like money, and it may be without an amount."
    )
    page = FormPage(_("Add a partner"), lede, _("Add it"), "partner")

    def write() -> None:
        services.add_partner(found.row.public_id, form.words(found.row.call.currency), by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_POST
@for_bid_act(BidAct.WRITE)
def end_partner(_request: HttpRequest, found: OpenedBid, partner: UUID) -> HttpResponse:
    """Take a partner out again."""
    services.end_partner(found.row.public_id, partner, by=found.viewer)
    return SeeOther(f"{found.url}?done=partner#partners")


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WRITE)
def add_author(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Somebody who writes along."""
    form = AuthorForm(posted(request))
    page = FormPage(
        _("Add somebody who writes along"),
        _("They can change everything in this bid."),
        _("Add them"),
        "author",
    )

    def write() -> None:
        said = dict(form.cleaned_data)
        services.add_author(found.row.public_id, said.pop("email"), AuthorWords(**said), by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WRITE)
def say_of_author(request: HttpRequest, found: OpenedBid, author: UUID) -> HttpResponse:
    """Where an author works, and whether she would lead."""
    known = next((each for each in found.row.authors.all() if each.public_id == author), None)
    if known is None:
        raise Http404
    form = AuthorWordsForm(
        posted(request), initial={"organisation": known.organisation, "is_lead": known.is_lead}
    )
    page = FormPage(
        known.person.email, _("Two people of two organisations lead a place together."), _("Save"), "author"
    )

    def write() -> None:
        services.say_of_author(found.row.public_id, author, AuthorWords(**form.cleaned_data), by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_POST
@for_bid_act(BidAct.WRITE)
def end_author(_request: HttpRequest, found: OpenedBid, author: UUID) -> HttpResponse:
    """Somebody no longer writes along; whoever takes herself out goes back to the call."""
    is_herself = any(
        each.public_id == author and each.person_id == found.viewer.person_id
        for each in found.row.authors.all()
    )
    services.end_author(found.row.public_id, author, by=found.viewer)
    call = found.url.split("bids/", 1)[0]
    return SeeOther(call if is_herself else f"{found.url}?done=author#authors")


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WRITE)
def ask_board(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Ask a member of the sponsor's board to sign."""
    form = BoardForm(posted(request))
    lede = _("Ask when the words stand: what is changed afterwards has to be signed again.")
    page = FormPage(_("Ask the board to sign"), lede, _("Ask"), "board")

    def write() -> None:
        said = form.cleaned_data
        services.ask_board(found.row.public_id, said["email"], said["board"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.SIGN)
def sign(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Sign for the board."""
    today = local_in(found.programme.time_zone, clock.now()).date()
    form = SignForm(posted(request), initial={"signed_on": today})
    board = found.row.sign_off.board
    page = FormPage(
        _("Sign for the board"),
        _("You sign for: %(board)s. Please read the bid first; the link at the top leads to it.")
        % {"board": board},
        _("Sign"),
        "signed",
    )

    def write() -> None:
        said = form.cleaned_data
        services.sign(
            found.row.public_id, SignatureWords(said["name"], said["signed_on"], said["how"]), by=found.viewer
        )

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WRITE)
def add_file(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Put a file to the bid."""
    form = FileForm(posted(request), request.FILES or None)
    page = FormPage(_("Add a file"), "", _("Add it"), "file", "calls/file.html")

    def write() -> None:
        services.add_file(found.row.public_id, form.cleaned_data["file"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_safe
@for_bid_act(BidAct.READ)
def file(_request: HttpRequest, found: OpenedBid, file: UUID) -> HttpResponseBase:
    """A file of the bid, for whoever reads the bid; never run by a browser."""
    kept = next((each for each in found.row.files.all() if each.public_id == file), None)
    upload = None if kept is None else Upload.objects.filter(public_id=kept.upload).first()
    if upload is None:
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


@require_POST
@for_bid_act(BidAct.WRITE)
def end_file(_request: HttpRequest, found: OpenedBid, file: UUID) -> HttpResponse:
    """Take a file out again."""
    services.end_file(found.row.public_id, file, by=found.viewer)
    return SeeOther(f"{found.url}?done=file#files")
