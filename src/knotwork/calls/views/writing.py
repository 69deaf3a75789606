"""A bid is begun, written section by section, read, printed, handed in, taken back, withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.calls import rules, services
from knotwork.calls.addresses import bid_url
from knotwork.calls.completeness import count_words, gaps_of
from knotwork.calls.decision_queries import place_of_bid
from knotwork.calls.forms import AboutForm, KnottyForm, SectionForm, WithdrawBidForm
from knotwork.calls.knotty import how_knotty
from knotwork.calls.models import Answer, Bid
from knotwork.calls.queries import deadline_words, moment_words
from knotwork.calls.rules import BidAct
from knotwork.calls.services import BidWords
from knotwork.calls.views.found import (
    FormPage,
    OpenedBid,
    answer_form,
    bid_surroundings,
    for_bid_act,
    opened_call,
    posted,
)
from knotwork.calls.views.looking import verdict_context
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.forms import PlainForm
from knotwork.core.rules import Refused, require

DONE = {
    "begun": gettext_lazy("Your bid is begun. Write it in any order; everything is kept."),
    "saved": gettext_lazy("It is saved."),
    "partner": gettext_lazy("The partners are written down."),
    "author": gettext_lazy("It is written down. Whoever is new gets a letter with the way in."),
    "board": gettext_lazy("The board is asked. A letter is on its way."),
    "signed": gettext_lazy("Thank you. The bid is signed for the board."),
    "file": gettext_lazy("The files are changed."),
    "handed-in": gettext_lazy(
        "Your bid is handed in. The receipt stands below, and a letter with it is on its way."
    ),
    "taken-back": gettext_lazy(
        "You can change your bid again. It counts only when you hand it in again before the deadline."
    ),
    "withdrawn": gettext_lazy("Your bid is withdrawn. Nobody else will read it."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Begin a bid: a name is enough."""
    if viewer_of(request).is_stranger:
        return redirect_to_login(request.get_full_path())
    found = opened_call(request, programme, call)
    require(rules.may(found.viewer, rules.Act.BID, found.row))
    form = AboutForm(posted(request))

    def write() -> str:
        bid = services.begin_bid(found.row.public_id, BidWords(**form.cleaned_data), by=found.viewer)
        return f"{bid_url(found.programme.slug, found.row.slug, bid)}?done=begun"

    lede = _("A name is enough to begin. Deadline: %(deadline)s.") % {"deadline": deadline_words(found.row)}
    page = FormPage(_("Begin a bid"), lede, _("Begin"), "begun")
    return answer_form(request, page, form, found, write)


@require_safe
@for_bid_act(BidAct.READ)
def bid(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """The whole bid on one page, which prints as it stands."""
    row = found.row
    acts = rules.bid_acts_of(found.viewer, row)
    receipts = list(row.receipts.all())
    context = bid_surroundings(found) | {
        "page_title": row.place_name or _("Your bid"),
        "sections": _sections(row),
        "partners": row.partners.all(),
        "files": row.files.all(),
        "authors": row.authors.all(),
        "is_own": rules.part_of(found.viewer, row) in (rules.Part.AUTHOR, rules.Part.SIGNER),
        "sign_off": getattr(row, "sign_off", None),
        "knotty_reasons": how_knotty(row.knotty),
        "gaps": gaps_of(row) if BidAct.WRITE in acts else (),
        "receipt": receipts[-1] if receipts else None,
        "receipt_words": moment_words(row.call, receipts[-1].given_at) if receipts else "",
        "deadline": deadline_words(row.call),
        "is_sealed": row.call.opened_at is None,
        "acts": {act.value: True for act in acts},
        "place_url": place_of_bid(row, found.viewer),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "calls/bid.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WRITE)
def about(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Where the place is and what its issue is."""
    stands = {name: getattr(found.row, name) for name in BidWords.__dataclass_fields__}
    form = AboutForm(posted(request), initial=stands)
    page = FormPage(_("The place and its issue"), "", _("Save"), "saved")
    return answer_form(
        request,
        page,
        form,
        found,
        lambda: services.say_about(found.row.public_id, BidWords(**form.cleaned_data), by=found.viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WRITE)
def is_it_knotty(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Is this knotty? The answers go with the bid; whatever they say, the bid goes on."""
    form = KnottyForm(posted(request), initial=found.row.knotty)

    def write() -> None:
        said = {name: reply for name, reply in form.cleaned_data.items() if reply}
        services.say_how_knotty(found.row.public_id, said, by=found.viewer)

    lede = _("Five questions. Your answers go with the bid, and no answer ends it.")
    page = FormPage(
        _("Is this knotty?"),
        lede,
        _("Save"),
        "saved",
        "calls/knotty_of_bid.html",
        verdict_context(found.row.knotty),
    )
    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WRITE)
def section(request: HttpRequest, found: OpenedBid, question: UUID) -> HttpResponse:
    """One answer. A small module saves while somebody types; without it there is the button."""
    asked = next((each for each in found.row.call.questions.all() if each.public_id == question), None)
    if asked is None:
        raise Http404
    answer = next((each for each in found.row.answers.all() if each.question_id == asked.pk), None)
    text, revision = (answer.text, answer.revision) if answer else ("", 0)
    form = SectionForm(posted(request), initial={"text": text, "seen": revision})
    form.fields["text"].label = asked.words
    form.fields["text"].help_text = _hint(asked.guidance, asked.word_limit)
    others = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            saved = services.save_answer(
                found.row.public_id, question, said["text"], by=found.viewer, seen_revision=said["seen"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if request.headers.get("Accept") == "application/json":
                words = count_words(said["text"])
                return JsonResponse({"revision": saved.revision, "words": words, "others": saved.others})
            if not saved.others:
                return SeeOther(f"{found.url}?done=saved")
            others = saved.others
            form = SectionForm(initial={"text": said["text"], "seen": saved.revision})
            form.fields["text"].label = asked.words
    context = bid_surroundings(found, asked.words) | {
        "form": form,
        "page_title": asked.words,
        "others": others,
        "words": count_words(text),
        "limit": asked.word_limit,
        "before": found.row.answers_before.filter(question=asked)[:5],
    }
    return render(
        request, "calls/section.html", context, status=422 if form.is_bound and form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.HAND_IN)
def hand_in(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Look once more at what is missing, then hand in."""
    form = PlainForm(posted(request))
    lede = _("Deadline: %(deadline)s. Until then you can take it back and change it.") % {
        "deadline": deadline_words(found.row.call)
    }
    page = FormPage(
        _("Hand it in"),
        lede,
        _("Hand it in now"),
        "handed-in",
        "calls/hand_in.html",
        {"gaps": gaps_of(found.row)},
    )
    return answer_form(
        request, page, form, found, lambda: services.hand_in(found.row.public_id, by=found.viewer)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.TAKE_BACK)
def take_back(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Take it back to change it."""
    page = FormPage(
        _("Take it back to change it"),
        _("It counts only when you hand it in again before the deadline: %(deadline)s.")
        % {"deadline": deadline_words(found.row.call)},
        _("Take it back"),
        "taken-back",
    )
    form = PlainForm(posted(request))
    return answer_form(
        request, page, form, found, lambda: services.take_back(found.row.public_id, by=found.viewer)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.WITHDRAW)
def withdraw(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """Withdraw it for good."""
    form = WithdrawBidForm(posted(request))
    page = FormPage(
        _("Withdraw the bid"),
        _("This cannot be undone. You can begin another bid."),
        _("Withdraw it"),
        "withdrawn",
    )

    def write() -> None:
        services.withdraw_bid(found.row.public_id, form.cleaned_data["reason"], by=found.viewer)

    return answer_form(request, page, form, found, write)


def _sections(row: Bid) -> list[dict[str, Any]]:
    answers: dict[int, Answer] = {answer.question_id: answer for answer in row.answers.all()}
    where = (row.call.programme.slug, row.call.slug, row.public_id)
    return [
        {
            "question": question.words,
            "text": answers[question.pk].text if question.pk in answers else "",
            "words": count_words(answers[question.pk].text) if question.pk in answers else 0,
            "limit": question.word_limit,
            "url": reverse("calls:bid-section", args=[*where, question.public_id]),
        }
        for question in row.call.questions.all()
    ]


def _hint(guidance: str, limit: int | None) -> str:
    if limit is None:
        return guidance
    bound = _("At most %(limit)d words. They are counted when the bid is handed in.") % {"limit": limit}
    return f"{guidance} {bound}".strip()
