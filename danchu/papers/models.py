"""One row for each content that was ever kept; its bytes lie on disk under their own hash."""

from django.db import models

from danchu.papers.store import path_of


class Paper(models.Model):
    """A file's content: `hash` is its SHA-256, `size` its bytes, `media` the type its content
    shows.
    """

    journal_kind = "paper"

    hash = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media = models.CharField(max_length=100)
    kept_by = models.CharField(max_length=60)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_hash_is_sha256", condition=models.Q(hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(name="paper_not_empty", condition=models.Q(size__gt=0)),
        ]

    def __str__(self):
        return self.hash[:12]

    @property
    def path(self):
        return path_of(self.hash)

    def open(self):
        """The content as a binary stream."""
        return self.path.open("rb")
