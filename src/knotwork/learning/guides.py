"""How to run each method of a session in an hour: our own short guides."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.learning.models import SessionMethod


@dataclass(frozen=True)
class GuideStep:
    """How many minutes, and what is done."""

    minutes: int
    words: Promise


@dataclass(frozen=True)
class Guide:
    """One method: what it is for, how many people, its hour in steps, and what to watch."""

    method: SessionMethod
    good_for: Promise
    people: Promise
    steps: tuple[GuideStep, ...]
    watch: Promise

    @property
    def slug(self) -> str:
        return self.method.value.replace("_", "-")

    @property
    def name(self) -> str:
        return str(self.method.label)


GUIDES: tuple[Guide, ...] = (
    Guide(
        SessionMethod.CO_CONSULTING,
        _("Somebody is stuck with something real, and others are willing to think with her."),
        _("Three to six people. One brings the knot, one keeps the time."),
        (
            GuideStep(5, _("She tells the knot, in one question. Nobody interrupts.")),
            GuideStep(
                10, _("The others ask only what they need to understand it. No advice hidden in a question.")
            ),
            GuideStep(5, _("Each writes down alone how she sees it.")),
            GuideStep(
                20, _("They talk about it with each other. She turns her chair round, listens and writes.")
            ),
            GuideStep(10, _("She turns back and says what she takes, and what she leaves.")),
            GuideStep(10, _("Everybody says what it means for her own work. One thing is written down.")),
        ),
        _("Write before you talk: whoever speaks first pulls the others along."),
    ),
    Guide(
        SessionMethod.ACTION_LEARNING,
        _("The same few people meet again and again, and do something in between."),
        _("Four to seven people from different organisations, and somebody who keeps the questions open."),
        (
            GuideStep(10, _("Each says in two minutes what she did since the last time, and what happened.")),
            GuideStep(5, _("Choose one problem that somebody wants to work on today.")),
            GuideStep(30, _("The others ask open questions. She answers, or says that she does not know.")),
            GuideStep(
                10, _("She says what she will do until the next time, and by when she will know more.")
            ),
            GuideStep(5, _("What did we notice about how we worked?")),
        ),
        _("Questions only. Advice ends the thinking of the one who has the problem."),
    ),
    Guide(
        SessionMethod.AFTER_ACTION_REVIEW,
        _("Something is done, and you want to learn from it while it is warm."),
        _("Everybody who took part, whatever their rank."),
        (
            GuideStep(5, _("Agree: we look for what to learn, not for who is to blame.")),
            GuideStep(10, _("What did we expect? Read out what was written before the start.")),
            GuideStep(15, _("What happened? Facts first, from every side.")),
            GuideStep(15, _("Why was there a difference? What else could have made it?")),
            GuideStep(15, _("What do we keep, what do we change, and who else needs to know?")),
        ),
        _("Those with the least power speak first."),
    ),
    Guide(
        SessionMethod.MAPPING,
        _("Everybody sees another part of the issue, and you want to see how the parts work on each other."),
        _("Five to eight people at a table, with cards and a large sheet of paper."),
        (
            GuideStep(10, _("Each writes what makes the issue better or worse, one thing on a card.")),
            GuideStep(10, _("Lay the cards out. Put those together that say the same.")),
            GuideStep(
                20,
                _("Draw what leads to what. Say with each arrow: more of this makes more, or less, of that."),
            ),
            GuideStep(10, _("Look for ways round that lead back to where they began. Give them a name.")),
            GuideStep(10, _("Mark what nobody in the room can change. Who could? Who will ask them?")),
        ),
        _("Where you disagree about an arrow, draw it dotted. Do not vote on it."),
    ),
    Guide(
        SessionMethod.LISTENING,
        _("You decide about people whom you have not heard."),
        _("Pairs of one who works on the issue and one who lives with it; four pairs fill a room."),
        (
            GuideStep(5, _("Say why you are here, what becomes of what is said, and that anybody may stop.")),
            GuideStep(20, _("In pairs: tell me of a day when it was hard, and of one when it was easier.")),
            GuideStep(15, _("Each listener says back what she heard. The teller puts it right.")),
            GuideStep(10, _("With the teller's leave, write down one sentence in her own words.")),
            GuideStep(
                10, _("Together: what surprised us? What do we do with it, and by when do we tell you?")
            ),
        ),
        _("No notes while somebody speaks. Come back with what became of it."),
    ),
)


def guide_of(method: str) -> Guide:
    """The guide of a method, by its code or by its address."""
    return next(guide for guide in GUIDES if method in (guide.method.value, guide.slug))
