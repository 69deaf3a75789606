"""The small shapes that views hand to components, so that a template only has to include them."""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Fact:
    """One row of ``summary_list.html``; ``act`` and ``url`` are its link, such as 'Change'."""

    label: Words
    value: Words
    act: Words = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One step of ``steps.html``; ``state`` is ``done``, ``now`` or empty for what is still to come."""

    title: Words
    text: Words = ""
    state: str = ""


@dataclass(frozen=True)
class Knot:
    """One point of the golden thread in ``thread.html``: a statement, a factor, a try-out, a lesson."""

    kind: Words
    title: Words
    url: str = ""
    text: Words = ""
    is_current: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a table as it is shown."""

    text: str
    is_number: bool = False
