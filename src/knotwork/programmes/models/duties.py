"""What the law, and fairness, ask of a programme in public life: kept in the programme's own row, so asking is free."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicDuties(models.Model):
    """A pre-election hold, what a conversation is not, and until when what is about people is kept.

    The hold is a window ``[hold_opens_at, hold_closes_at)``; there is one at a time. ``keep_until`` is the day from
    which personal data goes; ``keep_told_at`` says when the team was told of it, ``keep_done_at`` when it was done.
    """

    hold_opens_at = models.DateTimeField(null=True, blank=True)
    hold_closes_at = models.DateTimeField(null=True, blank=True)
    hold_words = models.TextField(_("why things are held back"), blank=True)
    hold_is_shown = models.BooleanField(default=False)
    says_no_consultation = models.BooleanField(default=True)
    consultation_words = models.TextField(blank=True)
    keep_until = models.DateField(null=True, blank=True)
    keep_told_at = models.DateTimeField(null=True, blank=True)
    keep_done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
