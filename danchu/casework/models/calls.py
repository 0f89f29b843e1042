"""Which call of a city hot-line a petition came from, and exports taken in piece by piece."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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


class RunState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang nhận")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không xong")


class CallRun(models.Model):
    """A long export that is taken in by a background job: of `total` new calls `taken` are
    petitions. Which ones is not written here: a call is known by its number, so a run that was
    interrupted goes on with those that are not there yet. `name` is that of the file, which waits
    in the store until the run ends.
    """

    journal_kind = "call_run"

    uid = models.UUIDField(unique=True)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    second_factor = models.BooleanField()
    hotline = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    total = models.IntegerField()
    taken = models.IntegerField(default=0)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.WAITING)
    fault = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="call_run_of_account", fields=["account", "-id"])]

    def __str__(self):
        return f"{self.hotline} {self.uid}"

    @property
    def is_under_way(self):
        """Whether calls of it are still to be taken in."""
        return self.state in (RunState.WAITING, RunState.RUNNING)
