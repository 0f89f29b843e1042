"""What a job that failed said. The jobs themselves are rows of procrastinate's tables."""

from django.db import models


class Failure(models.Model):
    """One try of a job that ended in an error: `error` names its kind and place in the code.

    Words of people may stand in the message of an error, so it is kept only where it is ours.
    """

    journal_kind = "job_failure"

    job = models.BigIntegerField()
    task = models.CharField(max_length=128)
    attempt = models.IntegerField()
    error = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="failure_of_job", fields=["job", "-id"])]

    def __str__(self):
        return f"{self.task} {self.job}: {self.error}"
