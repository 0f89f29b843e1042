"""Invitations to an office, resets of a lost second factor, and what an installation is set up
with.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from danchu.people.models import Account, OfficeKind
from danchu.staff.querysets import InvitationQuerySet
from danchu.staff.words import Channel, InvitationState, ResetState
from danchu.units.models import Unit


class Invitation(models.Model):
    """An office offered to a person, who accepts it with a code: by mail, by a message, or by a
    printed letter. Somebody with a telephone and no `email` says by which address they log in when
    they accept.

    The code is derived from the secret key of the server, the uid and `issue`, the number of times
    it was sent; only a keyed digest of it is stored. `giver` is the account whose rights the office
    comes from, asked again when it is accepted; None for the command line. `is_first`: the
    installation itself gives one of the first offices, at the word of the giver.
    """

    journal_kind = "account_invitation"

    uid = models.UUIDField(unique=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    office_kind = models.ForeignKey(OfficeKind, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    grounds = models.CharField(max_length=200)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    issue = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, db_index=True)
    valid_until = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=InvitationState.choices, default=InvitationState.OPEN
    )
    giver = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    is_first = models.BooleanField(default=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_invitation_lower", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="staff_invitation_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="staff_invitation_accepted_by_somebody",
                condition=Q(state="accepted", account__isnull=False)
                | ~Q(state="accepted") & Q(account=None),
            ),
            models.UniqueConstraint(
                name="staff_invitation_open_once",
                fields=["email", "office_kind", "unit"],
                condition=Q(state="open") & ~Q(email=""),
            ),
            models.UniqueConstraint(
                name="staff_invitation_open_once_by_phone",
                fields=["phone", "office_kind", "unit"],
                condition=Q(state="open", email=""),
            ),
            models.CheckConstraint(
                name="staff_invitation_reaches_somebody",
                condition=~Q(email="", phone=""),
            ),
        ]
        indexes = [models.Index(name="staff_invitation_latest", fields=["-made_at", "-id"])]

    def __str__(self):
        return f"{self.office_kind_id} @{self.unit_id} {self.uid}"


class FactorReset(models.Model):
    """A lost second factor: `asked_by` asks to remove it, another person confirms."""

    journal_kind = "factor_reset"

    account = models.ForeignKey(Account, models.PROTECT, related_name="factor_resets")
    state = models.CharField(max_length=10, choices=ResetState.choices, default=ResetState.ASKED)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="factor_reset_asked_once", fields=["account"], condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="factor_reset_by_two",
                condition=~Q(state="done") | Q(ended_by__isnull=False) & ~Q(ended_by=F("asked_by")),
            ),
        ]

    def __str__(self):
        return f"{self.account_id} {self.state}"


class PrintedCode(models.Model):
    """The code that the first operator prints during set-up: it removes their lost second factor
    while nobody else could. Stored as its digest; used once.
    """

    journal_kind = "printed_code"

    account = models.OneToOneField(Account, models.PROTECT, related_name="printed_code")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "staff_printed_code"

    def __str__(self):
        return f"{self.account_id}"


class SetUpAddress(models.Model):
    """The address by which the set-up page of an empty installation opens: one row. `digest` is
    that of its secret, `browser` that of the session which opened it.
    """

    journal_kind = "set_up_address"

    digest = models.CharField(max_length=64)
    valid_until = models.DateTimeField()
    browser = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "staff_set_up_address"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_set_up_address")]

    def __str__(self):
        return f"{self.valid_until}"


class Installation(models.Model):
    """What is said of the installation: one row. `place` is the unit it is for; `backup_folder` a
    folder of the server; `mail_worked_at` is when an operator said that the test letter arrived,
    `sms_worked_at` the test message; `uses_sms` is False where the place sends no messages.
    """

    journal_kind = "installation"

    name = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    backup_folder = models.CharField(max_length=400, blank=True)
    mail_tried_at = models.DateTimeField(null=True, blank=True)
    mail_worked_at = models.DateTimeField(null=True, blank=True)
    sms_tried_at = models.DateTimeField(null=True, blank=True)
    sms_worked_at = models.DateTimeField(null=True, blank=True)
    uses_sms = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_installation")]

    def __str__(self):
        return self.name
