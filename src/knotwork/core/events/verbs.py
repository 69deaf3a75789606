"""The closed list of things that can happen. Each room registers its own when it starts."""

_VERBS: set[str] = set()


def register_verbs(*verbs: str) -> None:
    """Declare verbs such as ``statement.added``: a noun, a dot, a past participle."""
    for verb in verbs:
        noun, dot, act = verb.partition(".")
        if not (noun and dot and act) or verb != verb.lower() or " " in verb:
            raise ValueError(f"A verb looks like 'statement.added'; found {verb!r}.")
        _VERBS.add(verb)


def known_verbs() -> tuple[str, ...]:
    """All verbs, sorted."""
    return tuple(sorted(_VERBS))


def is_known(verb: str) -> bool:
    return verb in _VERBS
