"""Counts of knocks at the open doors of the portal."""

from django.db import models


class Knock(models.Model):
    """How often within an hour; `key` is a keyed digest that tells nothing of who knocked."""

    key = models.CharField(max_length=40)
    hour = models.DateTimeField()
    number = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_knock_an_hour", fields=["key", "hour"])]

    def __str__(self):
        return f"{self.hour:%H:%M} {self.number}"
