"""Links as people read them: what leads to more and what to less, and who drew it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.maps.addresses import factor_url
from knotwork.maps.merged import MergedLink, MergedMap
from knotwork.maps.models import SystemMap
from knotwork.maps.words import people_in_words


@dataclass(frozen=True)
class LinkView:
    """One link in words. ``look`` is ``more``, ``less`` or ``contested``; ``drawn_by`` says how many drew it."""

    source: str
    source_url: str
    target: str
    target_url: str
    look: str
    drawn_by: str
    divide: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LinksOfFactor:
    """A factor with what it leads to."""

    label: str
    url: str
    links: tuple[LinkView, ...]


def link_views(system_map: SystemMap, merged: MergedMap, links: Iterable[MergedLink]) -> tuple[LinkView, ...]:
    """These links in words, in the order of the words they begin and end with."""
    views = [_view(system_map, merged, link) for link in links]
    return tuple(sorted(views, key=lambda view: (view.source.casefold(), view.target.casefold())))


def links_by_factor(system_map: SystemMap, merged: MergedMap) -> list[LinksOfFactor]:
    """Every link, under the factor from which it goes out."""
    grouped: dict[str, list[LinkView]] = {}
    for view in link_views(system_map, merged, merged.links):
        grouped.setdefault(view.source_url, []).append(view)
    return [LinksOfFactor(views[0].source, url, tuple(views)) for url, views in grouped.items()]


def _view(system_map: SystemMap, merged: MergedMap, link: MergedLink) -> LinkView:
    source, target = merged.by_key[link.source], merged.by_key[link.target]
    look = "contested" if link.is_contested else "more" if link.sign > 0 else "less"
    return LinkView(
        source.label,
        factor_url(system_map, source.public_id),
        target.label,
        factor_url(system_map, target.public_id),
        look,
        _drawn_by(link),
        _divide(link) if link.is_contested else "",
        tuple((said.evidence, said.perspective.name) for said in link.said if said.evidence),
    )


def _drawn_by(link: MergedLink) -> str:
    """Nothing where the map is one drawing alone."""
    if link.n_all < 2:
        return ""
    words = ngettext(
        "drawn in %(link)d of %(all)d perspectives", "drawn in %(link)d of %(all)d perspectives", link.n_link
    )
    return words % {"link": link.n_link, "all": link.n_all}


def _divide(link: MergedLink) -> str:
    return _("%(more)s say more, %(less)s say less") % {
        "more": people_in_words(link.people_for_more),
        "less": people_in_words(link.people_for_less),
    }


@dataclass(frozen=True)
class DrawnLinkView:
    """One link of one perspective, for those who look after it."""

    link: UUID
    source: str
    target: str
    look: str
    strength: str
    evidence: str


def links_of_perspective(drawn: MergedMap) -> list[DrawnLinkView]:
    """What one perspective drew, in the order of its words."""
    views = [
        DrawnLinkView(
            said.link,
            drawn.by_key[link.source].label,
            drawn.by_key[link.target].label,
            "more" if said.sign > 0 else "less",
            strength_in_words(said.weight),
            said.evidence,
        )
        for link in drawn.links
        for said in link.said
    ]
    return sorted(views, key=lambda view: (view.source.casefold(), view.target.casefold()))


def strength_in_words(weight: float | None) -> str:
    """How strong people said a link is; nothing where they did not say."""
    if weight is None:
        return ""
    if weight <= 0.4:
        return _("a little")
    return _("clearly") if weight < 0.85 else _("strongly")
