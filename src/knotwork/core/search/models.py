from typing import ClassVar

from django.db import models

from knotwork.core import clock


class IndexedDocument(models.Model):
    """The words of one thing that can be found, as they stood when the index last looked.

    Made anew from the things themselves at any time; in no dump. Beside this table each database keeps the words in
    its own way (see ``engines``).
    """

    kind = models.CharField(max_length=40)
    public_id = models.UUIDField()
    title = models.TextField()
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    indexed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "public_id"], name="document_indexed_once")
        ]

    def __str__(self) -> str:
        return self.title


class IndexPosition(models.Model):
    """How far the index has read the events: one row, or none before everything was read for the first time.

    ``newest`` is the highest number of an event, ``tail`` how many numbers just below it were there: PostgreSQL numbers
    an event when it is written, not when it is kept, so that a late one shows in the tail alone.
    """

    newest = models.BigIntegerField(default=0)
    tail = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"read up to event {self.newest}"
