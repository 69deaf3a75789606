"""A statement, and where a vote stands."""

from django.db import models


class Statement(models.Model):
    """What people vote on."""

    text = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """Where one person's answer to one statement stands."""

    person = models.CharField(max_length=32)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE)
    value = models.SmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "statement"), name="one_vote_each"),)

    def __str__(self) -> str:
        return f"{self.person} {self.statement_id} {self.value}"
