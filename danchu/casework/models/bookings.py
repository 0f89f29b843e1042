"""Bookings of a place at a reception day, made without an account."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.casework.models.reception import ReceptionDay, Visit
from danchu.casework.querysets import BookingQuerySet


class BookingState(models.TextChoices):
    BOOKED = "booked", _("Đã đặt")
    CAME = "came", _("Đã đến")
    ABSENT = "absent", _("Không đến")
    CANCELLED = "cancelled", _("Đã hủy")


class Booking(models.Model):
    """One place of a reception day: who comes, how they are reached, one sentence of the matter.

    `place` is the number of the place, which two bookings of a day never share; a cancelled one has
    none. `unit` and `on` are those of the day. What is about the person is removed when it is no
    longer needed (`forgotten_at`); `visit` is the line of the register that was written from it.
    """

    journal_kind = "booking"

    uid = models.UUIDField(unique=True)
    code = models.CharField(max_length=12, unique=True)
    secret = models.CharField(max_length=64)
    sent_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    day = models.ForeignKey(ReceptionDay, models.PROTECT, related_name="bookings", db_index=False)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    on = models.DateField()
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    notify_by = models.CharField(max_length=8, blank=True)
    matter = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=9, choices=BookingState.choices, default=BookingState.BOOKED
    )
    visit = models.OneToOneField(
        Visit, models.PROTECT, null=True, blank=True, related_name="booking"
    )
    forgotten_at = models.DateTimeField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_booking_a_place", fields=["day", "place"]),
            models.CheckConstraint(
                name="booking_has_a_place_until_cancelled",
                condition=Q(state="cancelled", place=None)
                | ~Q(state="cancelled") & Q(place__gte=1),
            ),
            models.CheckConstraint(
                name="booking_with_a_visit_came", condition=Q(visit=None) | Q(state="came")
            ),
            models.CheckConstraint(
                name="booking_forgets_the_person",
                condition=Q(forgotten_at=None, name__gt="", matter__gt="")
                & (Q(phone__gt="") | Q(email__gt=""))
                | Q(
                    forgotten_at__isnull=False, name="", phone="", email="", notify_by="", matter=""
                ),
            ),
        ]
        indexes = [
            models.Index(name="booking_of_unit", fields=["unit", "on"]),
            models.Index(F("on"), name="booking_remembered", condition=Q(forgotten_at=None)),
        ]

    def __str__(self):
        return self.code
