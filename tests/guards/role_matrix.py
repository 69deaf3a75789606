"""Who may open what: every route of the website, one line each. A route that is not here fails the guard.

``PUBLIC`` is everybody. Otherwise the line names the roles, held for the programme at hand, that may open it;
administrators may open everything, and the same role held for another programme opens nothing.
"""

from tests.guards.line import (
    ADMINISTRATORS,
    HOSTS,
    LEADS,
    MODERATORS,
    PUBLIC,
    ROW_READERS,
    TEAM,
    Line,
)
from tests.guards.rooms import room_guards

P, PL, C = ("programme",), ("programme", "place"), ("programme", "conversation")

MATRIX: dict[str, Line] = {
    # Health, house and sign-in
    "livez": Line(PUBLIC),
    "readyz": Line(PUBLIC),
    "robots": Line(PUBLIC),
    "favicon": Line(PUBLIC),
    "gallery": Line(ADMINISTRATORS),
    "account_request_login_code": Line(PUBLIC),
    "account_confirm_login_code": Line(PUBLIC),
    "account_login": Line(PUBLIC),
    "account_logout": Line(PUBLIC),
    "start": Line(frozenset(), ("token",)),
    "local_mail": Line(PUBLIC),
    "refuse_mail": Line(PUBLIC, ("token",)),
    "uploaded_file": Line(ADMINISTRATORS, ("upload",)),
    # What people read
    "home": Line(PUBLIC),
    "contact": Line(PUBLIC),
    "contact_thanks": Line(PUBLIC),
    "programmes:list": Line(PUBLIC),
    "programmes:programme": Line(PUBLIC, P),
    "programmes:map": Line(PUBLIC, P, further={"kind": "svg"}),
    "programmes:contact": Line(PUBLIC, P),
    "programmes:contact-thanks": Line(PUBLIC, P),
    "programmes:place": Line(PUBLIC, PL),
    "programmes:place-map": Line(PUBLIC, PL, further={"kind": "svg"}),
    "programme_files:places": Line(PUBLIC, P),
    "programme_files:ledger": Line(PUBLIC, P),
    # The programme's team
    "programme_team:new": Line(TEAM),
    "programme_team:overview": Line(TEAM, P),
    "programme_team:words": Line(TEAM, P),
    "programme_team:aims": Line(TEAM, P),
    "programme_team:fact-new": Line(TEAM, P),
    "programme_team:partner-new": Line(TEAM, P),
    "programme_team:partner-end": Line(TEAM, (*P, "partnership"), method="post"),
    "programme_team:invite": Line(TEAM, P),
    "programme_team:role-end": Line(TEAM, (*P, "membership"), method="post"),
    "programme_team:entry-new": Line(TEAM, P),
    "programme_team:entry-withdraw": Line(TEAM, (*P, "entry")),
    "programme_team:place-new": Line(TEAM, P),
    "programme_team:place-edit": Line(LEADS, PL),
    "programme_team:place-invite": Line(LEADS, PL),
    # Listening
    "conversations:list": Line(PUBLIC),
    "conversations:come-back": Line(PUBLIC),
    "conversations:new": Line(HOSTS, P),
    "conversations:take-part": Line(PUBLIC, C),
    "conversations:about": Line(PUBLIC, C),
    "conversations:change": Line(PUBLIC, C),
    "conversations:add": Line(PUBLIC, C),
    "conversations:yours": Line(PUBLIC, C),
    "conversations:code": Line(PUBLIC, C),
    "conversations:forget": Line(PUBLIC, C),
    "conversations:moderate": Line(MODERATORS, C),
    "conversations:moderation-log": Line(PUBLIC, C),
    "conversations:moderate-decided": Line(MODERATORS, C),
    "conversations:moderate-one": Line(MODERATORS, (*C, "statement")),
    "conversations:spelling": Line(HOSTS, (*C, "statement")),
    "conversations:flag": Line(PUBLIC, C),
    "conversations:integrity": Line(HOSTS, C),
    "conversations:invited": Line(PUBLIC),
    "conversations:invited-link": Line(frozenset(), ("code",)),
    "conversations:invitations": Line(HOSTS, C),
    "conversations:invitations-end": Line(HOSTS, (*C, "batch"), method="post"),
    "conversations:set-up": Line(HOSTS, C),
    "conversations:reword": Line(HOSTS, C),
    "conversations:open": Line(HOSTS, ("programme", "draft"), method="post"),
    "conversations:close": Line(HOSTS, C, method="post"),
    # Results (of an open conversation: those who look after it; others only after answering)
    "conversations:results": Line(MODERATORS, C),
    "conversations:results-statements": Line(MODERATORS, C),
    "conversations:results-votes": Line(ROW_READERS, C),
    "conversations:results-comments": Line(ROW_READERS, C),
    "conversations:results-table": Line(MODERATORS, C, further={"table": "statements"}),
    "conversations:results-svg": Line(MODERATORS, C, further={"picture": "landscape"}),
    "conversations:results-png": Line(MODERATORS, C, further={"picture": "landscape"}),
    "conversations:import": Line(HOSTS, P),
    "conversations:import-state": Line(HOSTS, (*P, "public_id")),
}

for room in room_guards():
    MATRIX |= room.LINES
