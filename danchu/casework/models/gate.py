"""Counters of the rate limits of anonymous requests."""

from django.db import models


class Knock(models.Model):
    """How many requests there were within an hour; `key` is a keyed digest of purpose and client,
    from which neither can be read.
    """

    key = models.CharField(max_length=40)
    hour = models.DateTimeField()
    number = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_knock_an_hour", fields=["key", "hour"])]

    def __str__(self):
        return f"{self.hour:%H:%M} {self.number}"
