"""What a try-out had a part in: what else could explain it, and what is claimed and checked by somebody else."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.actions.models.try_outs import TryOut
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Organisation


class Likelihood(models.TextChoices):
    """How likely people find it that something else explains a change."""

    UNLIKELY = "unlikely", _("unlikely")
    POSSIBLE = "possible", _("possible")
    LIKELY = "likely", _("likely")


class OtherCause(models.Model):
    """Something else that could explain what came of a try-out, since when, and how likely, said by whom.

    ``measure`` is the public id of a measure that shows it, where there is one.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="other_causes")
    words = models.TextField()
    since = models.DateField(null=True, blank=True)
    likelihood = models.CharField(max_length=8, choices=Likelihood.choices)
    said_by = models.CharField(max_length=120)
    measure = models.UUIDField(null=True, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["since", "id"]

    def __str__(self) -> str:
        return self.words[:60]


class ClaimState(models.TextChoices):
    """Whether somebody else has looked at a claim."""

    DRAFT = "draft", _("nobody else has checked it yet")
    CHECKED = "checked", _("checked by somebody else")


class ContributionClaim(models.Model):
    """What changed, and what part a try-out had in it, checked by a person of another organisation.

    ``checked_by`` is her name as she gave it; it goes when her account is erased. Changed words are a draft again.
    """

    try_out = models.OneToOneField(TryOut, on_delete=models.CASCADE, related_name="claim")
    what_changed = models.TextField()
    our_part = models.TextField()
    state = models.CharField(max_length=8, choices=ClaimState.choices, default=ClaimState.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    author_id: int | None
    written_at = models.DateTimeField(default=clock.now)
    checked_by = models.CharField(max_length=120, blank=True)
    checked_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    check_says = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state=ClaimState.DRAFT, checked_at__isnull=True)
                | models.Q(state=ClaimState.CHECKED, checked_at__isnull=False, checked_for__isnull=False),
                name="claim_is_checked_by_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return self.what_changed[:60]
