"""One row for each notice: waiting, sent, or given up. Its address is erased once it is sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    DESK = "desk", _("Bàn làm việc")
    EMAIL = "email", _("Thư điện tử")
    SMS = "sms", _("Tin nhắn SMS")
    ZALO = "zalo", _("Zalo")


class State(models.TextChoices):
    WAITING = "waiting", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Không gửi được")


class Notice(models.Model):
    """`text` for one account (on its desk) or for one `target` (an address of the channel). The
    text contains codes, never the names of persons.

    A notice about a subject (its kind and primary key) is completed by the room of that kind when
    it is sent (letters.py).
    """

    journal_kind = "notice"

    channel = models.CharField(max_length=8, choices=Channel.choices)
    account = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="notices"
    )
    target = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=500)
    subject_kind = models.CharField(max_length=20, blank=True)
    subject = models.BigIntegerField(null=True, blank=True)
    link = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.IntegerField(default=0)
    # Set and committed before an adapter is called, cleared when its outcome is stored.
    tried_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_has_one_reader",
                condition=models.Q(channel="desk", account__isnull=False, target="")
                | models.Q(account=None) & ~models.Q(channel="desk"),
            ),
            models.CheckConstraint(
                name="notice_forgets_where_it_went",
                condition=models.Q(state="waiting") | models.Q(target=""),
            ),
        ]
        indexes = [
            models.Index(name="notice_waiting", fields=["id"], condition=models.Q(state="waiting")),
            models.Index(
                name="notice_of_account",
                fields=["account", "-id"],
                condition=models.Q(account__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.channel} {self.pk}"


class Told(models.Model):
    """Idempotency record of a reminder: an obligation with this due day reached this step of the
    table of escalations and its offices were told.
    """

    obligation = models.ForeignKey("obligations.Obligation", models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    due_on = models.DateField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="told_once_a_day", fields=["obligation", "step", "due_on", "on"]
            )
        ]

    def __str__(self):
        return f"{self.obligation_id} {self.step} {self.on}"


class Digest(models.Model):
    """Idempotency record of the daily mail: what waits was written to this account on this day."""

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_digest_a_day", fields=["account", "on"])]

    def __str__(self):
        return f"{self.account_id} {self.on}"


class DigestRefusal(models.Model):
    """The owner of this account wants no daily mail."""

    account = models.OneToOneField("people.Account", models.PROTECT, related_name="+")

    def __str__(self):
        return str(self.account_id)
