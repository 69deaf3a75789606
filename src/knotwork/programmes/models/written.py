"""What people write for a place or a programme: the base of every note, story, try-out and map."""

from django.conf import settings
from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models.places import Place
from knotwork.programmes.models.programmes import Programme
from knotwork.programmes.models.visibility import StagedVisibility


class Written(StagedVisibility):
    """Something written for a programme, or for one place of it, and shown to more people step by step.

    ``author`` is the account that wrote it, which only the writer's own pages need; ``signed`` is how the writer
    wants to be named in public (*A bus scheduler*), and may be empty.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    author_id: int | None
    signed = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, default="en")
    written_at = models.DateTimeField(default=clock.now)

    class Meta(StagedVisibility.Meta):
        abstract = True
