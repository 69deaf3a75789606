"""The letters of this room. Each of them can be refused by its reader."""

from django.utils.translation import gettext_lazy as _

from knotwork.actions.services import leads, reminders, stop_checks
from knotwork.core.mail.kinds import MailKind
from knotwork.core.mail.kinds import register as register_kind

KINDS = (
    (reminders.LETTER, _("Questions about a pledge that is due")),
    (stop_checks.LETTER, _("That the stop rule of a try-out says stop")),
    (leads.NEEDS_LEAD, _("That a try-out needs somebody who leads it")),
    (leads.HANDED_OVER, _("That a try-out is handed over to you")),
)


def register() -> None:
    """Called once, when the room starts."""
    for name, title in KINDS:
        register_kind(MailKind(name, title, optional=True, template=f"actions/mail/{name}"))
