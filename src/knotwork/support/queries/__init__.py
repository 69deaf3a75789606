"""The reading door of this room. What comes out are frozen dataclasses, never models.

For a page that looks across the places of a programme (each shows what ``viewer`` may see, and no more):

- ``open_help(programme_id, viewer)``: the open requests for help, newest first. *We are stuck* is a place's own word.
- ``milestones_due(programme_id, viewer, until=day)``: milestones that are not done and due by that day (in 30 days, if
  not said), the earliest first, each with the place's own word.
- ``days_used(programme_id, viewer)``: enablers' days with each place, in the order of the places, for people of
  the programme; the notes of the visits are not in it.
- ``programmes.queries.ledger_sums(programme_id, viewer)``: what each place has in each state of the ledger.

Of one place (by its public id): ``agreement_of``, ``matches_of_place``, ``visits_of_place`` (notes that the viewer may
read), ``days_used_by``, ``help_for(viewer, place=...)``. Of a programme: ``profiles_of``, ``events_for``.
"""

from knotwork.support.queries.agreements import agreement_of, milestones_due
from knotwork.support.queries.enablers import (
    days_used,
    days_used_by,
    matches_of_place,
    my_matches,
    my_profile,
    profile_at,
    profiles_of,
    visits_of_place,
)
from knotwork.support.queries.events import event_at, events_for, my_place_in, who_comes
from knotwork.support.queries.help import help_at, help_for, open_help
from knotwork.support.queries.nouns import (
    AgreementView,
    AnswerView,
    EventView,
    HelpView,
    MatchView,
    MilestoneView,
    MyPlace,
    PlaceDays,
    ProfileView,
    VisitView,
    Where,
)

__all__ = [
    "AgreementView",
    "AnswerView",
    "EventView",
    "HelpView",
    "MatchView",
    "MilestoneView",
    "MyPlace",
    "PlaceDays",
    "ProfileView",
    "VisitView",
    "Where",
    "agreement_of",
    "days_used",
    "days_used_by",
    "event_at",
    "events_for",
    "help_at",
    "help_for",
    "matches_of_place",
    "milestones_due",
    "my_matches",
    "my_place_in",
    "my_profile",
    "open_help",
    "profile_at",
    "profiles_of",
    "visits_of_place",
    "who_comes",
]
