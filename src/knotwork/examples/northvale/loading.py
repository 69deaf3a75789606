"""The whole story, told by the rooms' services in one transaction; and the example as it is registered."""

from django.db import transaction

from knotwork.conversations.analyses import KIND as OPINION
from knotwork.conversations.reach_analysis import KIND as REACH
from knotwork.core.analyses.services import run_now
from knotwork.core.pages import walk
from knotwork.examples.northvale import (
    asking_urgently,
    calling,
    choosing,
    leading,
    learning,
    listening,
    mapping,
    measuring,
    programme,
    steering,
    supporting,
    trying,
)
from knotwork.examples.northvale.walk import SLUG, the_walk
from knotwork.examples.registry import BY_THE_HOUSE, Example, Progress
from knotwork.maps.analyses import KIND as MAP
from knotwork.programmes import services
from knotwork.programmes.models import Programme
from knotwork.programmes.querysets import programmes

KEY = "northvale"
_STEPS = 7


def load(progress: Progress) -> None:
    """Tell the story once. One that was removed comes back as it was; one that stands is left as it is."""
    stands = Programme.objects.filter(slug=SLUG).first()
    if stands is not None:
        services.restore_programme(stands.pk, by=BY_THE_HOUSE)
        return
    with transaction.atomic():
        progress("Northvale: the places", 0, _STEPS)
        cast = programme.begin()
        choosing.choose(cast, calling.call_for_places(cast))
        progress("Northvale: 412 people answer", 1, _STEPS)
        heard = listening.listen(cast)
        asked = asking_urgently.ask_urgently(cast)
        progress("Northvale: 31 people draw a map", 2, _STEPS)
        drawn = mapping.draw(cast, heard)
        progress("Northvale: try-outs", 3, _STEPS)
        tries = trying.try_out(cast, heard, drawn)
        progress("Northvale: measures", 4, _STEPS)
        measures = measuring.measure(cast, tries)
        trying.look_back(tries, measures)
        progress("Northvale: notes, stories and lessons", 5, _STEPS)
        known = {f"try:{key}": ("try_out", public_id) for key, public_id in tries.items()}
        known |= {f"measure:{key}": ("measure", public_id) for key, public_id in measures.items()}
        learning.learn(cast, known)
        leading.lead(cast)
        supporting.support(cast)
        steering.tell_the_steering_group(cast)
    progress("Northvale: working it out", 6, _STEPS)
    run_now(OPINION, heard.conversation.public_id)
    run_now(OPINION, asked)
    run_now(REACH, heard.conversation.public_id)
    run_now(MAP, drawn.public_id)
    for public_id in measures.values():
        run_now(measuring.KIND, public_id)
    progress("Northvale", _STEPS, _STEPS)


def withdraw() -> None:
    """Take the programme out of sight."""
    for row in Programme.objects.filter(slug=SLUG):
        services.withdraw_programme(row.pk, "The example was removed.", by=BY_THE_HOUSE)


def is_there() -> bool:
    """Whether the programme stands."""
    return programmes().standing().filter(slug=SLUG).exists()


def register_walk() -> None:
    """Make the walk known to all pages."""
    walk.register(the_walk())


EXAMPLE = Example(KEY, "Northvale, a made-up place", 4, load, withdraw, is_there, order=90, is_made_up=True)
