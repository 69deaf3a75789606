"""One line of the role matrix, and the words for who may open a route."""

from dataclasses import dataclass, field

from knotwork.programmes.models import Role

PUBLIC = frozenset({"stranger", "somebody", *Role})
SIGNED_IN = PUBLIC - {"stranger"}
ADMINISTRATORS: frozenset[str] = frozenset()
TEAM = frozenset({Role.PROGRAMME_TEAM})
LEADS = TEAM | {Role.PLACE_LEAD}
WRITERS = LEADS | {Role.PLACE_MEMBER, Role.ENABLER}
HOSTS = frozenset({Role.PROGRAMME_TEAM, Role.FACILITATOR})
MODERATORS = HOSTS | {Role.MODERATOR}
ROW_READERS = frozenset({Role.PROGRAMME_TEAM, Role.EVALUATOR})


@dataclass(frozen=True)
class Line:
    """One route: who may open it, with which arguments of the world, asked by which method."""

    allowed: frozenset[str]
    arguments: tuple[str, ...] = ()
    method: str = "get"
    further: dict[str, str] = field(default_factory=dict)
