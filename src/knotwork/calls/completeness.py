"""What a bid still lacks before it can be handed in. Nothing here ever stops somebody from writing."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotwork.calls.models import Bid

_WORD = re.compile(r"\w+(?:['\u2019.,-]\w+)*")


@dataclass(frozen=True)
class Gap:
    """One thing to mend, in one sentence; ``part`` names where: ``about``, ``board``, or a question's public id."""

    part: str
    words: str


def count_words(text: str) -> int:
    """How many words a text has: *it's*, *well-known* and *1,500* are one each."""
    return len(_WORD.findall(text))


def gaps_of(bid: Bid) -> tuple[Gap, ...]:
    """Everything that stands between this bid and handing it in, in the order of its pages."""
    texts = {answer.question_id: answer.text for answer in bid.answers.all()}
    gaps = [] if bid.place_name.strip() else [Gap("about", _("Say what the place is called."))]
    if not bid.issue.strip():
        gaps.append(Gap("about", _("Say what the knotty issue is.")))
    if bid.call.needs_sign_off and not bid.sponsor.strip():
        gaps.append(Gap("about", _("Say which organisation sponsors the bid.")))
    for question in bid.call.questions.all():
        text, part = texts.get(question.pk, ""), str(question.public_id)
        if question.is_required and not text.strip():
            gaps.append(Gap(part, _("“%(question)s” is not answered yet.") % {"question": question.words}))
        written = count_words(text)
        if question.word_limit is not None and written > question.word_limit:
            said = {"question": question.words, "written": written, "limit": question.word_limit}
            gaps.append(Gap(part, _("“%(question)s” has %(written)d words; the most is %(limit)d.") % said))
    return (*gaps, *_signature(bid))


def _signature(bid: Bid) -> tuple[Gap, ...]:
    if not bid.call.needs_sign_off:
        return ()
    signing = getattr(bid, "sign_off", None)
    if signing is None or signing.signed_at is None:
        return (Gap("board", _("A member of the sponsor's board has not signed yet.")),)
    if signing.revision != bid.revision:
        return (
            Gap("board", _("The bid was changed after the board signed it. Please ask it to sign again.")),
        )
    return ()
