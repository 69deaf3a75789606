"""Letters about the decision and notes on it: the team writes and answers, authors read and write back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.calls import rules, services
from knotwork.calls.decision_forms import AppealAnswerForm, AppealForm, LetterForm
from knotwork.calls.decision_queries import appeal_view, appeals_of, letters_are_sent, letters_of
from knotwork.calls.models import Appeal, FeedbackLetter
from knotwork.calls.queries import moment_words
from knotwork.calls.rules import Act, BidAct
from knotwork.calls.views.found import (
    FormPage,
    OpenedBid,
    OpenedCall,
    answer_form,
    bid_surroundings,
    call_surroundings,
    for_bid_act,
    for_call_act,
    posted,
)
from knotwork.core.pages.forms import PlainForm

DONE = {
    "edited": gettext_lazy("The letter is changed."),
    "sent": gettext_lazy("The letters are sent, and the chosen bids are places."),
    "answered": gettext_lazy("The answer is on its way to the authors."),
    "noted": gettext_lazy("Your note is with the team. You read the answer here, and in a letter."),
}


@require_safe
@for_call_act(Act.READ_LETTERS)
def letters(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """All letters, to read once more before they go."""
    title = _("Letters")
    is_sent = letters_are_sent(found.row)
    context = call_surroundings(found, title) | {
        "page_title": _("Letters about the decision on “%(call)s”") % {"call": found.row.title},
        "page_description": _("One letter to the authors of each bid, sent all together."),
        "letters": letters_of(found.row),
        "is_sent": is_sent,
        "may_write": not is_sent and bool(rules.may(found.viewer, Act.WRITE_LETTERS, found.row)),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "calls/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.WRITE_LETTERS)
def letter(request: HttpRequest, found: OpenedCall, letter: UUID) -> HttpResponse:
    """Change one letter."""
    row = FeedbackLetter.objects.select_related("bid").filter(public_id=letter, bid__call=found.row).first()
    if row is None:
        raise Http404
    form = LetterForm(posted(request), initial={"words": row.words})
    lede = _("It was put together from the decision and the reviewers' reasons. Write it as you would speak.")
    page = FormPage(row.bid.place_name, lede, _("Save"), "edited")

    def write() -> str:
        services.edit_letter(letter, form.cleaned_data["words"], by=found.viewer)
        return f"{_letters_url(found)}?done=edited"

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.WRITE_LETTERS)
def send(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Send them all, once."""
    count = sum(not each.sent for each in letters_of(found.row))
    words = ngettext(
        "%(count)d letter goes to the authors now, and the chosen bid becomes a place. This happens once.",
        "%(count)d letters go to the authors now, and the chosen bids become places. This happens once.",
        count,
    )
    page = FormPage(_("Send the letters"), words % {"count": count}, _("Send them now"), "sent")

    def write() -> str:
        services.send_letters(found.row.public_id, by=found.viewer)
        return f"{_letters_url(found)}?done=sent"

    return answer_form(request, page, PlainForm(posted(request)), found, write)


@require_safe
@for_call_act(Act.ANSWER_APPEALS)
def appeals(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """All notes on the decision; those that wait come first."""
    title = _("Notes on the decision")
    context = call_surroundings(found, title) | {
        "page_title": title,
        "page_description": _("What authors think was mistaken, and what the team answers."),
        "appeals": appeals_of(found.row),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "calls/appeals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.ANSWER_APPEALS)
def answer_appeal(request: HttpRequest, found: OpenedCall, appeal: UUID) -> HttpResponse:
    """Answer a note."""
    row = Appeal.objects.select_related("bid").filter(public_id=appeal, bid__call=found.row).first()
    if row is None:
        raise Http404
    form = AppealAnswerForm(posted(request))
    page = FormPage(
        _("Answer to %(place)s") % {"place": row.bid.place_name}, row.words, _("Send the answer"), "answered"
    )

    def write() -> str:
        services.answer_appeal(appeal, form.cleaned_data["answer"], by=found.viewer)
        url = reverse("calls:appeals", args=[found.programme.slug, found.row.slug])
        return f"{url}?done=answered"

    return answer_form(request, page, form, found, write)


@require_safe
@for_bid_act(BidAct.READ_LETTER)
def bid_letter(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """The letter as its authors read and print it, with their note and its answer."""
    row = FeedbackLetter.objects.filter(bid=found.row, sent_at__isnull=False).first()
    if row is None or row.sent_at is None:
        raise Http404
    appeal = Appeal.objects.select_related("bid__call__programme").filter(bid=found.row).first()
    title = _("The decision on your bid")
    context = bid_surroundings(found, title) | {
        "page_title": title,
        "page_description": _("The outcome, the reason, and what reviewers wrote."),
        "letter": row,
        "sent": moment_words(found.row.call, row.sent_at),
        "appeal": None if appeal is None else appeal_view(appeal),
        "may_appeal": appeal is None and bool(rules.may_with_bid(found.viewer, BidAct.APPEAL, found.row)),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "calls/bid_letter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_bid_act(BidAct.APPEAL)
def bid_appeal(request: HttpRequest, found: OpenedBid) -> HttpResponse:
    """The one note of a bid."""
    form = AppealForm(posted(request))
    lede = _(
        "A note is for a mistake of fact or of procedure. Each bid has one, for all who write it; the team reads it "
        "and answers. It is not a second chance to bid."
    )
    page = FormPage(_("A note on the decision"), lede, _("Send the note"), "noted")

    def write() -> str:
        services.write_appeal(found.row.public_id, form.cleaned_data["words"], by=found.viewer)
        return f"{found.url}letter/?done=noted"

    return answer_form(request, page, form, found, write)


def _letters_url(found: OpenedCall) -> str:
    return reverse("calls:letters", args=[found.programme.slug, found.row.slug])
