from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class Relation(models.TextChoices):
    """The closed list of ways in which one thing leads to another."""

    BECAME = "became", _("became")
    EVIDENCED_BY = "evidenced_by", _("is evidenced by")
    ACTS_ON = "acts_on", _("acts on")
    PRACTISED_IN = "practised_in", _("was practised in")
    MEASURED_BY = "measured_by", _("is measured by")
    TOLD_IN = "told_in", _("is told in")
    ADOPTED_FROM = "adopted_from", _("was adopted from")
    HELPED_BY = "helped_by", _("was helped by")


class StrandQuerySet(models.QuerySet["Strand"]):
    """Strands, as sentences."""

    def standing(self) -> "StrandQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def touching(self, kind: str, public_id: object) -> "StrandQuerySet":
        return self.filter(
            models.Q(from_kind=kind, from_id=public_id) | models.Q(to_kind=kind, to_id=public_id)
        )


class Strand(models.Model):
    """``from`` leads to ``to``; made by somebody, and withdrawn rather than removed."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    from_kind = models.CharField(max_length=40)
    from_id = models.UUIDField()
    relation = models.CharField(max_length=20, choices=Relation.choices)
    to_kind = models.CharField(max_length=40)
    to_id = models.UUIDField()
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = StrandQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["from_kind", "from_id"], name="strand_from"),
            models.Index(fields=["to_kind", "to_id"], name="strand_to"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["from_kind", "from_id", "relation", "to_kind", "to_id"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="strand_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_kind} {self.relation} {self.to_kind}"
