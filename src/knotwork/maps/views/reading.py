"""A map for people who look: its story first, then all of it, its links and loops in words, and each factor."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.queries import SnapshotView
from knotwork.core.pages.figure import FigureView
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.strands.addresses import thread_url
from knotwork.maps.addresses import factor_url, map_url
from knotwork.maps.analyses import KIND, STORY, WHOLE, state_of
from knotwork.maps.figures import figure_of, whole_sentence
from knotwork.maps.links import link_views, links_by_factor, links_of_perspective
from knotwork.maps.loops import LoopReader
from knotwork.maps.merged import MergedMap, merged_map
from knotwork.maps.models import SystemMap
from knotwork.maps.pictures import SMALL, near_picture, perspective_picture
from knotwork.maps.queries import references_to_map
from knotwork.maps.roles import factors_by_role, role_of
from knotwork.maps.story import busiest_factor
from knotwork.maps.views.came_in import told_now
from knotwork.maps.views.found import found, found_factor, surroundings
from knotwork.maps.words import role_in_words

LOOPS_ON_A_PAGE = 40
LOOPS_OF_A_FACTOR = 5


@require_safe
@kept_until_something_happens
def read_map(request: HttpRequest, programme: str, map: str) -> HttpResponse:
    """What the map is about, opened on something that a person can read: its story, or what is near one factor."""
    row, viewer = found(request, programme, map), viewer_of(request)
    merged = merged_map(row)
    snapshot = snapshots.newest_good(KIND, row.public_id)
    context = surroundings(row, viewer) | {
        "page_description": row.question or _("How one knotty issue hangs together, as people drew it."),
        "merged": merged,
        "is_being_worked_out": bool(merged.factors) and not _is_newest(row, snapshot),
        "failure": snapshots.latest_failure(KIND, row.public_id),
        "figure": _opening_figure(row, merged, snapshot) if merged.factors else None,
        "groups": factors_by_role(row, merged),
        "contested": link_views(row, merged, merged.contested),
        "references": references_to_map(row.pk, viewer),
        "thread_url": thread_url("map", row.public_id),
        "is_small": len(merged.factors) <= SMALL,
        "came_in": told_now(request, row.public_id),
    }
    if snapshot is not None:
        reader = LoopReader(row, merged, snapshot)
        context |= {
            "counts": snapshot.result,
            "loops": reader.of(">".join(cycle) for cycle in snapshot.result["opening"]),
            "named": reader.named(),
        }
    return render(request, "maps/map.html", context)


def _is_newest(row: SystemMap, snapshot: SnapshotView | None) -> bool:
    return snapshot is not None and snapshot.input_state == state_of(row.edition)


def _opening_figure(row: SystemMap, merged: MergedMap, snapshot: SnapshotView | None) -> FigureView:
    """A small map is shown whole; of a large one the story, or, without any loop, what is near one factor."""
    if snapshot is not None:
        wanted = WHOLE if len(merged.factors) <= SMALL else STORY
        picture = snapshots.pictures(snapshot.id).get(wanted)
        if picture is not None:
            page = ("picture", wanted)
            sentence = whole_sentence(merged) if wanted == WHOLE else _story_sentence(snapshot)
            return figure_of(row, merged, picture, sentence, page, as_of=snapshot.finished_at)
    key = busiest_factor(merged)
    sentence = _("The factor with the most links, and those nearest to it.")
    near = ("factor-picture", merged.by_key[key].public_id)
    return figure_of(row, merged, near_picture(row, merged, key), sentence, near)


def _story_sentence(snapshot: SnapshotView) -> str:
    count = len(snapshot.result["opening"])
    words = ngettext(
        "%(count)d loop to begin with, drawn thick. Choose a factor to see what is near it.",
        "%(count)d loops to begin with, drawn thick. Choose a factor to see what is near it.",
        count,
    )
    return words % {"count": count}


@require_safe
@kept_until_something_happens
def whole(request: HttpRequest, programme: str, map: str) -> HttpResponse:
    """Every factor and every link in one picture."""
    row, viewer = found(request, programme, map), viewer_of(request)
    merged = merged_map(row)
    snapshot = snapshots.newest_good(KIND, row.public_id)
    picture = snapshots.pictures(snapshot.id).get(WHOLE) if snapshot else None
    figure = None
    if snapshot is not None and picture is not None:
        figure = figure_of(
            row, merged, picture, whole_sentence(merged), ("picture", WHOLE), as_of=snapshot.finished_at
        )
    context = surroundings(row, viewer, (_("The whole map"), "")) | {
        "page_description": _(
            "Every factor of the map “%(map)s” and how each leads to the others, in one picture."
        )
        % {"map": row.title},
        "figure": figure,
        "is_being_worked_out": not _is_newest(row, snapshot),
        "merged": merged,
    }
    return render(request, "maps/whole.html", context)


@require_safe
@kept_until_something_happens
def links(request: HttpRequest, programme: str, map: str) -> HttpResponse:
    """Every link in words."""
    row, viewer = found(request, programme, map), viewer_of(request)
    merged = merged_map(row)
    context = surroundings(row, viewer, (_("Every link in words"), "")) | {
        "page_description": _("What leads to more or less of what, link by link, on the map “%(map)s”.")
        % {"map": row.title},
        "groups": links_by_factor(row, merged),
        "merged": merged,
    }
    return render(request, "maps/links.html", context)


@require_safe
@kept_until_something_happens
def loops(request: HttpRequest, programme: str, map: str) -> HttpResponse:
    """The loops: those with a name, the few that cover every link in a loop, and on further pages all of them."""
    row, viewer = found(request, programme, map), viewer_of(request)
    merged = merged_map(row)
    snapshot = snapshots.newest_good(KIND, row.public_id)
    context: dict[str, Any] = surroundings(row, viewer, (_("Loops"), "")) | {
        "page_description": _("Where things go round in circles on the map “%(map)s”.") % {"map": row.title}
    }
    if snapshot is not None:
        reader = LoopReader(row, merged, snapshot)
        context |= {"counts": snapshot.result, "is_all": request.GET.get("show") == "all"}
        rows = reader.table if context["is_all"] else reader.story_rows()
        page = Paginator(range(rows.height), LOOPS_ON_A_PAGE).get_page(request.GET.get("page"))
        some = rows.slice((page.number - 1) * LOOPS_ON_A_PAGE, LOOPS_ON_A_PAGE)
        context |= {
            "page": page,
            "named": reader.named() if page.number == 1 else [],
            "loops": reader.of_rows(some),
            "story_count": reader.story_rows().height,
        }
    return render(request, "maps/loops.html", context)


@require_safe
@kept_until_something_happens
def factor(request: HttpRequest, programme: str, map: str, factor: UUID) -> HttpResponse:
    """One factor: what is near it as a picture, what changes it and what it changes in words, its loops."""
    row, viewer = found(request, programme, map), viewer_of(request)
    merged = merged_map(row)
    one = found_factor(merged, factor)
    snapshot = snapshots.newest_good(KIND, row.public_id)
    figure = figure_of(
        row,
        merged,
        near_picture(row, merged, one.key),
        _("This factor and those nearest to it, nine at most. Choose one to go on."),
        ("factor-picture", one.public_id),
    )
    context = surroundings(row, viewer, (one.label, "")) | {
        "page_description": _("What leads to it and what it leads to, on the map “%(map)s”.")
        % {"map": row.title},
        "factor": one,
        "figure": figure,
        "role": role_in_words(role_of(merged, one.key)),
        "into": link_views(row, merged, merged.links_into(one.key)),
        "out_of": link_views(row, merged, merged.links_out_of(one.key)),
        "thread_url": thread_url("factor", one.public_id),
    }
    if snapshot is not None:
        reader = LoopReader(row, merged, snapshot)
        through = reader.through(one.key)
        context |= {"loop_count": through.height, "loops": reader.of_rows(through.head(LOOPS_OF_A_FACTOR))}
    return render(request, "maps/factor.html", context)


@require_safe
@kept_until_something_happens
def perspective(request: HttpRequest, programme: str, map: str, perspective: UUID) -> HttpResponse:
    """What one perspective drew, whole and apart from the others."""
    row, viewer = found(request, programme, map), viewer_of(request)
    drawn = merged_map(row, only=perspective)
    if not drawn.perspectives:
        raise Http404
    one = drawn.perspectives[0]
    figure = None
    if drawn.links:
        figure = figure_of(
            row,
            drawn,
            perspective_picture(row, drawn),
            _("What this perspective drew, as it was drawn."),
            ("perspective-picture", one.public_id),
        )
    context = surroundings(row, viewer, (one.name, "")) | {
        "page_description": _("How one of those who drew the map “%(map)s” sees it.") % {"map": row.title},
        "perspective": one,
        "figure": figure,
        "links": links_of_perspective(drawn),
        "factor_urls": {one.label: factor_url(row, one.public_id) for one in drawn.factors},
        "others_url": map_url(row),
    }
    return render(request, "maps/perspective.html", context)
