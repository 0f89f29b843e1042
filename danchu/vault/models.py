"""Sealed identities, their locks and the requests to open them. All contents are encrypted."""

from django.db import models
from django.db.models import Q

from danchu.kernel.days import now
from danchu.vault import kept


class Sealed(models.Model):
    """One identity: `content` is encrypted with a data key of its own, which its `Lock`s hold,
    encrypted for each key of the ring.
    """

    journal_kind = "sealed_identity"

    pseudonym = models.CharField(max_length=24, unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    content = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.pseudonym


class SealedFile(models.Model):
    """A file that could identify the denouncer, with its name, encrypted with the same data key."""

    sealed = models.ForeignKey(Sealed, models.PROTECT, related_name="files")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.sealed_id} {self.pk}"


class Lock(models.Model):
    """The data key of one identity, encrypted for the holder of the private key with the
    fingerprint `key`.
    """

    sealed = models.ForeignKey(Sealed, models.CASCADE, related_name="locks")
    key = models.CharField(max_length=16)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_lock_a_key", fields=["sealed", "key"])]

    def __str__(self) -> str:
        return f"{self.sealed_id} {self.key}"


class Opening(models.Model):
    """A request to read an identity, with its reason; another official grants or refuses it, and
    the first may read until `until`. Never deleted.
    """

    journal_kind = "vault_opening"

    sealed = models.ForeignKey(Sealed, models.PROTECT, related_name="openings")
    asked_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    judged_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    granted = models.BooleanField(default=False)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            kept.OPENING,
            models.CheckConstraint(
                name="opening_by_two_persons",
                condition=Q(judged_by=None) | ~Q(judged_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="opening_granted_by_somebody",
                condition=Q(granted=False, until=None)
                | Q(granted=True, until__isnull=False, judged_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="opening_waiting", fields=["id"], condition=Q(judged_by=None))]

    def __str__(self) -> str:
        return f"{self.sealed_id} {self.asked_at:%d/%m/%Y}"

    def is_open(self) -> bool:
        """Whether the identity may be read now; a system clock set back does not extend it."""
        if not self.granted or self.judged_at is None or self.until is None:
            return False
        return self.judged_at <= now() < self.until
