"""Who takes part in a try-out."""

from typing import ClassVar

from django.db import models

from knotwork.actions.models.try_outs import TryOut
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Organisation


class TryOutPartner(models.Model):
    """That an organisation takes part in a try-out, and what it does there."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    does = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["try_out", "organisation"], name="try_out_partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.does}"
