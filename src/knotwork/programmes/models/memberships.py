from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models.organisations import Organisation
from knotwork.programmes.models.places import Place
from knotwork.programmes.models.programmes import Programme


class Role(models.TextChoices):
    """What a person may be, for a programme, a place or an organisation, and for a time."""

    PLACE_MEMBER = "place_member", _("member of a place")
    PLACE_LEAD = "place_lead", _("lead of a place")
    ENABLER = "enabler", _("enabler")
    FACILITATOR = "facilitator", _("facilitator")
    MODERATOR = "moderator", _("moderator")
    ORGANISATION_MEMBER = "organisation_member", _("member of an organisation")
    SPONSOR_BOARD_MEMBER = "sponsor_board_member", _("member of a sponsoring board")
    PROGRAMME_TEAM = "programme_team", _("programme team")
    STEERING_GROUP_MEMBER = "steering_group_member", _("member of the steering group")
    PANEL_REVIEWER = "panel_reviewer", _("reviewer of bids")
    EVALUATOR = "evaluator", _("evaluator")
    ANALYST = "analyst", _("analyst")
    CODER = "coder", _("coder")


class Membership(models.Model):
    """That a person holds a role: for a whole programme, or for one place of it, or for an organisation in it.

    The window is ``[opens_at, closes_at)``. ``organisation`` is where the person works; the two leads of a place come
    from different ones.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role.choices)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="memberships", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True
    )
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "role", "programme", "place", "organisation", "opens_at"],
                nulls_distinct=False,
                name="membership_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"
