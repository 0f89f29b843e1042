"""The reception of citizens: reception days of office holders, and the register of visits (form
03/TCD, thirteen columns).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.casework import kept
from danchu.casework.natures import Nature
from danchu.casework.querysets import ReceptionDayQuerySet, ReceptionQuerySet


class Form(models.TextChoices):
    REGULAR = "regular", _("Thường xuyên")
    PERIODIC = "periodic", _("Định kỳ của người đứng đầu")
    AD_HOC = "ad_hoc", _("Đột xuất")
    DELEGATED = "delegated", _("Ủy quyền tiếp")


class DayState(models.TextChoices):
    PLANNED = "planned", _("Theo lịch")
    HELD = "held", _("Đã tiếp")
    MISSED = "missed", _("Không tiếp")


class ReceptionDay(models.Model):
    """A day on which an office holder, or the `delegate` instead, receives citizens: published,
    then held, or missed with the reason.

    `places` can be booked beforehand (0: none), until the end of the day that is `book_before` days
    earlier. Both are chosen by the office; no law says them.
    """

    journal_kind = "reception_day"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    office = models.CharField(max_length=120)
    form = models.CharField(max_length=10, choices=Form.choices)
    on = models.DateField()
    hours = models.CharField(max_length=40, blank=True)
    room = models.CharField(max_length=200)
    delegate = models.CharField(max_length=120, blank=True)
    is_deputy = models.BooleanField(default=False)
    places = models.PositiveSmallIntegerField(default=0)
    book_before = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=DayState.choices, default=DayState.PLANNED)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ReceptionDayQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.RECEPTION_DAY_DIGEST,
            models.UniqueConstraint(
                name="one_reception_day", fields=["unit", "office", "on", "form"]
            ),
            models.CheckConstraint(
                name="missed_says_why", condition=~Q(state="missed") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="only_a_delegated_day_has_a_delegate",
                condition=Q(form="delegated") | Q(delegate="", is_deputy=False),
            ),
        ]
        indexes = [models.Index(name="reception_day_of_unit", fields=["unit", "on"])]

    def __str__(self):
        return f"{self.office} {self.on}"


class Visit(models.Model):
    """One visit (lượt), a line of the register: who came, how many, about what, what was done.

    `is_first`: the matter (vụ việc) is heard for the first time. `is_group`: a large group by the
    law of the day. Nothing here identifies a denouncer: `sealed` does, and the line shows its
    pseudonym. `refused_for` is the key of the ground on which the reception was refused; such a
    line is not counted as a visit.
    """

    journal_kind = "visit"

    uid = models.UUIDField(unique=True)
    code = models.CharField(max_length=12, unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    day = models.ForeignKey(
        ReceptionDay, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    year = models.IntegerField()
    number = models.IntegerField()
    received_on = models.DateField()
    form = models.CharField(max_length=10, choices=Form.choices)
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    identity = models.CharField(max_length=20, blank=True)
    content = models.TextField()
    nature = models.CharField(max_length=12, choices=Nature.choices)
    people = models.IntegerField(default=1)
    representatives = models.IntegerField(default=0)
    is_group = models.BooleanField(default=False)
    is_first = models.BooleanField(default=True)
    handled_before = models.CharField(max_length=200, blank=True)
    competent = models.BooleanField(default=True)
    guidance = models.CharField(max_length=300, blank=True)
    handler = models.CharField(max_length=200, blank=True)
    follow_up = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    petition = models.ForeignKey(
        "casework.Petition", models.PROTECT, null=True, blank=True, related_name="visits"
    )
    sealed = models.ForeignKey(
        "vault.Sealed", models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_for = models.CharField(max_length=16, blank=True)
    notice_number = models.CharField(max_length=30, blank=True)
    noticed_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.VISIT_DIGEST,
            models.CheckConstraint(
                name="notice_of_a_refused_visit",
                condition=Q(noticed_on__isnull=True, notice_number="")
                | ~Q(refused_for="") & ~Q(notice_number="") & Q(noticed_on__isnull=False),
            ),
            models.UniqueConstraint(name="one_visit_a_number", fields=["unit", "year", "number"]),
            models.CheckConstraint(
                name="visit_people", condition=Q(people__gte=1, people__lte=100_000)
            ),
            models.CheckConstraint(
                name="visit_of_a_denouncer_is_sealed",
                condition=~Q(nature="denunciation") & ~Q(name="")
                | Q(nature="denunciation", sealed__isnull=False, name="", address="", identity=""),
            ),
        ]
        indexes = [models.Index(name="visit_of_unit", fields=["unit", "received_on"])]

    def __str__(self):
        return f"{self.number}/{self.year}"

    @property
    def who(self):
        """The name in the register: the pseudonym for a denouncer, whose `sealed` is read then."""
        return self.sealed.pseudonym if self.sealed_id else self.name
