"""What each factor is on its map, in plain words: what sets things going, what is in between, where things end up."""

from dataclasses import dataclass

from knotwork.maps.addresses import factor_url
from knotwork.maps.merged import MergedMap
from knotwork.maps.models import SystemMap
from knotwork.maps.words import role_heading, role_meaning
from knotwork.methods.causal.roles import ALONE, DRIVER, ORDINARY, RECEIVER, roles

ORDER = (DRIVER, ORDINARY, RECEIVER, ALONE)


@dataclass(frozen=True)
class RoleGroup:
    """All factors with one role, in the order of their words: label and address."""

    role: str
    heading: str
    meaning: str
    factors: tuple[tuple[str, str], ...]


def role_of(merged: MergedMap, key: str) -> str:
    """``driver``, ``ordinary``, ``receiver``, or ``alone`` where no link touches the factor."""
    return roles_by_key(merged)[key]


def roles_by_key(merged: MergedMap) -> dict[str, str]:
    """The role of every factor."""
    return dict(zip(merged.graph.factors, roles(merged.graph).role, strict=True))


def factors_by_role(system_map: SystemMap, merged: MergedMap) -> list[RoleGroup]:
    """The factors under what they are; roles that no factor has are left out."""
    by_key = roles_by_key(merged)
    grouped: dict[str, list[tuple[str, str]]] = {}
    for factor in sorted(merged.factors, key=lambda factor: factor.label.casefold()):
        grouped.setdefault(by_key[factor.key], []).append(
            (factor.label, factor_url(system_map, factor.public_id))
        )
    return [
        RoleGroup(role, role_heading(role), role_meaning(role), tuple(grouped[role]))
        for role in ORDER
        if role in grouped
    ]
