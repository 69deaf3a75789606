"""Leave an address for one letter with the results, or take it out again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from knotwork.conversations import rules, services
from knotwork.conversations.forms import AddressForm
from knotwork.conversations.queries import address_of
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.views.browser import remember
from knotwork.conversations.views.here import Here, here_in
from knotwork.core.limits.services import address_of as network_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.errors import SlowDown
from knotwork.core.pages.languages import OF_THE_WHOLE_HOUSE, in_the_readers_language, plain_code


@in_the_readers_language
@never_cache
@sensitive_post_parameters("email")
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """One form with two buttons. What is answered tells nobody whether an address was there."""
    here = here_in(request, programme, conversation)
    form = AddressForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(here, form, 422 if form.is_bound else 200)
    address, just = form.cleaned_data["email"], "taken-out"
    try:
        if request.POST.get("wish") == "take-out":
            services.take_address_out(here.conversation, address)
        else:
            just = "asked"
            services.ask_for_result_letter(
                here.conversation,
                address,
                plain_code(translation.get_language() or OF_THE_WHOLE_HOUSE),
                token=here.token,
                network=network_of(request),
            )
    except (NotTaken, SlowDown) as refusal:
        form.add_error("email", refusal.reason)
        return _page(here, form, 429 if isinstance(refusal, SlowDown) else refusal.status)
    return remember(request, SeeOther(f"{address_of(here.conversation, 'letter')}?just={just}"), here.token)


def _page(here: Here, form: AddressForm, status: int) -> HttpResponse:
    context = here.surroundings() | {
        "form": form,
        "just": here.request.GET.get("just", ""),
        "may_ask_for_letter": rules.can_ask_for_letter(here.conversation, here.participant),
        "page_title": _("One letter with the results"),
    }
    return render(here.request, "conversations/letter.html", context, status=status)
