"""Boards through time: a term, its members, the plan of its rounds; the investment projects that communities supervise."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    HEAD = "head", _("Trưởng ban")
    DEPUTY = "deputy", _("Phó trưởng ban")
    MEMBER = "member", _("Thành viên")


class Capital(models.TextChoices):
    PUBLIC = "public", _("Đầu tư công")
    PPP = "ppp", _("Đối tác công tư")
    COMMUNITY = "community", _("Nhân dân đóng góp")
    SPONSORED = "sponsored", _("Tài trợ trực tiếp cho xã")


class Project(models.Model):
    """An investment in a commune that a Community Investment Supervision Board watches. Budget in đồng."""

    journal_kind = "investment_project"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    board = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    capital = models.CharField(max_length=10, choices=Capital.choices)
    budget = models.BigIntegerField(default=0)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    disclosed_on = models.DateField(null=True, blank=True)
    supervised_from = models.DateField(null=True, blank=True)
    notice = models.OneToOneField("obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="project_days_in_order", condition=(Q(ended_on=None) | Q(ended_on__gte=F("begun_on"))) & Q(budget__gte=0))]

    def __str__(self):
        return self.name


class BoardTerm(models.Model):
    """One term of a board (`board` a body of one of the kinds): members are elected, the Front recognises them, the term ends."""

    journal_kind = "board_term"

    uid = models.UUIDField(unique=True)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    since = models.DateField()
    until = models.DateField()
    recognised_on = models.DateField(null=True, blank=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="terms")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="board_term_days_in_order", condition=Q(until__gt=F("since")) & (Q(recognised_on=None) | Q(recognised_on__gte=F("since")))),
            models.UniqueConstraint(name="one_board_term_a_start", fields=["board", "since"]),
        ]

    def __str__(self):
        return f"{self.board_id} {self.since}"


class BoardMember(models.Model):
    """Who sits on a board: elected by a village (`village`) or named, from `elected_on` until `left_on`. His office is public."""

    journal_kind = "board_member"

    term = models.ForeignKey(BoardTerm, models.PROTECT, related_name="members")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    village = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    is_peoples = models.BooleanField(default=True)
    elected_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="board_member_left_says_why", condition=Q(left_on=None) | Q(left_on__gte=F("elected_on")) & ~Q(reason=""))]

    def __str__(self):
        return f"{self.term_id} {self.role}"


class RoundPlan(models.Model):
    """A round that a board plans in a period: what, of whom, when; told to the Front, the chair and the subject in time."""

    journal_kind = "round_plan"

    uid = models.UUIDField(unique=True)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    span = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=200, blank=True)
    planned_on = models.DateField()
    notified_on = models.DateField(null=True, blank=True)
    notice = models.OneToOneField("obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+")
    round = models.OneToOneField("register.Event", models.PROTECT, null=True, blank=True, related_name="plan")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="round_plan_of_unit", fields=["unit", "planned_on"])]

    def __str__(self):
        return self.title
