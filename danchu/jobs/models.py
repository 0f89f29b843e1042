"""The errors of failed jobs. The jobs themselves are rows of procrastinate's tables."""

from django.db import models


class Failure(models.Model):
    """One attempt at a job that ended in an error: `error` names its kind and place in the code.

    The message of an error may quote people, so it is stored only where the program wrote it.
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
