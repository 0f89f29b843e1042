"""One row for each requested export: its progress, its state and its last day."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    WRITING = "writing", _("Đang ghi")
    READY = "ready", _("Đã xong")
    FAILED = "failed", _("Không xong")
    REMOVED = "removed", _("Đã xóa tệp")


class Export(models.Model):
    """`query` is the query string of the list. While the export is being written, `rows` rows in
    `size` bytes are on disk, the last of them the row of the paging key `position`; afterwards
    `size` is that of the whole file. Of `total` rows of the list, None before they are counted,
    `packed` are in the file that is fetched. `rights` is a hash of the account's rights at the
    request.
    """

    journal_kind = "export"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="exports")
    second_factor = models.BooleanField()
    rights = models.CharField(max_length=64)
    name = models.CharField(max_length=40)
    query = models.TextField(blank=True)
    ending = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    rows = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True, blank=True)
    packed = models.BigIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    position = models.JSONField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    last_day = models.DateField()

    class Meta:
        indexes = [
            models.Index(name="export_of_account", fields=["account", "-id"]),
            models.Index(
                name="export_kept",
                fields=["last_day"],
                condition=~models.Q(state="removed"),
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.uid}"

    @property
    def is_under_way(self):
        """Whether the export is waiting or being written."""
        return self.state in (State.WAITING, State.WRITING)
