"""The votes of a decision as pages show them: the counts, and why they led where they did."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from danchu.decision.models import Cluster, HouseholdVote, OnlineOpinion, OnlinePoll
from danchu.decision.models.votes import Way
from danchu.decision.online_file import FEWEST_NAMED
from danchu.decision.rules.outcomes import PAPERS, judged
from danchu.law.book import book
from danchu.law.decision import Form

# The matters whose papers reach each household before the meeting (Decree 59/2023 article 3.4).
WITH_PAPERS = (1, 2, 3)
PAPER_WORDS = {
    "notice": _("Thông báo"),
    "ballot": _("Phiếu lấy ý kiến"),
    "list": _("Danh sách hộ để ký"),
    "tally": _("Phiếu kiểm phiếu, mỗi người đếm một tờ"),
    "minutes": _("Biên bản"),
}


@dataclass(frozen=True)
class ShownVote:
    """A vote; `why` explains its outcome in whole numbers with the article, "" without one;
    `clusters` are the places of a meeting that is held in several. `hides_clusters`: their counts
    would tell everybody what one or two households chose in secret, or may once all voted.
    `is_public`: everybody reads it, so that nobody is named. `papers_rule` is the rule of the day
    by which papers must reach each household, None where the matter has none.
    """

    vote: HouseholdVote
    why: str
    clusters: tuple[Any, ...] = ()
    polls: tuple[OnlinePoll, ...] = ()
    hides_clusters: bool = False
    is_public: bool = False
    papers_rule: Any = None

    @property
    def refused_plan(self) -> Any:
        """The plan of clusters that the People's Committee did not agree to; else None."""
        plan = getattr(self.vote, "cluster_plan", None)
        return plan if plan and plan.document and plan.approved_on is None else None

    @property
    def rest(self) -> list[tuple[str, int]]:
        """(name, number) of what was counted beside yes and no, without what nobody did."""
        return [(str(name), number) for name, number in self._others() if number]

    @property
    def absent(self) -> list[str]:
        """The names of what was counted and nobody did, as they stand within a sentence."""
        names = [str(name) for name, number in self._others() if not number]
        return [f"{name[:1].lower()}{name[1:]}" for name in names]

    def _others(self) -> list[tuple[Any, int]]:
        vote = self.vote
        pairs = [(_("Ý kiến khác"), vote.other), (_("Phiếu trắng"), vote.blank)]
        if self.is_ballot:
            pairs += [
                (_("Phiếu không đọc được"), vote.unreadable),
                (_("Phiếu chọn hai lần"), vote.double),
                (_("Tờ không phải phiếu của lần này"), vote.foreign),
                (_("Phiếu nộp muộn, không tính"), vote.late),
            ]
        return pairs

    @property
    def is_ballot(self) -> bool:
        return self.vote.form == Form.BALLOT

    @property
    def is_online(self) -> bool:
        return self.vote.form == Form.ONLINE

    @property
    def papers(self) -> list[tuple[str, Any]]:
        """[(kind of a paper of the vote, its word)]"""
        kinds = ["notice", "minutes"] if self.is_online else ["notice", "list", "minutes"]
        if self.is_ballot or self.vote.way == Way.SECRET:
            kinds.insert(1, "ballot")
        if self.is_ballot:
            kinds.insert(-1, "tally")
        return [(kind, PAPER_WORDS[kind]) for kind in kinds]


def votes_of(decision: Any, *, is_public: bool = False) -> list[ShownVote]:
    """The votes of a decision, the latest first; `is_public`: as everybody may read them."""
    return [
        ShownVote(
            vote,
            judged(decision, vote).why if vote.outcome else "",
            tuple(vote.clusters.all()),
            tuple(vote.polls.filter(opened_at__isnull=False).order_by("pk")),
            is_public and _hides_clusters(vote),
            is_public,
            None if is_public else _papers_rule(decision, vote),
        )
        for vote in HouseholdVote.objects.filter(decision=decision)
        .select_related("conduct", "cluster_plan")
        .prefetch_related(Prefetch("clusters", Cluster.objects.order_by("number")))
        .order_by("-number")
    ]


def _papers_rule(decision, vote):
    """The rule by which the papers of the meeting must reach each household; None for matters that
    have none.
    """
    if vote.form != Form.MEETING or decision.item not in WITH_PAPERS:
        return None
    return book().rule_if_any(PAPERS, vote.planned_on)


def _hides_clusters(vote):
    """Whether so few voted in secret in one cluster that its counts say what each of them chose.
    The others are hidden with it, as it would be their difference from the total; and until there
    is a result, as nobody knows how many come to the last one.
    """
    return not vote.outcome or any(
        one.way == Way.SECRET and one.counted_on and 0 < one.attending < FEWEST_NAMED
        for one in vote.clusters.all()
    )


def opinions_of(vote: HouseholdVote | None) -> list[str]:
    """The other opinions that households wrote on line, by the alphabet and by no household."""
    if vote is None:
        return []
    rows = OnlineOpinion.objects.filter(poll__vote=vote).order_by("pk")
    return list(rows.values_list("text", flat=True))
