"""How often people do what leading across a system asks for: as they see it themselves, and as peers see it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Place


class Moment(models.TextChoices):
    """When in a programme people look at how they lead."""

    START = "start", _("at the start")
    MIDDLE = "middle", _("in the middle")
    END = "end", _("at the end")


class ReflectionRound(models.Model):
    """That a place asks its team to reflect, once for each moment, within ``[opens_at, closes_at)``.

    Once closed it never opens again, so that the set of those who answered is fixed when a figure is worked out.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    opens_at = models.DateTimeField(default=clock.now)
    closes_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "moment"], name="reflection_round_once")
        ]

    def __str__(self) -> str:
        return f"reflection round {self.public_id}"


class Reflection(models.Model):
    """What somebody said of herself in one round: prompt to 1..5, or 0 for 'cannot say'. Nobody else is shown it.

    No event tells that she answered, and no time is kept.
    """

    round = models.ForeignKey(ReflectionRound, on_delete=models.CASCADE, related_name="reflections")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "person"], name="reflection_once")
        ]

    def __str__(self) -> str:
        return f"reflection {self.pk}"


class PeerLink(models.Model):
    """A link by which one peer answers once, without an account. It knows no name, and not which answer came by it."""

    round = models.ForeignKey(ReflectionRound, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"peer link {self.pk}"


class PeerAnswer(models.Model):
    """How a peer sees ``person``: prompt to 1..5, or 0 for 'cannot say'. Without a name, a link or a time."""

    round = models.ForeignKey(ReflectionRound, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"peer answer {self.pk}"


class Rater(models.TextChoices):
    """Whose answers a change is worked out from; the two are never mixed."""

    SELF = "self", _("self-reported")
    PEERS = "peers", _("as peers see it")


class GroupChange(models.Model):
    """How a team changed since the start, worked out once when a round has closed, and then never again.

    It stays as it is when somebody is erased later: two figures that differ by one person would give her away.
    ``result`` holds one entry for each way: people (rounded), mean, lower, upper, or why nothing is shown.
    """

    round = models.ForeignKey(ReflectionRound, on_delete=models.CASCADE, related_name="changes")
    rater = models.CharField(max_length=5, choices=Rater.choices)
    result = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "rater"], name="group_change_once")
        ]

    def __str__(self) -> str:
        return f"group change {self.pk}"
