from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Programme


class SeriesImportState(models.TextChoices):
    """Where a file of series is: nothing is written before somebody has looked at how it is read."""

    WAITING = "waiting", _("waiting to be read")
    READ = "read", _("read, to be looked at")
    WRITING = "writing", _("being written")
    DONE = "done", _("written")
    REFUSED = "refused", _("refused")
    LEFT = "left", _("left alone")


class SeriesImport(models.Model):
    """A file of series on its way in: read, looked at, then written at once or not at all.

    ``preview`` says how it is read and what would change. ``about`` is what its bringer says of the indicators in it.
    ``upload`` is the stored file, forgotten when the import has ended.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    upload = models.UUIDField(null=True)
    about = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    state = models.CharField(
        max_length=8, choices=SeriesImportState.choices, default=SeriesImportState.WAITING
    )
    problem = models.TextField(blank=True)
    by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]

    def __str__(self) -> str:
        return self.file_name
