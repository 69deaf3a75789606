"""A place's support as tables to take away: what is shown on its page, and no more."""

from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.formats.sheets import Sheet
from knotwork.support import queries

MILESTONE_COLUMNS = ("milestone", "due_on", "word", "why", "said_on")
VISIT_COLUMNS = ("on", "days", "enabler", "note", "read_by")
HELP_COLUMNS = ("asked_on", "stuck_with", "signed", "answers", "closed_on", "what_helped", "read_by")


def sheets_of_place(place: UUID, viewer: Viewer) -> list[Sheet]:
    """Milestones, visits (with notes that the viewer may read) and requests for help."""
    agreement = queries.agreement_of(place, viewer)
    milestones = agreement.milestones if agreement else ()
    return [
        Sheet(
            "Milestones",
            MILESTONE_COLUMNS,
            [(m.what, m.due_on, m.word, m.why, m.said_on) for m in milestones],
        ),
        Sheet(
            "Visits",
            VISIT_COLUMNS,
            [(v.on, v.days, v.enabler, v.note, v.visibility) for v in queries.visits_of_place(place, viewer)],
        ),
        Sheet(
            "Requests for help",
            HELP_COLUMNS,
            [
                (h.asked_on, h.words, h.signed, len(h.answers), h.closed_on, h.what_helped, h.visibility)
                for h in queries.help_for(viewer, place=place)
            ],
        ),
    ]
