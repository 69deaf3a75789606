"""Partners, people and the ledger, as the team looks after them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.pages.answers import SeeOther
from knotwork.programmes import queries, services
from knotwork.programmes.forms import EntryForm, MemberForm, PartnerForm, WithdrawForm, with_places
from knotwork.programmes.models import Role
from knotwork.programmes.queries import ProgrammeView
from knotwork.programmes.rules import Act
from knotwork.programmes.views.team import (
    FormPage,
    answer_form,
    for_the_team,
    overview_url,
    place_choices,
    posted,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.ADD_PARTNER)
def add_partner(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Say that an organisation takes part."""
    form = with_places(PartnerForm(posted(request)), place_choices(programme, viewer))

    def write(words: dict[str, Any]) -> None:
        order = len(queries.partners_of(programme.id, words["place"])) + 1
        partner = services.Partner(words["organisation"], words["part"], words["note"], order)
        services.add_partner(programme.id, partner, place_id=words["place"], by=viewer)

    page = FormPage(
        _("Add an organisation"), _("Who takes part, and as what."), _("Add it"), "partner", "partners"
    )
    return answer_form(request, page, form, programme, write)


@require_POST
@for_the_team(Act.ADD_PARTNER)
def end_partner(
    _request: HttpRequest, programme: ProgrammeView, viewer: Viewer, partnership: int
) -> HttpResponse:
    """Take back that an organisation takes part."""
    services.end_partnership(programme.id, partnership, by=viewer)
    return SeeOther(f"{overview_url(programme.slug)}?done=partner-ended#partners")


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.GRANT_ROLE)
def invite(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Give somebody a role, by email."""
    form = with_places(MemberForm(posted(request)), place_choices(programme, viewer))

    def write(words: dict[str, Any]) -> None:
        grant = services.Grant(Role(words["role"]), words["place"], words["organisation"])
        services.invite(programme.id, words["email"], grant, by=viewer)

    page = FormPage(
        _("Invite somebody"),
        _("A role says what a person may do here. It can be ended at any time."),
        _("Invite"),
        "invited",
        "people",
    )
    return answer_form(request, page, form, programme, write)


@require_POST
@for_the_team(Act.GRANT_ROLE)
def end_role(
    _request: HttpRequest, programme: ProgrammeView, viewer: Viewer, membership: UUID
) -> HttpResponse:
    """End somebody's role."""
    services.end_membership(programme.id, membership, by=viewer)
    return SeeOther(f"{overview_url(programme.slug)}?done=ended#people")


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_LEDGER)
def add_entry(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Write in the ledger."""
    form = with_places(EntryForm(posted(request)), place_choices(programme, viewer))

    def write(words: dict[str, Any]) -> None:
        words["place_id"] = words.pop("place")
        services.add_entry(programme.id, services.Gift(**words), by=viewer)

    page = FormPage(
        _("Write in the ledger"),
        _("One thing that a partner gives. Help in kind counts like money."),
        _("Add it"),
        "entry",
        "ledger",
    )
    return answer_form(request, page, form, programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_LEDGER)
def withdraw_entry(
    request: HttpRequest, programme: ProgrammeView, viewer: Viewer, entry: UUID
) -> HttpResponse:
    """Take an entry out of the sums, with a reason."""
    ledger = queries.ledger_of(programme.id, viewer)
    shown = next((each for each in ledger.entries if each.public_id == entry), None)
    if shown is None:
        raise Http404

    def write(words: dict[str, Any]) -> None:
        services.withdraw_entry(programme.id, entry, words["reason"], by=viewer)

    page = FormPage(
        _("Take an entry out"),
        f"{shown.what}: {shown.amount_words}",
        _("Take it out"),
        "withdrawn",
        "ledger",
    )
    return answer_form(request, page, WithdrawForm(posted(request)), programme, write)
