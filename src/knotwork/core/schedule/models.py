from django.db import models


class ScheduledJob(models.Model):
    """When a job last ran and how it went."""

    name = models.CharField(max_length=60, unique=True)
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """That a worker was alive at a moment; readiness asks for a recent one of each queue."""

    worker = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} at {self.at:%H:%M:%S}"
