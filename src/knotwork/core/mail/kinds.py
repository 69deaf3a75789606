"""The kinds of mail. An optional kind can be switched off by its reader, from the letter itself."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class MailKind:
    """One kind of letter: its name, its title for people, whether one may refuse it, and its templates.

    ``template`` is the stem of two templates: ``<stem>_subject.txt`` and ``<stem>_body.txt``.
    """

    name: str
    title: str | Promise
    optional: bool
    template: str


_KINDS: dict[str, MailKind] = {}


def register(kind: MailKind) -> None:
    _KINDS[kind.name] = kind


def kind_named(name: str) -> MailKind:
    if name not in _KINDS:
        raise ValueError(f"Nobody registered mail of the kind {name!r}.")
    return _KINDS[name]


def kinds() -> tuple[MailKind, ...]:
    """All kinds, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))
