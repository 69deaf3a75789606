"""How factors, links and loops are said in plain words."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_NOT_A_LETTER = re.compile(r"[\W_]+")


def same_words(one: str, other: str) -> bool:
    """Whether two names say the same, whatever their capitals, signs and spaces."""
    return normal(one) == normal(other)


def normal(name: str) -> str:
    """A name without capitals, signs and double spaces.

    >>> normal("Getting  home, after four")
    'getting home after four'
    """
    return _NOT_A_LETTER.sub(" ", name.casefold()).strip()


def link_in_words(source: str, target: str, sign: int) -> str:
    """*More “neighbours” → less “feeling lonely”*."""
    words = {
        1: _("More “%(source)s” → more “%(target)s”"),
        -1: _("More “%(source)s” → less “%(target)s”"),
    }
    return words[sign] % {"source": source, "target": target}


def loop_in_words(labels: Sequence[str]) -> str:
    """The way around a loop, back to where it began."""
    return _("%(way)s → and back to %(first)s") % {"way": " → ".join(labels), "first": labels[0]}


def loop_sign_in_words(sign: int) -> str:
    """What a loop does to itself."""
    return _("Keeps itself going") if sign > 0 else _("Holds itself back")


def role_in_words(role: str) -> str:
    """What a factor is on its map."""
    return {
        "driver": _("Sets things going: nothing on this map changes it"),
        "receiver": _("Where things end up: it changes nothing else on this map"),
        "ordinary": _("In between: it is changed, and it changes others"),
        "alone": _("Stands alone: no link touches it yet"),
    }[role]


def role_heading(role: str) -> str:
    """The same in short, over a list."""
    return {
        "driver": _("What sets things going"),
        "receiver": _("Where things end up"),
        "ordinary": _("In between"),
        "alone": _("Not linked yet"),
    }[role]


def role_meaning(role: str) -> str:
    """What the factors in such a list have in common."""
    return {
        "driver": _("Nothing on this map changes them; they change others."),
        "receiver": _("Others change them; they change nothing else on this map."),
        "ordinary": _("Others change them, and they change others."),
        "alone": _("No link touches them yet."),
    }[role]


def people_in_words(count: int) -> str:
    """How many people drew this."""
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def size_in_words(factors: int, links: int) -> str:
    """How large a map is."""
    first = ngettext("%(count)d factor", "%(count)d factors", factors) % {"count": factors}
    second = ngettext("%(count)d link", "%(count)d links", links) % {"count": links}
    return _("%(factors)s and %(links)s") % {"factors": first, "links": second}
