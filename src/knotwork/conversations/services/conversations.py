"""A conversation's own life: set up, opened, closed, set up again; each with one event."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
    FormerWording,
    Moderation,
    ResultsShown,
    Statement,
    StatementState,
)
from knotwork.conversations.services.paper import count_sheets_of
from knotwork.conversations.services.refusals import NotOpen, NotTaken
from knotwork.conversations.services.wording import fit_text, tidy
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Place, Programme, Stage

_RESERVED = ("new", "import", "urgent")
_WORDS = (
    "question",
    "introduction",
    "language",
    "parts_question",
    "named_parts",
    "groups_are_named",
    "is_by_invitation",
)
# What a sensitive issue asks for, whatever was chosen: see docs/facilitators/sensitive.md.
_SENSITIVE: dict[str, object] = {
    "is_by_invitation": True,
    "moderation": Moderation.BEFORE,
    "takes_statements": False,
    "publishes_votes": False,
    "groups_are_named": False,
    "shows_results": ResultsShown.HOSTS_ONLY,
}
FEWEST_PARTS, MOST_PARTS = 2, 4


@dataclass(frozen=True)
class SetUp:
    """All that a host decides about a conversation. ``seeds`` are the statements that it begins with.

    ``parts`` are two to four names to choose from, such as leaders and residents; results then show what each said.
    A place with a sensitive issue holds its conversations to the sensitive setting, whatever is wanted here.
    """

    question: str
    introduction: str = ""
    seeds: tuple[str, ...] = ()
    place: Place | None = None
    language: str = "en"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    results_after: int = 5
    asked_at_most: int = 40
    moderation: str = Moderation.BEFORE
    takes_statements: bool = True
    parts_question: str = ""
    parts: tuple[str, ...] = ()
    groups_are_named: bool = False
    visibility: str = Stage.PUBLIC
    is_by_invitation: bool = False
    shows_results: str = ResultsShown.AFTER_ANSWERS
    publishes_votes: bool = False
    flags_to_hide: int = 0
    safeguarding_lead: str = ""
    safeguarding_contact: str = ""

    def __post_init__(self) -> None:
        if self.parts and not FEWEST_PARTS <= len(set(self.parts)) == len(self.parts) <= MOST_PARTS:
            raise ValueError("A conversation names no parts, or two to four different ones.")

    def columns(self) -> dict[str, object]:
        """What stands in the conversation's own row."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        parts = list(own.pop("parts"))
        del own["seeds"]
        own |= {
            "named_parts": parts,
            "parts_question": self.parts_question if parts else "",
            "groups_are_named": bool(parts) and self.groups_are_named,
        }
        return own | _SENSITIVE if self.place is not None and self.place.is_sensitive else own


def set_up_conversation(programme: Programme, wanted: SetUp, *, by: Viewer) -> Conversation:
    """Prepare a conversation. Nobody sees it before it is opened."""
    with transaction.atomic():
        require(rules.can_set_up(by, programme.pk, wanted.place.pk if wanted.place else None))
        # New conversations of one programme queue here, so that two with one question get two addresses.
        Programme.objects.select_for_update(no_key=True).only("pk").get(pk=programme.pk)
        conversation = Conversation.objects.create(
            programme=programme, slug=_free_slug(programme, wanted.question), **wanted.columns()
        )
        _replace_seeds(conversation, wanted.seeds)
        _record("conversation.set_up", conversation, by)
    return conversation


def _free_slug(programme: Programme, question: str) -> str:
    stem = slugify(question)[:60].strip("-") or "conversation"
    taken = set(
        Conversation.objects.filter(programme=programme, slug__startswith=stem).values_list("slug", flat=True)
    )
    taken.update(_RESERVED)
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def change_set_up(conversation: Conversation, wanted: SetUp, *, by: Viewer) -> None:
    """Set up again. The words and the first statements change only while nobody has answered."""
    with transaction.atomic():
        row = _locked(conversation)
        require(rules.can_host(by, row))
        require(rules.can_set_up(by, row.programme_id, wanted.place.pk if wanted.place else None))
        seeds = tuple(fit_text(seed) for seed in wanted.seeds)
        columns = wanted.columns()
        if seeds != seeds_of(row) or _changes_words(row, columns, wanted):
            require(rules.can_reword(row))
            _replace_seeds(row, seeds)
            if row.question != wanted.question and row.stage != ConversationStage.DRAFT:
                _keep_wording(row, "")
        if row.stage != ConversationStage.DRAFT:
            require(can_show_now(by, row.programme, wanted.visibility, row.place, before=row.visibility))
        if columns["publishes_votes"] and not row.publishes_votes:
            require(rules.can_publish_votes(row))
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
        _record("conversation.changed", row, by)
    conversation.refresh_from_db(fields=[*wanted.columns()])


def _changes_words(row: Conversation, columns: dict[str, object], wanted: SetUp) -> bool:
    """Whether something changes that people relied on when they answered; a sensitive issue has its own setting."""
    is_sensitive = wanted.place is not None and wanted.place.is_sensitive
    kept = [word for word in _WORDS if not (is_sensitive and word in _SENSITIVE)]
    return any(getattr(row, word) != columns[word] for word in kept)


def reword_question(conversation: Conversation, question: str, reason: str, *, by: Viewer) -> None:
    """Ask the same in other words, also after people have answered: their answers belong to the statements.

    The wording until now stays readable, with the day and the reason.
    """
    wording, why = tidy(question)[:300], tidy(reason)[:300]
    if not wording:
        raise NotTaken(_("Please write the question."))
    if not why:
        raise NotTaken(_("Please say why. Everybody can read it."))
    with transaction.atomic():
        row = _locked(conversation)
        require(rules.can_host(by, row))
        if row.question == wording:
            return
        _keep_wording(row, why)
        row.question = wording
        row.save(update_fields=["question"])
        _record("conversation.reworded", row, by)
    conversation.question = wording


def _keep_wording(row: Conversation, reason: str) -> None:
    FormerWording.objects.create(
        conversation=row, question=row.question, language=row.language, reason=reason, until=clock.now()
    )


def _locked(conversation: Conversation) -> Conversation:
    """The row, with a lock that votes wait for: what is decided here about 'no votes yet' stays true."""
    return (
        Conversation.objects.select_related("programme", "place")
        .select_for_update(of=("self",))
        .get(pk=conversation.pk)
    )


def seeds_of(conversation: Conversation) -> tuple[str, ...]:
    """The texts that the conversation began with, in their order."""
    seeds = Statement.objects.filter(conversation=conversation, is_seed=True).order_by("number")
    return tuple(seeds.values_list("text", flat=True))


def _replace_seeds(conversation: Conversation, seeds: tuple[str, ...]) -> None:
    """Seeds that are meant to stay keep their identity; the others make room."""
    conversation.statements.filter(is_seed=True).exclude(text__in=seeds).delete()
    kept = {statement.text: statement for statement in conversation.statements.filter(is_seed=True)}
    highest = conversation.statements.order_by("-number").values_list("number", flat=True).first() or 0
    texts = tuple(dict.fromkeys(fit_text(seed) for seed in seeds))
    for position, text in enumerate(texts, start=highest + 1):
        if text in kept:
            Statement.objects.filter(pk=kept[text].pk).update(number=position, language=conversation.language)
        else:
            Statement.objects.create(
                conversation=conversation,
                number=position,
                text=text,
                language=conversation.language,
                state=StatementState.LIVE,
                is_seed=True,
                checked_at=clock.now(),
            )


def open_conversation(conversation: Conversation, *, by: Viewer) -> None:
    """Let people answer, from now on or from the moment at which its window opens."""
    with transaction.atomic():
        row = _locked(conversation)
        require(rules.can_open(by, row))
        _require_ready(row)
        row.stage = ConversationStage.OPEN
        row.save(update_fields=["stage"])
        _record("conversation.opened", row, by)
    conversation.stage = row.stage


def _require_ready(conversation: Conversation) -> None:
    if not conversation.statements.filter(state=StatementState.LIVE).exists():
        raise NotOpen(_("There is nothing to answer yet. Add at least one statement first."))
    if conversation.closes_at is not None and conversation.closes_at <= clock.now():
        raise NotOpen(_("Its closing time has passed. Choose a later one, or none, and open it then."))


def close_conversation(conversation: Conversation, *, by: Viewer) -> None:
    """Take no more answers. Everybody can see the results from now on."""
    with transaction.atomic():
        row = _locked(conversation)
        require(rules.can_close(by, row))
        count_sheets_of(row)
        row.stage = ConversationStage.CLOSED
        row.save(update_fields=["stage"])
        _record("conversation.closed", row, by)
    conversation.stage = row.stage


def _record(verb: str, conversation: Conversation, by: Viewer) -> None:
    record(
        verb,
        subject_kind="conversation",
        subject_id=conversation.public_id,
        by=by,
        programme=conversation.programme.public_id,
        place=conversation.place.public_id if conversation.place else None,
    )
