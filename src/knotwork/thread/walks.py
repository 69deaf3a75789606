"""The golden thread around one thing, put into words and into a picture."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core import clock
from knotwork.core.pages.figure import Download, FigureView
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import Bead, label_of
from knotwork.core.strands.walk import Reached, Walk, Way
from knotwork.drawing.picture import Picture
from knotwork.drawing.thread_picture import ThreadNode, thread_picture

NAME = "golden-thread"


def picture_of(walk: Walk) -> Picture:
    """The thread as a picture; each box leads to the thread of its thing, the one in the middle to the thing."""
    nodes = [_node(one) for one in (*walk.before, *walk.after)]
    nodes.append(
        ThreadNode(_key(walk.here), label_of(walk.here.kind), walk.here.title, walk.here.url, distance=0)
    )
    return thread_picture(
        nodes,
        [(_key_of(tie.earlier), _key_of(tie.later)) for tie in walk.ties],
        name=NAME,
        title=_("The thread as a picture"),
        description=_(
            "What came before stands above, what came after below. In the middle: %(title)s. "
            "Each box is a link; the same stands in the list."
        )
        % {"title": walk.here.title},
        columns=(_("Steps from here"), _("Kind"), _("What"), _("How it is tied")),
        more=_("and {count} more"),
    )


def figure_of(walk: Walk, *, is_example: bool) -> FigureView:
    """The picture with what a reader needs to believe it, or to doubt it."""
    address = thread_url(walk.here.kind, walk.here.public_id)
    return FigureView(
        picture=picture_of(walk),
        sentence=sentence_of(walk),
        uncertainty=_(
            "A tie is what people say of their own work. It tells what led them on; it does not prove that one thing "
            "caused the other."
        ),
        source=_("Tied by those who work on it"),
        method=_("Up to four steps each way, as far as you may see it"),
        as_of=_now(),
        downloads=tuple(Download(kind.upper(), f"{address}thread.{kind}") for kind in ("svg", "png", "csv")),
        mark_example=is_example,
        method_url=reverse("home") + "#golden-thread",
    )


def _now() -> datetime:
    return clock.now()


def sentence_of(walk: Walk) -> str:
    """How much there is before and after."""
    before = ngettext("%(count)d thing led to it", "%(count)d things led to it", len(walk.before))
    after = ngettext("%(count)d came of it", "%(count)d came of it", len(walk.after))
    return _("%(before)s; %(after)s.") % {
        "before": before % {"count": len(walk.before)},
        "after": after % {"count": len(walk.after)},
    }


def _node(one: Reached) -> ThreadNode:
    return ThreadNode(
        _key(one.bead),
        label_of(one.bead.kind),
        one.bead.title,
        thread_url(one.bead.kind, one.bead.public_id),
        one.distance,
        "; ".join(_in_words(way) for way in one.ways),
    )


def _in_words(way: Way) -> str:
    return f"{way.words} {way.near.title}"


def _key(bead: Bead) -> str:
    return _key_of((bead.kind, bead.public_id))


def _key_of(end: tuple[str, object]) -> str:
    return f"{end[0]} {end[1]}"
