"""What the steering group reads: each place's own word over time, one decision that was taken and two that are due."""

from datetime import date

from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.examples.northvale.material import on
from knotwork.examples.northvale.programme import Cast
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.programmes import services
from knotwork.programmes.models import Membership, Place, Role

_SAID = (
    ("Northvale", date(2025, 10, 6), ("listening",), "We ask everybody first, and hold our plans back."),
    (
        "Northvale",
        date(2026, 2, 9),
        ("mapping", "trying"),
        "We have a map that nobody owns, and one late bus.",
    ),
    (
        "Northvale",
        date(2026, 10, 19),
        ("measuring", "listening"),
        "More people get home after four. We go back to listening, because men over 80 are still not heard.",
    ),
    (
        "Eastmere",
        date(2026, 9, 14),
        ("trying",),
        "We try the late bus with the college minibus, two evenings a week.",
    ),
    (
        "Southfold",
        date(2026, 10, 5),
        ("learning", "listening"),
        "The bus did not work here: no driver. We ask what else would bring people home.",
    ),
)
_DECIDED = services.DecisionWords(
    "Should the 4.40 go on for a second winter?",
    date(2026, 9, 30),
    "Northvale Health and Wellbeing Board",
    ("Stop it", "Pay for one more winter", "Hand it to the bus company"),
)
_DUE = (
    (
        "Northvale",
        services.DecisionWords(
            "Who pays for the open rooms from April?",
            date(2027, 1, 29),
            "The three partners together",
            ("Northvale Homes alone", "All three in equal parts", "Close two of the rooms"),
        ),
    ),
    (
        "",
        services.DecisionWords(
            "Which two places look at each other's maps in spring?",
            date(2027, 2, 26),
            "The places themselves, at the learning event",
        ),
    ),
)


def tell_the_steering_group(cast: Cast) -> None:
    """Each place says its words through one of its own leads; the team writes decisions down."""
    for name, day, stages, sentence in _SAID:
        with on(day):
            place = cast.places[name]
            services.say_where_we_are(place.pk, stages, sentence, by=_a_lead_of(place))
    _decide(cast)
    with on(date(2026, 11, 2)):
        for name, words in _DUE:
            place_id = cast.places[name].pk if name else None
            services.add_decision(cast.programme.pk, _about(words, place_id), by=BY_THE_HOUSE)


def _decide(cast: Cast) -> None:
    with on(date(2026, 8, 3)):
        decision = services.add_decision(
            cast.programme.pk, _about(_DECIDED, cast.northvale.pk), by=BY_THE_HOUSE
        )
    with on(date(2026, 9, 28)):
        services.record_outcome(
            decision,
            "Pay for one more winter, and hand it over after that",
            "Riders are there, and nobody could yet say what it would do to the lunch clubs if it stopped. The fare "
            "cap began in the same month, so another winter also tells us more.",
            date(2026, 9, 28),
            by=BY_THE_HOUSE,
        )


def _about(words: services.DecisionWords, place_id: int | None) -> services.DecisionWords:
    return services.DecisionWords(words.what, words.by_when, words.who_decides, words.options, place_id)


def _a_lead_of(place: Place) -> Viewer:
    """Only a place says where it is, so one of its leads does."""
    lead = (
        Membership.objects.filter(place=place, role=Role.PLACE_LEAD).select_related("person").order_by("pk")
    )
    return viewer_for(lead[0].person)
