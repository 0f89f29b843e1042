"""Accounts; offices and their rights; who holds which office where and when; what was delegated."""

from datetime import date
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from danchu.people.accounts import AccountManager
from danchu.units.models import DAYS, Body, DatedQuerySet, Unit


class Account(AbstractBaseUser):
    """Someone who can log in. What they may do comes only from the offices they hold."""

    journal_kind = "account"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # How often the second factor was added, removed or renewed: sessions of before end.
    factor_changes = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = AccountManager()

    class Meta:
        db_table = "people_account"
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="account_email_lower")
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def _get_session_auth_hash(self, secret=None):
        """As Django has it, of the password; also of the changes of the second factor, so that
        each change ends the sessions of before, as a new password does.
        """
        of_password = super()._get_session_auth_hash(secret=secret)
        if not self.factor_changes:
            return of_password
        key = f"{of_password}:{self.factor_changes}"
        return salted_hmac("danchu.people.factor", key, secret, algorithm="sha256").hexdigest()


class SecretFingerprint(models.Model):
    """The fingerprint of the secret key with which the installation was set up: a machine with
    another key does not recognise the codes of invitations, of senders and of sessions. One row.
    """

    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "people_secret_fingerprint"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_secret_fingerprint"),
        ]

    def __str__(self):
        return self.digest


class Token(models.Model):
    """A bearer token with which a program acts as `account` at the API; stored as its SHA-256."""

    journal_kind = "token"

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_token"

    def __str__(self):
        return self.name


class OfficeKind(models.Model):
    """A kind of office, such as the chair of a commune's People's Committee. Loaded from
    office_kinds.toml.
    """

    journal_kind = "office_kind"

    key = models.CharField(max_length=40, primary_key=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    needs_second_factor = models.BooleanField(default=False)

    class Meta:
        db_table = "people_office_kind"

    def __str__(self):
        return self.name_vi


class OfficeRight(models.Model):
    """An office of this kind may do `verb` to `kind` ("*" = every kind) in the subtree of its
    unit.
    """

    office_kind = models.ForeignKey(OfficeKind, models.CASCADE, related_name="rights")
    verb = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)

    class Meta:
        db_table = "people_office_right"
        constraints = [
            models.UniqueConstraint(
                fields=["office_kind", "verb", "kind"], name="office_right_once"
            ),
        ]

    def __str__(self):
        return f"{self.office_kind_id}: {self.verb} {self.kind}"


class HoldingQuerySet(DatedQuerySet):
    def in_force(self, day: date) -> Self:
        """Those that give rights on the day: of an active account, at a unit that exists, and for a
        deputy while the principal's holding lasts.
        """
        principal = Q(deputy_of=None) | Q(deputy_of__since__lte=day) & (
            Q(deputy_of__until=None) | Q(deputy_of__until__gt=day)
        )
        alive = Q(unit__until=None) | Q(unit__until__gt=day)
        return self.on(day).filter(principal, alive, unit__since__lte=day, account__is_active=True)


class Holding(models.Model):
    """`account` holds an office at `unit` from `since` to before `until`: in person, or as the
    deputy of another holding.

    A deputy has the rights of the office while both holdings last.
    """

    journal_kind = "holding"

    account = models.ForeignKey(Account, models.PROTECT, related_name="holdings")
    office_kind = models.ForeignKey(OfficeKind, models.PROTECT, related_name="holdings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="holdings")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    deputy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies"
    )

    objects = HoldingQuerySet.as_manager()

    class Meta:
        db_table = "people_holding"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="holding_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="holding_once_at_a_time",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("office_kind", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.account_id} {self.office_kind_id} @{self.unit_id}"


class DelegationQuerySet(DatedQuerySet):
    def in_force(self, day: date) -> Self:
        """Those that give a right on the day: while the giver holds the office, and of a right that
        the office still has.
        """
        giver = Holding.objects.in_force(day).filter(deputy_of=None)
        has = OfficeRight.objects.filter(
            Q(kind=OuterRef("kind")) | Q(kind="*"),
            office_kind=OuterRef("giver__office_kind"),
            verb=OuterRef("verb"),
        )
        return self.on(day).filter(Exists(has), giver__in=giver)


class Delegation(models.Model):
    """The holder of `giver` delegates `verb` on `kind` to `to`, from `since` to before `until`, at
    most for as long as they hold the office. A delegated right cannot be delegated further.
    """

    journal_kind = "delegation"

    giver = models.ForeignKey(Holding, models.PROTECT, related_name="delegations")
    to = models.ForeignKey(Account, models.PROTECT, related_name="delegations")
    verb = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    reason = models.TextField()

    objects = DelegationQuerySet.as_manager()

    class Meta:
        db_table = "people_delegation"
        constraints = [
            # Equal where a delegation was ended before it began: it never took effect.
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="delegation_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.verb} {self.kind} → {self.to_id}"
