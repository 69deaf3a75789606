"""The built-in example *Open conversations*: three that were really held, and one to practise in.

The three are public exports of Polis, with the attribution that their licence asks for; statements that their
moderators rejected are shipped without their words. Everything shown about them is worked out here, at loading.
"""

from dataclasses import dataclass
from pathlib import Path

from knotwork.conversations import services as conversation_services
from knotwork.conversations.analyses import KIND
from knotwork.conversations.imports.putting_in import HeldElsewhere, put_in
from knotwork.conversations.models import Conversation
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import run_now
from knotwork.examples.registry import BY_THE_HOUSE, Example, Progress
from knotwork.formats.polis import read_polis
from knotwork.programmes import services
from knotwork.programmes.models import Programme, Provenance, Stage
from knotwork.programmes.querysets import programmes

KEY = "open-conversations"
MATERIAL = Path(__file__).parent / "material" / "conversations"
CASE_STUDIES = "https://compdemocracy.org/case-studies/"

ATTRIBUTION = (
    "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under CC BY 4.0 with "
    "Attribution to The Computational Democracy Project. The data and more information about how the data was "
    "collected can be found at the following link(s): {link}"
)


@dataclass(frozen=True)
class Shipped:
    """One conversation of the material: its folder, its case study, and our words about it."""

    folder: str
    case_study: str
    slug: str
    question: str
    introduction: str

    @property
    def link(self) -> str:
        return f"{CASE_STUDIES}{self.case_study}"


# The newest is listed first, so the one to begin with is loaded last.
SHIPPED = (
    Shipped(
        "15-per-hour-seattle",
        "2014-seattle-15-per-hour",
        "seattle-minimum-wage",
        "How do you think the new minimum wage law will affect Seattle?",
        "Will it be for the better or for the worse? Why? A demonstration of Polis about the move to a minimum wage of "
        "15 dollars an hour, begun in 2014.",
    ),
    Shipped(
        "brexit-consensus",
        "2017-brexit-consensus",
        "brexit-consensus",
        "Can there be consensus on Brexit?",
        "A test discussion in the Labour Party, United Kingdom, in 2017.",
    ),
    Shipped(
        "scoop-hivemind.biodiversity",
        "2019-scoop-hivemind-biodiversity",
        "biodiversity",
        "Protecting and Restoring NZ’s Biodiversity",
        "A public conversation in Aotearoa New Zealand in 2019, held by Scoop and PEP.",
    ),
)

PRACTICE_QUESTION = "Try it yourself: how should we look after nature?"
PRACTICE_INTRODUCTION = (
    "This conversation is for practice. Answer, add a statement, come back with a code, and see how results grow. "
    "Nobody acts on what is said here.\n\n"
    "Its first statements come from the open conversation on New Zealand’s biodiversity. " + ATTRIBUTION
)
PRACTICE_STATEMENTS = (
    22, 23, 25, 26, 28, 30, 32, 34, 37, 40, 41, 42, 43, 44, 45, 47, 50, 53, 54, 56,
    60, 69, 74, 81, 92, 95, 124, 133, 141, 142, 145, 149, 161, 162, 194, 203, 251, 252, 271, 304,
)  # fmt: skip


def load(progress: Progress) -> None:
    """Bring in what is not there yet. Each conversation comes in whole or not at all, and is worked out at once."""
    total = 2 * len(SHIPPED) + 1
    programme = _programme()
    for number, one in enumerate(SHIPPED):
        progress(f"Open conversations: {one.question}", 2 * number, total)
        conversation = _conversation(programme, one)
        progress(f"Open conversations: who voted alike ({one.question})", 2 * number + 1, total)
        if snapshots.newest_good(KIND, conversation.public_id) is None:
            run_now(KIND, conversation.public_id)
    progress("Open conversations: one to practise in", total - 1, total)
    _practice(programme)
    progress("Open conversations", total, total)


def withdraw() -> None:
    """Take the programme out of sight."""
    for programme in Programme.objects.filter(slug=KEY):
        services.withdraw_programme(programme.pk, "The example was removed.", by=BY_THE_HOUSE)


def is_there() -> bool:
    """Whether the programme stands."""
    return programmes().standing().filter(slug=KEY).exists()


def _programme() -> Programme:
    words = services.ProgrammeWords(
        name="Open conversations",
        summary="Conversations that were really held and whose votes are open to all. Their results were worked out "
        "by Knotwork, from the votes alone.",
        attribution=ATTRIBUTION.format(link=" ".join(one.link for one in reversed(SHIPPED))),
        provenance=Provenance.OPEN_DATA.value,
        visibility=Stage.PUBLIC.value,
        order=20,
    )
    row = Programme.objects.filter(slug=KEY).first()
    if row is None:
        return Programme.objects.get(pk=services.create_programme(words, by=BY_THE_HOUSE, slug=KEY).id)
    if row.withdrawn_at is not None:
        services.restore_programme(row.pk, by=BY_THE_HOUSE)
    services.change_words(row.pk, words, by=BY_THE_HOUSE)
    return Programme.objects.get(pk=row.pk)


def _conversation(programme: Programme, one: Shipped) -> Conversation:
    stands = Conversation.objects.filter(
        programme=programme, slug=one.slug, withdrawn_at__isnull=True
    ).first()
    if stands is not None:
        return stands
    export = read_polis(MATERIAL / one.folder)
    about = HeldElsewhere(
        programme=programme,
        question=one.question,
        attribution=ATTRIBUTION.format(link=one.link),
        introduction=one.introduction,
        source=one.link,
        slug=one.slug,
        publishes_votes=True,
    )
    return put_in(export, about, by=BY_THE_HOUSE)


def _practice(programme: Programme) -> None:
    """An open conversation without votes, whose first statements people elsewhere wrote."""
    if Conversation.objects.filter(programme=programme, question=PRACTICE_QUESTION).exists():
        return
    known = read_polis(MATERIAL / "scoop-hivemind.biodiversity").statements
    texts = dict(known.select("statement", "text").iter_rows())
    seeds = tuple(texts[str(number)] for number in PRACTICE_STATEMENTS)
    wanted = conversation_services.SetUp(
        question=PRACTICE_QUESTION,
        introduction=PRACTICE_INTRODUCTION.format(link=SHIPPED[-1].link),
        seeds=seeds,
    )
    conversation = conversation_services.set_up_conversation(programme, wanted, by=BY_THE_HOUSE)
    conversation_services.open_conversation(conversation, by=BY_THE_HOUSE)


EXAMPLE = Example(KEY, "Open conversations", 1, load, withdraw, is_there, order=20)
