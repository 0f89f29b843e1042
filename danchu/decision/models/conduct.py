"""Who convened a vote and who led its team, and when its plan was copied to the commune."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.decision import kept
from danchu.decision.models.votes import HouseholdVote


class Convener(models.TextChoices):
    HEAD = "head", _("Trưởng thôn, Tổ trưởng tổ dân phố")
    ELECTION_TEAM = "election_team", _("Tổ bầu cử")
    FRONT = "front", _("Trưởng ban công tác Mặt trận")
    CHAIR = "chair", _("Chủ tịch Ủy ban nhân dân cấp xã")
    APPOINTED = "appointed", _("Người được Chủ tịch Ủy ban nhân dân cấp xã chỉ định")


class Leader(models.TextChoices):
    FRONT = "front", _("Đại diện Ban công tác Mặt trận")
    VILLAGE = "village", _("Đại diện thôn, tổ dân phố")
    ORGANISATION = "organisation", _("Đại diện đoàn thể, hộ gia đình")


class Conduct(models.Model):
    """By whose office a vote is led: `convener` of a meeting, `leader` of the team that hands out
    ballots. `copied_on` is when its plan went to the People's Committee and the Front.
    """

    journal_kind = "vote_conduct"

    vote = models.OneToOneField(HouseholdVote, models.PROTECT, related_name="conduct")
    convener = models.CharField(max_length=14, choices=Convener.choices, blank=True)
    leader = models.CharField(max_length=14, choices=Leader.choices, blank=True)
    copied_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [kept.CONDUCT_DIGEST]

    def __str__(self):
        return f"{self.vote_id} {self.convener or self.leader}"
