"""Terms of boards, members with their declarations, and plans of rounds."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.inspection import kept
from danchu.inspection.querysets import BoardTermQuerySet, RoundPlanQuerySet
from danchu.subjects.order import index_of_names


class Role(models.TextChoices):
    HEAD = "head", _("Trưởng ban")
    DEPUTY = "deputy", _("Phó trưởng ban")
    MEMBER = "member", _("Thành viên")


class Seat(models.TextChoices):
    """Whom a member of an investment board represents."""

    PEOPLE = "people", _("Đại diện người dân")
    FRONT = "front", _("Đại diện Mặt trận Tổ quốc")
    INSPECTION = "inspection", _("Đại diện Ban Thanh tra nhân dân")


class Span(models.TextChoices):
    """The period of a plan or a report."""

    QUARTER = "quarter", _("Quý")
    HALF = "half", _("Sáu tháng")
    YEAR = "year", _("Năm")
    TERM = "term", _("Nhiệm kỳ")
    AD_HOC = "ad_hoc", _("Đột xuất")


class BoardTerm(models.Model):
    """One term of a board, from `since` up to `until` (exclusive): members are elected, then the
    Front recognises the board.
    """

    journal_kind = "board_term"

    uid = models.UUIDField(unique=True)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    since = models.DateField()
    until = models.DateField()
    recognised_on = models.DateField(null=True, blank=True)
    project = models.ForeignKey(
        "inspection.Project", models.PROTECT, null=True, blank=True, related_name="terms"
    )
    # The number of employees of the agency or enterprise, and whether it is so large or dispersed
    # that the board may have more than nine members.
    staff = models.PositiveIntegerField(null=True, blank=True)
    is_dispersed = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = BoardTermQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.TERM_DIGEST,
            models.CheckConstraint(
                name="board_term_days_in_order",
                condition=Q(until__gt=F("since"))
                & (Q(recognised_on=None) | Q(recognised_on__gte=F("since"))),
            ),
            models.UniqueConstraint(name="one_board_term_a_start", fields=["board", "since"]),
        ]

    def __str__(self):
        return f"{self.board_id} {self.since}"


class BoardMember(models.Model):
    """A member of a board from `elected_on` up to `left_on`, elected by a `village` or appointed.
    The membership is public.
    """

    journal_kind = "board_member"

    term = models.ForeignKey(BoardTerm, models.PROTECT, related_name="members")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    village = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    seat = models.CharField(max_length=10, choices=Seat.choices, default=Seat.PEOPLE)
    elected_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            kept.MEMBER_DIGEST,
            models.CheckConstraint(
                name="board_member_left_says_why",
                condition=Q(left_on=None) | Q(left_on__gte=F("elected_on")) & ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.term_id} {self.role}"


class InterestDeclaration(models.Model):
    """The signed declaration of a member about relations to those who decide on, own, advise, build
    or supervise a project.
    """

    journal_kind = "interest_declaration"

    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="declarations")
    declared_on = models.DateField()
    is_kin = models.BooleanField(default=False)
    text = models.CharField(max_length=500, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="kin_is_told_of", condition=Q(is_kin=False) | ~Q(text=""))
        ]

    def __str__(self):
        return f"{self.member_id} {self.declared_on}"


class RoundPlan(models.Model):
    """A planned round: what is checked, where (`subject`) and when; the Front, the chair and those
    to be checked get it before the due day of `notice`.
    """

    journal_kind = "round_plan"

    uid = models.UUIDField(unique=True)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    span = models.CharField(max_length=8, choices=Span.choices)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=200, blank=True)
    planned_on = models.DateField()
    notified_on = models.DateField(null=True, blank=True)
    notice = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = RoundPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="round_plan_cancelled_says_why", condition=Q(cancelled_on=None) | ~Q(reason="")
            )
        ]
        indexes = [
            models.Index(name="round_plan_of_unit", fields=["unit", "planned_on"]),
            index_of_names("round_plan_by_title", "title"),
        ]

    def __str__(self):
        return self.title
