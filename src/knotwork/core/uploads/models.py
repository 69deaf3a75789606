from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class Upload(models.Model):
    """One file that was handed in. Its bytes lie under the home folder by their hash; its name is only shown."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.file_name
