"""What the rooms that are not built yet will be for. The one place that says so: take out what arrives."""

from django.utils.translation import gettext_lazy as _

from knotwork.programmes.panels import Panel

ROOMS_TO_COME = (
    Panel(
        "maps",
        _("Map"),
        (_("How things hang together here, drawn by many people, and who can change what."),),
        is_to_come=True,
    ),
    Panel(
        "actions",
        _("Try"),
        (_("What is being tried out, who helps, what we expect, and when we would stop."),),
        is_to_come=True,
    ),
    Panel(
        "measures",
        _("Measure"),
        (_("Whether anything changed, by more than the usual ups and downs."),),
        is_to_come=True,
    ),
    Panel(
        "learning",
        _("Learn"),
        (_("What was done differently as leaders, what did not work, and what others can take up."),),
        is_to_come=True,
    ),
    Panel(
        "publications",
        _("Library"),
        (_("Posts, think pieces and case studies about this issue and others like it."),),
        is_to_come=True,
    ),
)
