"""What is drawn on a map: factors, the perspectives that people drew, their links, and loops with a name."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.maps.models.maps import SystemMap


class Factor(models.Model):
    """Something that can be more or less, in words that people use: *getting home after four*.

    ``key`` is what the factor is called in files; it is given once and stays when the label changes. ``x`` and ``y``
    are the middle of its box on the whole map, in units of the drawing, worked out whenever the map changes.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    map = models.ForeignKey(SystemMap, on_delete=models.CASCADE, related_name="factors")
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["map", "key"], name="factor_key_per_map")
        ]

    def __str__(self) -> str:
        return self.label


class Perspective(models.Model):
    """One view of the map, drawn by one person or by people at one table; it is kept whole for ever."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    map = models.ForeignKey(SystemMap, on_delete=models.CASCADE, related_name="perspectives")
    name = models.CharField(max_length=120)
    people = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["map", "name"], name="perspective_name_per_map")
        ]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """That people of one perspective say: more of ``source`` leads to more (``sign`` 1) or less (-1) of ``target``.

    ``weight`` from 0 to 1 says how strongly, ``confidence`` from 0 to 1 how sure they were; both may be left open.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    map = models.ForeignKey(SystemMap, on_delete=models.CASCADE, related_name="links")
    perspective = models.ForeignKey(Perspective, on_delete=models.CASCADE, related_name="links")
    source = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="links_in")
    sign = models.SmallIntegerField()
    weight = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(0.0), MaxValueValidator(1.0)]
    )
    confidence = models.FloatField(null=True, blank=True)
    delay = models.CharField(max_length=40, blank=True)
    evidence = models.TextField(blank=True)
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["perspective", "source", "target"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="link_stands_once_per_perspective",
            ),
            models.CheckConstraint(condition=models.Q(sign__in=(1, -1)), name="link_has_a_sign"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="link_joins_two_factors"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {'+' if self.sign > 0 else '-'} {self.target}"

    @property
    def signed_weight(self) -> float:
        """The weight with its sign; a link whose strength nobody said counts in full."""
        return self.sign * (1.0 if self.weight is None else self.weight)


class NamedLoop(models.Model):
    """A feedback loop that people gave a name, such as *Out and about*.

    ``cycle`` holds the keys of its factors in causal order with ``>`` between them, the first in the order of the map
    at the front and not repeated: the form in which loops stand in files.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    map = models.ForeignKey(SystemMap, on_delete=models.CASCADE, related_name="named_loops")
    cycle = models.TextField()
    name = models.CharField(max_length=120)
    named_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["map", "cycle"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="loop_is_named_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
