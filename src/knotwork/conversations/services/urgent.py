"""Urgent questions: prepared on a quiet day, asked in a minute, and closed with who acted and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import rules, urgent_rules
from knotwork.conversations.models import Conversation, Moderation, Offer, UrgentQuestion, UrgentTemplate
from knotwork.conversations.services.conversations import SetUp, open_conversation, set_up_conversation
from knotwork.conversations.services.refusals import NotOpen, NotTaken
from knotwork.conversations.services.wording import fit_text, tidy
from knotwork.conversations.urgent_rules import UrgentAct
from knotwork.core import clock
from knotwork.core.accounts import erasures
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.events.services import record
from knotwork.core.limits.services import Limit, attempt
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import require
from knotwork.programmes.models import Place, Programme

GAPS: Final = ("what", "where")
LONGEST_GAP = 80
LONGEST_QUESTION = 300
OFFERS_KEPT_FOR = timedelta(days=30)
OFFERS_OF_ONE_BROWSER = Limit("offer", 3, timedelta(hours=1))
OFFERS_OF_ONE_NETWORK = Limit("offer, network", 60, timedelta(hours=1))


@dataclass(frozen=True)
class Prepared:
    """All that is agreed beforehand about an urgent question."""

    name: str
    question: str
    statements: tuple[str, ...]
    agreed_with: str
    introduction: str = ""
    place: Place | None = None
    language: str = "en"
    open_hours: int = 6
    duty_lead: Person | None = None

    def columns(self) -> dict[str, object]:
        """What stands in the template's row."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return own | {"statements": list(self.statements)}


def gaps_in(*texts: str) -> tuple[str, ...]:
    """The gaps that have to be filled before these words can be asked."""
    return tuple(gap for gap in GAPS if any(f"{{{gap}}}" in text for text in texts))


def filled(text: str, gaps: Mapping[str, str]) -> str:
    """The words with their gaps filled; what was typed is never read as a gap itself."""
    parts = text.split("{")
    return parts[0] + "".join(_filled_part(part, gaps) for part in parts[1:])


def _filled_part(part: str, gaps: Mapping[str, str]) -> str:
    name, brace, rest = part.partition("}")
    return f"{gaps[name]}{rest}" if brace and name in gaps else "{" + part


def prepare_template(programme: Programme, wanted: Prepared, *, by: Viewer) -> UrgentTemplate:
    """Keep the words of an urgent question for the day on which it is needed."""
    with transaction.atomic():
        _require_fit(programme, wanted, by)
        template = UrgentTemplate.objects.create(programme=programme, **wanted.columns())
        _record("urgent_template.prepared", "urgent_template", template.public_id, template, by)
    return template


def _require_fit(programme: Programme, wanted: Prepared, by: Viewer) -> None:
    place_id = wanted.place.pk if wanted.place else None
    require(rules.can_set_up(by, programme.pk, place_id))
    if wanted.duty_lead is not None:
        require(urgent_rules.can_be_duty_lead(wanted.duty_lead, programme.pk, place_id))


def change_template(template: UrgentTemplate, wanted: Prepared, *, by: Viewer) -> None:
    """Agree on other words. Questions that were asked from it stay as they were asked."""
    with transaction.atomic():
        row = UrgentTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
        require(urgent_rules.can_ask(by, row))
        _require_fit(row.programme, wanted, by)
        for name, value in wanted.columns().items():
            setattr(row, name, value)
        row.save(update_fields=list(wanted.columns()))
        _record("urgent_template.changed", "urgent_template", row.public_id, row, by)


def withdraw_template(template: UrgentTemplate, *, by: Viewer) -> None:
    """Use it no more."""
    with transaction.atomic():
        require(urgent_rules.can_ask(by, template))
        UrgentTemplate.objects.filter(pk=template.pk).update(withdrawn_at=clock.now())
        _record("urgent_template.withdrawn", "urgent_template", template.public_id, template, by)


def ask_now(template: UrgentTemplate, gaps: Mapping[str, str], *, by: Viewer) -> UrgentQuestion:
    """Fill the gaps, set up the conversation and open it: an ordinary one, which closes by itself."""
    given = {name: tidy(gaps.get(name, "")) for name in gaps_in(template.question, *template.statements)}
    if not all(given.values()):
        raise NotTaken(_("Please fill every gap."))
    question = filled(template.question, given)
    if len(question) > LONGEST_QUESTION:
        raise NotTaken(_("The question becomes too long. Fill the gaps with fewer words."))
    wanted = SetUp(
        question=question,
        introduction=filled(template.introduction, given),
        seeds=tuple(fit_text(filled(text, given)) for text in template.statements),
        place=template.place,
        language=template.language,
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(hours=template.open_hours),
        moderation=Moderation.BEFORE,
        takes_statements=template.duty_lead is not None,
    )
    with transaction.atomic():
        require(urgent_rules.can_ask(by, template))
        conversation = set_up_conversation(template.programme, wanted, by=by)
        open_conversation(conversation, by=by)
        asked = UrgentQuestion.objects.create(
            conversation=conversation, template=template, duty_lead=template.duty_lead
        )
        _record_about("urgent.asked", conversation, by)
    return asked


def offer(question: UrgentQuestion, text: str, contact: str, token: str, address: str) -> Offer:
    """What somebody can do, and how to reach her if she likes; only a named duty lead reads that."""
    words, reach = tidy(text)[:300], tidy(contact)[:120] if question.duty_lead_id else ""
    if not words:
        raise NotTaken(_("Please write what you can offer."))
    with transaction.atomic():
        row = _locked(question)
        decision = urgent_rules.can_offer(STRANGER, row)
        if not decision:
            raise NotOpen(decision.reason)
        if not (
            attempt(OFFERS_OF_ONE_BROWSER, f"{row.conversation.public_id} {token}")
            and attempt(OFFERS_OF_ONE_NETWORK, f"{row.conversation.public_id} {address}")
        ):
            raise SlowDown(600, _("Many offers came in a short time. Please wait ten minutes."))
        made = Offer.objects.create(question=row, text=words, contact=reach)
        _record_about("urgent.offered", row.conversation, STRANGER)
    return made


def say_who_will_act(question: UrgentQuestion, sentence: str, *, by: Viewer) -> None:
    """Tell everybody who takes it on."""
    words = _sentence(sentence)
    with transaction.atomic():
        row = _locked(question)
        require(urgent_rules.may(by, UrgentAct.SAY_WHO_ACTS, row))
        row.who_will_act, row.acting_at = words, clock.now()
        row.save(update_fields=["who_will_act", "acting_at"])
        _record_about("urgent.acted_on", row.conversation, by)


def say_done(question: UrgentQuestion, sentence: str, *, by: Viewer) -> None:
    """Tell everybody what was done. Offers, and how to reach those who made them, are emptied."""
    words = _sentence(sentence)
    with transaction.atomic():
        row = _locked(question)
        require(urgent_rules.may(by, UrgentAct.SAY_DONE, row))
        row.done, row.done_at = words, clock.now()
        row.save(update_fields=["done", "done_at"])
        for made in row.offers.filter(emptied_at__isnull=True):
            _empty(made)
        _record_about("urgent.done", row.conversation, by)


def _sentence(typed: str) -> str:
    words = tidy(typed)[:300]
    if not words:
        raise NotTaken(_("Please write one sentence. Everybody can read it."))
    return words


def _locked(question: UrgentQuestion) -> UrgentQuestion:
    rows = UrgentQuestion.objects.select_related("conversation__programme", "conversation__place")
    return rows.select_for_update(of=("self",)).get(pk=question.pk)


def empty_old_offers() -> int:
    """After thirty days nobody needs to be reached any more; how many were emptied."""
    old = Offer.objects.filter(made_at__lt=clock.now() - OFFERS_KEPT_FOR, emptied_at__isnull=True)
    for made in old:
        with transaction.atomic():
            _empty(made)
    return len(old)


def _empty(made: Offer) -> None:
    Offer.objects.filter(pk=made.pk).update(text="", contact="", emptied_at=clock.now())
    erasures.remember("offer", made.public_id.hex)


def empty_offer_again(key: str) -> None:
    """The same after an older dump was put back."""
    Offer.objects.filter(public_id=UUID(key)).update(text="", contact="", emptied_at=clock.now())


def _record_about(verb: str, conversation: Conversation, by: Viewer) -> None:
    _record(verb, "conversation", conversation.public_id, conversation, by)


def _record(
    verb: str, subject_kind: str, subject_id: UUID, of: Conversation | UrgentTemplate, by: Viewer
) -> None:
    record(
        verb,
        subject_kind=subject_kind,
        subject_id=subject_id,
        by=by,
        programme=of.programme.public_id,
        place=of.place.public_id if of.place else None,
    )
