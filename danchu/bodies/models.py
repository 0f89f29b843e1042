"""The members of bodies other than inspection boards, whose members belong to a term."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from danchu.bodies import kept
from danchu.units.models import DatedQuerySet, ends_after_it_begins, no_two_at_once


class BodyMemberQuerySet(DatedQuerySet):
    def after(self, day: date) -> Self:
        """Those who are members on the day or later."""
        return self.filter(Q(until=None) | Q(until__gt=day))


class BodyMember(models.Model):
    """One role of a person in a body, from `since` until `until`. Rows of one `person` are the
    roles of one membership; `term_ends_on` is the day until which they were elected.
    """

    journal_kind = "body_member"

    body = models.ForeignKey("units.Body", models.PROTECT, related_name="members")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    person = models.UUIDField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    term_ends_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = BodyMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.MEMBER_DIGEST,
            ends_after_it_begins("body_member_ends_after_they_begin"),
            no_two_at_once("person", "no_two_roles_of_a_member_at_once"),
        ]
        indexes = [models.Index(name="body_member_of_body", fields=["body", "since"])]

    def __str__(self):
        return f"{self.body_id} {self.role}"
