"""What is handed in for each kind of writing. ``visibility`` says who may read it, ``signed`` who speaks."""

from dataclasses import dataclass

from knotwork.programmes.models import Stage


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who may read it, how the writer wants to be named, and in which language it is."""

    visibility: str = Stage.PLACE.value
    signed: str = ""
    language: str = "en"


@dataclass(frozen=True)
class NoteWords(Signed):
    """A few lines on how it goes."""

    text: str
    title: str = ""


@dataclass(frozen=True)
class StoryWords(Signed):
    """A story; all but what happened may be empty."""

    happened: str
    changed: str = ""
    did_not_work: str = ""
    next_step: str = ""
    title: str = ""


@dataclass(frozen=True)
class LeadershipWords(Signed):
    """What somebody did differently as a leader, why, and what happened then."""

    did: str
    why: str = ""
    happened: str = ""


@dataclass(frozen=True)
class LessonWords(Signed):
    """A lesson in a sentence, and what somebody else needs to know to use it."""

    title: str
    text: str = ""


PieceWords = NoteWords | StoryWords | LeadershipWords | LessonWords
