"""Which events are told to people, and in which sentence. All other events are for the record only."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Telling:
    """The sentence of one verb, as ``ngettext_lazy(one, many, "count")``.

    It may use ``%(title)s`` (in *one*) and ``%(shown)s`` (in *many*). ``counts_things``: the same thing told twice in a
    day counts once.
    """

    sentence: Promise
    counts_things: bool = False


_TELLINGS: dict[str, Telling] = {}


def tell(verb: str, sentence: Promise, *, counts_things: bool = False) -> None:
    """Tell this verb to everybody who may see its subject."""
    _TELLINGS[verb] = Telling(sentence, counts_things)


def telling_of(verb: str) -> Telling | None:
    """The sentence of a verb, or nothing when it is not told."""
    return _TELLINGS.get(verb)
