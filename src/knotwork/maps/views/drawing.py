"""Draw on a map by forms: factors, perspectives, links, and names for loops."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.core.pages.answers import SeeOther
from knotwork.maps import services
from knotwork.maps.addresses import factor_url, map_url
from knotwork.maps.forms import FactorForm, LinkForm, LoopForm, PerspectiveForm, ReasonForm
from knotwork.maps.queries import factors_of
from knotwork.maps.rules import Act
from knotwork.maps.services import FactorWords
from knotwork.maps.views.found import (
    FormPage,
    Opened,
    answer_form,
    around_form,
    for_writers,
    found_factor,
    posted,
)
from knotwork.maps.words import link_in_words, loop_in_words

_ASK = require_http_methods(["GET", "HEAD", "POST"])


@_ASK
@for_writers(Act.DRAW)
def add_factor(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Put a factor on the map."""
    page = FormPage(
        _("Add a factor"),
        _("A factor is something that can be more or less. Draw its links next."),
        _("Add it"),
        map_url(opened.map),
    )

    def write(words: dict[str, Any]) -> str:
        made = services.add_factor(opened.map.pk, words["label"], note=words["note"], by=opened.viewer)
        return factor_url(opened.map, made)

    return answer_form(request, page, FactorForm(posted(request)), around_form(opened, page), write)


@_ASK
@for_writers(Act.DRAW)
def change_factor(request: HttpRequest, opened: Opened, factor: UUID) -> HttpResponse:
    """Call a factor something else."""
    one = found_factor(opened.merged, factor)
    here = factor_url(opened.map, factor)
    page = FormPage(_("Change its words"), _("Its links stay as they are."), _("Save"), here)
    form = FactorForm(posted(request), initial={"label": one.label, "note": one.note})

    def write(words: dict[str, Any]) -> str:
        services.change_factor(opened.map.pk, factor, FactorWords(**words), by=opened.viewer)
        return here

    return answer_form(request, page, form, around_form(opened, page, (one.label, here)), write)


@_ASK
@for_writers(Act.DRAW)
def withdraw_factor(request: HttpRequest, opened: Opened, factor: UUID) -> HttpResponse:
    """Take a factor off the map."""
    one = found_factor(opened.merged, factor)
    here = factor_url(opened.map, factor)
    page = FormPage(
        _("Take it off the map"),
        _("The factor and its links are no longer shown. What people drew is kept."),
        _("Take it off"),
        here,
        is_stop=True,
    )

    def write(words: dict[str, Any]) -> str:
        services.withdraw_factor(opened.map.pk, factor, words["reason"], by=opened.viewer)
        return map_url(opened.map)

    context = around_form(opened, page, (one.label, here))
    return answer_form(request, page, ReasonForm(posted(request)), context, write)


@_ASK
@for_writers(Act.DRAW)
def add_perspective(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A view of its own on the same map."""
    page = FormPage(
        _("Add a perspective"),
        _("One person's view, or that of people at one table. It is kept whole, whatever others draw."),
        _("Add it"),
        map_url(opened.map),
    )

    def write(words: dict[str, Any]) -> str:
        made = services.add_perspective(opened.map.pk, words["name"], words["people"], by=opened.viewer)
        return map_url(opened.map, "perspective", made)

    return answer_form(request, page, PerspectiveForm(posted(request)), around_form(opened, page), write)


@_ASK
@for_writers(Act.DRAW)
def change_perspective(request: HttpRequest, opened: Opened, perspective: UUID) -> HttpResponse:
    """Put right what a perspective is called, and how many people drew it."""
    one = next((one for one in opened.merged.perspectives if one.public_id == perspective), None)
    if one is None:
        raise Http404
    here = map_url(opened.map, "perspective", perspective)
    page = FormPage(_("Change its words"), _("What it drew stays as it is."), _("Save"), here)
    form = PerspectiveForm(posted(request), initial={"name": one.name, "people": one.people})

    def write(words: dict[str, Any]) -> str:
        services.change_perspective(
            opened.map.pk, perspective, words["name"], words["people"], by=opened.viewer
        )
        return here

    return answer_form(request, page, form, around_form(opened, page, (one.name, here)), write)


@_ASK
@for_writers(Act.DRAW)
def add_link(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Draw a link in one perspective."""
    asked = {name: request.GET.get(name, "") for name in ("perspective", "source", "target")}
    page = FormPage(
        _("Draw a link"),
        _("A link says: if there is more of this, there will be more or less of that."),
        _("Draw it"),
        map_url(opened.map),
    )
    form = LinkForm(
        posted(request),
        initial=asked,
        perspectives=[(str(one.public_id), one.name) for one in opened.merged.perspectives],
        factors=factors_of(opened.map.public_id, opened.viewer),
    )

    def write(words: dict[str, Any]) -> str:
        ends = (UUID(words.pop("perspective")), UUID(words.pop("source")), UUID(words.pop("target")))
        services.add_link(opened.map.pk, *ends, **words, by=opened.viewer)
        return map_url(opened.map, "perspective", ends[0])

    context = around_form(opened, page) | {
        "needs_perspective": not opened.merged.perspectives,
        "needs_factors": len(opened.merged.factors) < 2,
    }
    return answer_form(request, page, form, context, write)


@_ASK
@for_writers(Act.DRAW)
def withdraw_link(request: HttpRequest, opened: Opened, link: UUID) -> HttpResponse:
    """Take back a link of one perspective."""
    found = next(((one, said) for one in opened.merged.links for said in one.said if said.link == link), None)
    if found is None:
        raise Http404
    (one, said), by_key = found, opened.merged.by_key
    here = map_url(opened.map, "perspective", said.perspective.public_id)
    page = FormPage(
        _("Take a link back"),
        link_in_words(by_key[one.source].label, by_key[one.target].label, said.sign),
        _("Take it back"),
        here,
        is_stop=True,
    )

    def write(words: dict[str, Any]) -> str:
        services.withdraw_link(opened.map.pk, link, words["reason"], by=opened.viewer)
        return here

    context = around_form(opened, page, (said.perspective.name, here))
    return answer_form(request, page, ReasonForm(posted(request)), context, write)


@_ASK
@for_writers(Act.DRAW)
def name_loop(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Give the loop that the address names a name; ``loop`` is how it stands in files."""
    keys = request.GET.get("loop", "").split(">")
    by_key = opened.merged.by_key
    if not all(key in by_key for key in keys):
        raise Http404
    here = map_url(opened.map, "loops")
    words_of_loop = loop_in_words([by_key[key].label for key in keys])
    page = FormPage(_("Give a loop a name"), words_of_loop, _("Save the name"), here)

    def write(words: dict[str, Any]) -> str:
        factors = [by_key[key].public_id for key in keys]
        services.name_loop(opened.map.pk, factors, words["name"], by=opened.viewer)
        return here

    context = around_form(opened, page, (_("Loops"), here))
    return answer_form(request, page, LoopForm(posted(request)), context, write)


@require_POST
@for_writers(Act.DRAW)
def unname_loop(request: HttpRequest, opened: Opened, loop: UUID) -> HttpResponse:
    """Take the name of a loop back."""
    services.unname_loop(opened.map.pk, loop, by=opened.viewer)
    return SeeOther(map_url(opened.map, "loops"))
