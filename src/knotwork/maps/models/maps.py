from typing import ClassVar

from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Place, Written


class SystemMap(Written):
    """How things hang together around one question: factors, and the links that people drew between them.

    ``made_elsewhere``: it was drawn by others, in ``year``, and is named with its ``source`` and ``attribution``.
    ``edition`` is raised by every edit of what is drawn, so it says whether a result was worked out from the map as it
    stands now.
    """

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=300, blank=True)
    introduction = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=300, blank=True)
    attribution = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    made_elsewhere = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta(Written.Meta):
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "slug"], name="map_slug_per_programme")
        ]

    def __str__(self) -> str:
        return self.title


class MapReference(models.Model):
    """That a place looks at a map of another place or programme, and in its own words why."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    map = models.ForeignKey(SystemMap, on_delete=models.CASCADE, related_name="references")
    words = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["place", "map"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="map_reference_stands_once",
            )
        ]

    def __str__(self) -> str:
        return self.words or str(self.map)
