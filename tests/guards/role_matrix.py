"""Who may open what: every route of the website, one line each. A route that is not here fails the guard.

``PUBLIC`` is everybody. Otherwise the line names the roles, held for the programme at hand, that may open it;
administrators may open everything, and the same role held for another programme opens nothing.
"""

from dataclasses import dataclass, field

from knotwork.programmes.models import Role

PUBLIC = frozenset({"stranger", "somebody", *Role})
SIGNED_IN = PUBLIC - {"stranger"}
ADMINISTRATORS: frozenset[str] = frozenset()
TEAM = frozenset({Role.PROGRAMME_TEAM})
HOSTS = frozenset({Role.PROGRAMME_TEAM, Role.FACILITATOR})
MODERATORS = HOSTS | {Role.MODERATOR}
ROW_READERS = frozenset({Role.PROGRAMME_TEAM, Role.EVALUATOR})


@dataclass(frozen=True)
class Line:
    """One route: who may open it, with which arguments of the made-up world, and by which method it is asked."""

    allowed: frozenset[str]
    arguments: tuple[str, ...] = ()
    method: str = "get"
    further: dict[str, str] = field(default_factory=dict)
