"""What this room tells everybody of its events; each line is shown only to whoever may see its subject."""

from django.utils.translation import ngettext_lazy

from knotwork.core.events.telling import tell

_WRITTEN = {
    "note": ngettext_lazy("A progress note: %(title)s", "%(shown)s progress notes.", "count"),
    "story": ngettext_lazy("A story: %(title)s", "%(shown)s stories.", "count"),
    "leadership_note": ngettext_lazy(
        "What leaders did differently: %(title)s",
        "%(shown)s notes on what leaders did differently.",
        "count",
    ),
    "lesson": ngettext_lazy("A lesson: %(title)s", "%(shown)s lessons.", "count"),
    "uptake": ngettext_lazy(
        "Taking up a lesson. %(title)s", "%(shown)s lessons are being taken up.", "count"
    ),
    "session": ngettext_lazy("A session is planned: %(title)s", "%(shown)s sessions are planned.", "count"),
    "consulting_round": ngettext_lazy(
        "A place asks how others see it: %(title)s", "%(shown)s questions to other places.", "count"
    ),
}
_LED = {
    "session.held": ngettext_lazy(
        "What came out of a session: %(title)s", "What came out of %(shown)s sessions.", "count"
    ),
    "session.called_off": ngettext_lazy(
        "A session is called off: %(title)s", "%(shown)s sessions are called off.", "count"
    ),
    "consulting_round.taken": ngettext_lazy(
        "What a place takes from how others see it: %(title)s",
        "What places take from how others see it, %(shown)s times.",
        "count",
    ),
}
_SHOWN = ngettext_lazy(
    "Now everybody can read it: %(title)s", "%(shown)s things that everybody can read now.", "count"
)


def register() -> None:
    """Called once, when the room starts."""
    for kind, sentence in _WRITTEN.items():
        tell(f"{kind}.written", sentence, counts_things=True)
        tell(f"{kind}.shown", _SHOWN, counts_things=True)
    for verb, sentence in _LED.items():
        tell(verb, sentence, counts_things=True)
    tell(
        "uptake.result_said",
        ngettext_lazy(
            "How it went with a lesson that was taken up. %(title)s",
            "How it went with %(shown)s lessons that were taken up.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "lesson.taken_up",
        ngettext_lazy(
            "A lesson from here is taken up elsewhere. %(title)s",
            "Lessons from here are taken up elsewhere, %(shown)s times.",
            "count",
        ),
        counts_things=True,
    )
    tell(
        "lesson.answered",
        ngettext_lazy(
            "An idea came back from a place that took up a lesson. %(title)s",
            "%(shown)s ideas came back from places that took up a lesson.",
            "count",
        ),
        counts_things=True,
    )
