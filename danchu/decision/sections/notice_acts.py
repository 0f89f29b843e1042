"""Notices that take the place of one that was given: each form begins with what stands."""

from django.utils.translation import gettext_lazy as _

from danchu.decision import actions
from danchu.decision.latest import latest_vote
from danchu.decision.sections.decision_acts import PlanOnlineForm
from danchu.decision.sections.decision_form import AnnounceForm, PlanBallotForm
from danchu.kernel.days import show_day
from danchu.subjects.editing import EditingForm
from danchu.subjects.sections import Act


class NoticedForm(EditingForm):
    """A notice as it was given, to be changed. `days` are the columns of the vote by field."""

    days = {}

    def prepare(self):
        vote = latest_vote(self.row)
        for name, column in self.days.items():
            day = vote and getattr(vote, column)
            self.initial[name] = show_day(day) if day else ""


class AnnounceAgainForm(NoticedForm, AnnounceForm):
    days = {"on": "noticed_on", "planned_on": "planned_on", "papers_on": "papers_on"}


class PlanAgainForm(NoticedForm):
    """The same with the team and whom its leader represents."""

    days = {"on": "noticed_on", "since": "planned_on", "until": "until"}

    def prepare(self):
        super().prepare()
        if vote := latest_vote(self.row):
            conduct = getattr(vote, "conduct", None)
            self.initial |= {"team": vote.team, "leader": conduct and conduct.leader}


class PlanBallotAgainForm(PlanAgainForm, PlanBallotForm):
    pass


class PlanOnlineAgainForm(PlanAgainForm, PlanOnlineForm):
    def prepare(self):
        super().prepare()
        poll = latest_vote(self.row).polls.order_by("pk").first()
        self.initial["reported_on"] = show_day(poll.reported_on) if poll else ""


NOTICE_ACTS = (
    Act(
        "announce_again",
        _("Thông báo lại"),
        actions.announce_again,
        AnnounceAgainForm,
        is_aside=True,
    ),
    Act(
        "plan_ballot_again",
        _("Thông báo phát phiếu lại"),
        actions.plan_ballot_again,
        PlanBallotAgainForm,
        is_aside=True,
    ),
    Act(
        "plan_online_again",
        _("Thông báo biểu quyết trực tuyến lại"),
        actions.plan_online_again,
        PlanOnlineAgainForm,
        is_aside=True,
    ),
)
