from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Place, Programme, StagedVisibility


class EnablerProfile(models.Model):
    """What somebody who offers to help places says of herself: only she writes it, the people of the programme read it.

    It goes when she is erased, and whenever she takes it back.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    person_id: int
    name = models.CharField(max_length=120)
    good_at = models.TextField()
    days = models.DecimalField(max_digits=5, decimal_places=1)
    written_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "person"], name="enabler_profile_once")
        ]

    def __str__(self) -> str:
        return self.name


class MatchStage(models.TextChoices):
    """How far a place and an enabler are with each other."""

    ASKED = "asked", _("asked")
    ACCEPTED = "accepted", _("they work together")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("taken back")
    ENDED = "ended", _("ended")


class Match(models.Model):
    """That a place asked an enabler, and what became of it. The place chooses, the enabler accepts."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    profile = models.ForeignKey(EnablerProfile, on_delete=models.CASCADE, related_name="matches")
    stage = models.CharField(max_length=10, choices=MatchStage.choices, default=MatchStage.ASKED)
    asked_for = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["place", "profile"],
                condition=models.Q(stage__in=["asked", "accepted"]),
                name="match_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.profile}"


class Visit(StagedVisibility):
    """Days that an enabler spent with a place, and her note of it.

    The days count for everybody of the programme. The note is for the people of the place and the enabler, until the
    place itself shows it to more people.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="visits")
    on = models.DateField()
    days = models.DecimalField(max_digits=4, decimal_places=1)
    note = models.TextField(blank=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta(StagedVisibility.Meta):
        ordering: ClassVar[list[str]] = ["-on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(days__gt=0), name="visit_takes_some_time")
        ]

    def __str__(self) -> str:
        return f"{self.on}"
