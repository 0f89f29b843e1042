"""Accounts; offices and their rights; who holds which office where and when; what was delegated."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from danchu.people.accounts import AccountManager


class Account(AbstractBaseUser):
    """Someone who can log in. What he may do comes from the offices he holds, never from here."""

    journal_kind = "account"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = AccountManager()

    class Meta:
        db_table = "people_account"
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="account_email_lower")]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name


class OfficeKind(models.Model):
    """A kind of office, such as the chair of a commune's People's Committee. Loaded from office_kinds.toml."""

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
    """An office of this kind may do `verb` to `kind` ("*" = every kind) in the subtree of its unit."""

    office_kind = models.ForeignKey(OfficeKind, models.CASCADE, related_name="rights")
    verb = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)

    class Meta:
        db_table = "people_office_right"
        constraints = [
            models.UniqueConstraint(fields=["office_kind", "verb", "kind"], name="office_right_once"),
        ]

    def __str__(self):
        return f"{self.office_kind_id}: {self.verb} {self.kind}"
