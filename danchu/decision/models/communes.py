"""A matter of the whole commune: decided by each of its villages, then by how many agreed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.decision import kept
from danchu.decision.models.decisions import HouseholdDecision
from danchu.law.decision import Form


class CommuneForm(models.TextChoices):
    MEETING = Form.MEETING.value, _("Từng thôn, tổ dân phố họp")
    BALLOT = Form.BALLOT.value, _("Từng thôn, tổ dân phố phát phiếu")


class CommuneVote(models.Model):
    """How a commune asks all its villages about the matter `decision`, which is one of the commune.

    `agreement` names the paper by which the chair of the Front agreed to content and form; `until`
    is the last day for a village to report. `villages`, of the map of that day, `reported` and
    `agreed` are counted when it is closed.
    """

    journal_kind = "commune_vote"

    decision = models.OneToOneField(HouseholdDecision, models.PROTECT, related_name="commune_vote")
    form = models.CharField(max_length=16, choices=CommuneForm.choices)
    agreement = models.CharField(max_length=60)
    opened_on = models.DateField()
    until = models.DateField()
    villages = models.PositiveIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)
    agreed = models.PositiveIntegerField(default=0)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.COMMUNE,
            kept.COMMUNE_DIGEST,
            models.CheckConstraint(
                name="commune_vote_agreed_of_villages",
                condition=Q(agreed__lte=F("reported"), reported__lte=F("villages")),
            ),
            models.CheckConstraint(
                name="commune_vote_ends_after_it_opens", condition=Q(until__gte=F("opened_on"))
            ),
        ]

    def __str__(self):
        return f"{self.decision_id} {self.agreed}/{self.villages}"


class CommunePart(models.Model):
    """The decision of one village on a matter of the whole commune."""

    journal_kind = "commune_part"

    whole = models.ForeignKey(CommuneVote, models.PROTECT, related_name="parts")
    decision = models.OneToOneField(HouseholdDecision, models.PROTECT, related_name="commune_part")
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)

    class Meta:
        constraints = [
            kept.PART,
            kept.PART_DIGEST,
            models.UniqueConstraint(name="one_village_once_in_a_commune", fields=["whole", "unit"]),
        ]

    def __str__(self):
        return f"{self.whole_id} {self.unit_id}"
