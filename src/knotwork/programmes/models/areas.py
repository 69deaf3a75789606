from typing import ClassVar

from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class Area(models.Model):
    """An official geography: its code, its name, its dates, and its outline where we hold one; shared by programmes.

    ``outline`` is a GeoJSON geometry (longitude, latitude, WGS 84), simplified for small maps.
    ``changed_at`` tells whoever keeps a drawing of the outlines when to draw anew.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    outline = models.JSONField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
