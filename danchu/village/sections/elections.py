"""Elections of heads at the desk: the list, a new one, its page, its acts."""

from django.utils.translation import gettext_lazy as _

from danchu.subjects.forms import DayForm
from danchu.subjects.listing import Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.verbs import DISCUSS
from danchu.subjects.waiting import Wait
from danchu.village import actions
from danchu.village.lives import ELECTION_LIFE, NOMINATION, OFFICE, ElectionState
from danchu.village.models import HeadElection
from danchu.village.naming import election_title
from danchu.village.papers.kinds import papers_of
from danchu.village.sections import election_form as forms
from danchu.village.sections.shared import (
    ELECTION_COLUMNS,
    ELECTIONS_TITLE,
    NO_WORDS,
    election_filters,
    matter_facts,
)
from danchu.village.shown import election_facts
from danchu.village.writes.owing import owed_by


def _rows(actor):
    return HeadElection.objects.viewed_by(actor).select_related("decision")


def _facts(election, actor):
    """The context of the page of an election at the desk."""
    return {
        **election_facts(election),
        **matter_facts(election.decision),
        "owed": list(owed_by(election)),
        "papers": papers_of(election),
    }


LISTING = Listing(
    name="head-elections",
    title=ELECTIONS_TITLE,
    rows=_rows,
    placed=lambda election: (election.unit_id, election.planned_on),
    columns=ELECTION_COLUMNS,
    filters=election_filters(ElectionState),
    file_name="bau-truong-thon",
    empty=_("Chưa có cuộc bầu nào."),
    advice=_(
        "Chủ tịch Ủy ban nhân dân cấp xã ra kế hoạch, rồi ghi ở đây từng bước trước ngày bầu."
    ),
    lacks={"q": NO_WORDS},
)

ELECTIONS = Section(
    one="head_election",
    verb=DISCUSS,
    listing=LISTING,
    life=ELECTION_LIFE,
    links=(Link("desk_village_heads", _("Trưởng thôn, tổ trưởng tổ dân phố")),),
    record=Record(template="village/election.html", rows=_rows, title=election_title, facts=_facts),
    new=New(
        title=_("Kế hoạch bầu trưởng thôn, tổ trưởng"),
        word=_("Ghi kế hoạch bầu"),
        form=forms.ElectionForm,
        create=actions.plan_election,
        allows=may_begin("draft", OFFICE),
        denied=_("Chức trách của ông/bà không ghi việc bầu trưởng thôn, tổ trưởng."),
    ),
    acts=(
        Act("nominate", _("Ghi người ứng cử"), actions.nominate, forms.NominateForm),
        Act("send_candidates", _("Gửi biên bản người ứng cử"), actions.send_candidates, DayForm),
        Act("set_team", _("Lập Tổ bầu cử"), actions.set_team, forms.TeamForm),
        Act("post", _("Niêm yết việc bầu"), actions.post_election, DayForm),
        Act("vote", _("Ghi kết quả biểu quyết"), actions.vote_election, forms.VoteForm),
        Act(
            "count",
            _("Ghi số phiếu đã kiểm"),
            actions.count_election,
            forms.CountForm,
            own_page=True,
        ),
    ),
    waits=(
        Wait(
            "send_candidates",
            (ElectionState.PLANNED,),
            "draft",
            NOMINATION,
            only={"candidates_on": None},
        ),
        Wait("set_team", (ElectionState.PLANNED,), "draft", OFFICE, only={"team_on": None}),
        Wait("post", (ElectionState.PLANNED,), "draft", OFFICE),
        Wait("vote", (ElectionState.POSTED,), "draft", OFFICE, since="planned_on"),
    ),
)
