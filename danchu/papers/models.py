"""One row for each stored content; its bytes are on disk under their own hash."""

from django.db import models

from danchu.papers.store import path_of


class Paper(models.Model):
    """A stored content: `hash` is its SHA-256, `size` its length in bytes, `media` the type that
    was detected from the content.
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
        """Where the content is stored on disk."""
        return path_of(self.hash)

    def open(self):
        """Open the content as a binary stream."""
        return self.path.open("rb")
