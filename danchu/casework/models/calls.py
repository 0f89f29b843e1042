"""Which call of a city hot-line a petition came from."""

from django.db import models

from danchu.casework import kept


class Call(models.Model):
    """The call of a petition that came in with the export of the hot-line of this key
    (rules/hotlines.py); `number` is the hot-line's own. `called_at` is None where the export says
    only the day, which is the day of receipt. `forwarded_to` is whom the hot-line gave it to. Who
    called is a `Petitioner` like any other.
    """

    petition = models.OneToOneField("casework.Petition", models.PROTECT, related_name="call")
    hotline = models.CharField(max_length=20)
    number = models.CharField(max_length=60)
    called_at = models.DateTimeField(null=True, blank=True)
    is_urgent = models.BooleanField(default=False)
    forwarded_to = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            kept.CALL,
            models.UniqueConstraint(name="one_call_a_number", fields=["hotline", "number"]),
        ]

    def __str__(self):
        return f"{self.hotline} {self.number}"
