from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class SnapshotState(models.TextChoices):
    """How a run stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    GOOD = "good", _("good")
    FAILED = "failed", _("failed")


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots, as sentences."""

    def of(self, kind: str, subject: UUID) -> "SnapshotQuerySet":
        return self.filter(kind=kind, subject=subject)

    def good(self) -> "SnapshotQuerySet":
        return self.filter(state=SnapshotState.GOOD)

    def under_way(self) -> "SnapshotQuerySet":
        return self.filter(state__in=(SnapshotState.WAITING, SnapshotState.RUNNING))

    def newest_first(self) -> "SnapshotQuerySet":
        return self.order_by("-id")


class Snapshot(models.Model):
    """One run of one analysis on one subject: input state, method, options, seed, result, times, and any error."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    input_state = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    options = models.JSONField(default=dict)
    seed = models.BigIntegerField(default=0)
    result = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=SnapshotState.choices, default=SnapshotState.WAITING)
    error = models.TextField(blank=True)
    is_cited = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "subject", "state", "-id"], name="snapshot_newest")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=("waiting", "running")),
                name="one_run_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}: {self.state}"


class SnapshotTable(models.Model):
    """A table of a snapshot, as Parquet bytes in a table of their own so that reading a result stays light."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="tables")
    name = models.CharField(max_length=40)
    parquet = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["snapshot", "name"], name="snapshot_table_once")
        ]

    def __str__(self) -> str:
        return self.name


class SnapshotPicture(models.Model):
    """A drawn figure of a snapshot in one language, with the same figures as a table."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="pictures")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    title = models.TextField()
    description = models.TextField()
    svg = models.TextField()
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["snapshot", "language", "name"], name="snapshot_picture_once")
        ]

    def __str__(self) -> str:
        return self.name
