"""Requests for information under the law on access to information."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import kept
from danchu.disclosure.lives import REQUEST_FILE, RequestState
from danchu.subjects.scoped import ScopedQuerySet


class Way(models.TextChoices):
    """How a request came in and is answered."""

    ONLINE = "online", _("Qua mạng")
    POST = "post", _("Qua bưu chính, fax")
    PERSON = "person", _("Trực tiếp tại trụ sở")


class Ground(models.TextChoices):
    """Why information is not given: article 28, paragraph 1 of the law."""

    SECRET = "secret", _("Thông tin công dân không được tiếp cận (Điều 6)")
    CONDITION = "condition", _("Không đáp ứng điều kiện tiếp cận (Điều 7)")
    PUBLIC = "public", _("Thông tin đang được công khai")
    OTHER_DUTY = "other_duty", _("Không thuộc trách nhiệm cung cấp")
    GIVEN_TWICE = "given_twice", _("Đã cung cấp hai lần cho chính người yêu cầu")
    TOO_MUCH = "too_much", _("Vượt quá khả năng đáp ứng")
    NOT_PAID = "not_paid", _("Người yêu cầu không thanh toán chi phí")


class RequestQuerySet(ScopedQuerySet):
    viewed_as = REQUEST_FILE

    def due_to_forget(self, day: date) -> Self:
        """Those answered or refused on the day or before that still say who asked."""
        return self.filter(answered_on__lte=day).exclude(name="")

    def answered_in_time(self) -> Self:
        """Those that were given what they asked for by their due day."""
        return self.filter(state=RequestState.ANSWERED, answered_on__lte=F("obligation__due_on"))


class InformationRequest(models.Model):
    """Somebody asks `unit` for information; who asks and what is read by whoever handles files of
    citizens only. An empty `name` says that who it was is forgotten. `fee` is what printing,
    copying and sending cost, in đồng.
    """

    journal_kind = "information_request"

    uid = models.UUIDField(unique=True)
    code = models.CharField(max_length=20, unique=True)
    secret = models.CharField(max_length=64)
    sent_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    is_complex = models.BooleanField(default=False)
    is_prolonged = models.BooleanField(default=False)
    question = models.TextField()
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    received_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=RequestState.choices, default=RequestState.RECEIVED
    )
    answer = models.TextField(blank=True)
    ground = models.CharField(max_length=12, choices=Ground.choices, blank=True)
    fee = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, blank=True)
    paper_name = models.CharField(max_length=200, blank=True)
    obligation = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.REQUEST_DIGEST,
            models.CheckConstraint(
                name="closed_request_says_when",
                condition=Q(state="received", answered_on=None)
                | ~Q(state="received") & Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="refused_request_has_a_ground",
                condition=Q(state="refused") & ~Q(ground="") | ~Q(state="refused") & Q(ground=""),
            ),
            models.CheckConstraint(name="fee_of_information", condition=Q(fee__gte=0)),
        ]
        indexes = [models.Index(name="information_latest", fields=["-received_on", "-id"])]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """What it is called where who asks is not named."""
        return f"{_('Yêu cầu cung cấp thông tin')} {self.code}"
