"""What households decide, at the desk: the list, a new matter, its page, its acts."""

from django.utils.translation import gettext_lazy as _

from danchu.decision import actions
from danchu.decision.latest import latest_vote
from danchu.decision.led import leading_page
from danchu.decision.lives import (
    COUNT,
    DECISION,
    DECISION_LIFE,
    FRONT_RECOGNITION,
    RECOGNITION,
    State,
)
from danchu.decision.models import (
    BallotCount,
    DecisionSheet,
    HouseholdDecision,
    RollChange,
    SheetKind,
)
from danchu.decision.querysets import villages_within
from danchu.decision.rules.items import ITEMS, item_words
from danchu.decision.scope_shown import scope_facts
from danchu.decision.sections import decision_form as forms
from danchu.decision.sections.cluster_acts import CLUSTER_ACTS
from danchu.decision.sections.decision_acts import (
    CloseFormForm,
    ConsentForm,
    HandOutForm,
    PlanOnlineForm,
    TakeBackForm,
)
from danchu.decision.sections.notice_acts import NOTICE_ACTS
from danchu.decision.sections.scope_acts import COMMUNE_ACTS, FOLLOWING_ACTS
from danchu.decision.sections.scope_acts import WAITS as MORE_WAITS
from danchu.decision.sections.shared import (
    COLUMNS,
    EMPTY,
    FILE_NAME,
    TITLE,
    place_and_day,
    votes_beside,
)
from danchu.decision.sheet_codes import sheet_code
from danchu.decision.votes_shown import opinions_of, votes_of
from danchu.obligations.models import Obligation
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import DayForm, ReasonForm
from danchu.subjects.listing import Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.verbs import DISCUSS
from danchu.subjects.waiting import Wait

# A convention or an election is in force: nobody has to carry it out and say so.
CARRIED_OUT = (1, 2, 6)
DIFFERENT_COUNTS = _(
    "Hai người kiểm ra số khác nhau: cả hai kiểm lại, ai sai thì ghi lại số của mình."
)


def _rows(actor):
    return HouseholdDecision.objects.viewed_by(actor)


def _facts(decision, actor):
    """The context of the page of a decision."""
    votes = votes_of(decision)
    latest = votes[0].vote if votes else None
    owed = Obligation.objects.open().filter(
        subject_kind=decision.journal_kind, subject=str(decision.pk)
    )
    return {
        "item": item_words(decision.item),
        "votes": votes,
        **scope_facts(decision),
        "counts": _counts(latest),
        "different_counts": DIFFERENT_COUNTS,
        "leading": leading_page(decision),
        "roll_changes": _changes(latest),
        "sheets": list(DecisionSheet.objects.filter(decision=decision).order_by("pk")),
        "opinions": opinions_of(latest),
        "codes": _codes(decision, latest, actor),
        "handed_out": latest.entries.filter(issued_at__isnull=False).count() if latest else 0,
        "owed": list(owed.order_by("due_on", "pk")),
    }


def _codes(decision, vote, actor):
    """[(word, address of the form, code)] of the sheets that the reader may enter now, also from a
    telephone without a line.
    """
    number = vote.number if vote else 0
    possible = DECISION_LIFE.acts_of(decision, actor)
    kinds = {
        State.COLLECTING: (SheetKind.CONSENTS,),
        State.MEETING: (SheetKind.ATTENDANCE,),
        State.BALLOTING: (SheetKind.ISSUED, SheetKind.COUNT),
    }.get(decision.state, ())
    return [
        (
            kind.label,
            "desk_new_count_sheet" if kind == SheetKind.COUNT else "desk_new_roll_sheet",
            sheet_code(decision, 0 if kind == SheetKind.CONSENTS else number, kind),
        )
        for kind in kinds
        if actions.SHEET_ACTS[kind] in possible
    ]


def _counts(vote):
    """How many people have counted the ballots of a vote that is not settled."""
    if vote is None or vote.outcome:
        return 0
    return BallotCount.objects.filter(vote=vote).count()


def _counted(decision):
    """What is said to who wrote down a count: whether it settled the vote, and what follows."""
    if decision.state != State.BALLOTING:
        return _("Hai người kiểm ra cùng số: đã có kết quả.")
    if _counts(latest_vote(decision)) > 1:
        return DIFFERENT_COUNTS
    return _("Đã ghi số của ông/bà. Chờ người thứ hai kiểm riêng và ghi số của mình.")


def _changes(vote):
    """[(change, number of the household)] of the roll since it was frozen for the vote."""
    if vote is None or vote.frozen_at is None:
        return []
    rows = RollChange.objects.filter(
        unit__in=villages_within(vote.unit_id, vote.held_on), made_at__gt=vote.frozen_at
    )
    return list(rows.select_related("household").order_by("made_at", "pk"))


LISTING = Listing(
    name="decisions",
    title=TITLE,
    rows=_rows,
    placed=place_and_day,
    columns=COLUMNS,
    more=votes_beside,
    filters={
        "unit": Place(),
        "item": Choice(ITEMS, _("Việc (Điều 15)"), "item"),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "since": Since("proposed_on"),
        "last": Last("proposed_on"),
        "q": Words("title"),
    },
    file_name=FILE_NAME,
    empty=EMPTY,
    advice=_("Việc của Điều 15 được đưa ra, thông báo, họp hoặc phát phiếu, rồi gửi kết quả."),
)

DECISIONS = Section(
    one="decision",
    verb=DISCUSS,
    listing=LISTING,
    life=DECISION_LIFE,
    links=(Link("desk_households", _("Danh sách hộ gia đình"), may_begin("view", forms.ROLL)),),
    record=Record(template="decision/decision.html", rows=_rows, facts=_facts),
    new=New(
        title=_("Đưa ra một việc để Nhân dân quyết định"),
        word=_("Đưa ra một việc"),
        form=forms.DecisionForm,
        create=actions.propose_decision,
        allows=may_begin("draft", DECISION),
        denied=_("Chức trách của ông/bà không đưa việc ra để Nhân dân quyết định."),
    ),
    acts=(
        Act("consent", _("Ghi các hộ đồng thuận"), actions.add_consents, ConsentForm),
        Act("submit", _("Nộp đề xuất"), actions.submit_initiative, DayForm),
        Act("announce", _("Thông báo họp"), actions.announce_meeting, forms.AnnounceForm),
        Act("open", _("Mở cuộc họp, chốt danh sách hộ"), actions.open_meeting, forms.OpenForm),
        Act(
            "attend",
            _("Ghi các hộ dự họp"),
            actions.attend_meeting,
            forms.AttendForm,
            own_page=True,
        ),
        Act("strike", _("Bỏ một hộ ghi nhầm"), actions.strike_attendance, forms.StrikeForm),
        Act(
            "choose",
            _("Ghi thư ký, cách biểu quyết, ban kiểm phiếu"),
            actions.choose_procedure,
            forms.ChooseForm,
        ),
        Act("vote", _("Ghi kết quả biểu quyết"), actions.vote_in_meeting, forms.VoteForm),
        Act("close_short", _("Kết thúc, không đủ người dự"), actions.close_short_meeting),
        Act("plan_ballot", _("Thông báo phát phiếu"), actions.plan_ballot, forms.PlanBallotForm),
        Act("issue", _("Phát phiếu, chốt danh sách hộ"), actions.issue_ballots, DayForm),
        Act(
            "hand_out",
            _("Ghi các hộ đã nhận phiếu"),
            actions.hand_out_ballots,
            HandOutForm,
            own_page=True,
        ),
        Act(
            "take_back",
            _("Bỏ một hộ ghi nhầm là đã nhận phiếu"),
            actions.take_back_ballot,
            TakeBackForm,
        ),
        Act(
            "count",
            _("Ghi số phiếu đã kiểm"),
            actions.count_ballots,
            forms.CountForm,
            saved=_counted,
            own_page=True,
        ),
        Act(
            "plan_online",
            _("Thông báo biểu quyết trực tuyến"),
            actions.plan_online,
            PlanOnlineForm,
        ),
        Act("open_online", _("Mở biểu quyết trực tuyến, chốt danh sách hộ"), actions.open_online),
        Act(
            "close_form",
            _("Kết thúc việc hỏi có dùng trực tuyến"),
            actions.close_form,
            CloseFormForm,
        ),
        Act("close_online", _("Kết thúc biểu quyết trực tuyến"), actions.close_online),
        Act("send", _("Gửi cấp xã"), actions.send_decision, DayForm),
        Act("recognise", _("Công nhận"), actions.recognise_decision, forms.DocumentForm),
        Act("refuse", _("Không công nhận"), actions.refuse_decision, forms.RefuseForm),
        Act("post", _("Niêm yết kết quả"), actions.post_result, DayForm),
        Act("carry_out", _("Ghi đã thực hiện"), actions.carry_out, forms.CarryOutForm),
        Act("annul", _("Bãi bỏ"), actions.annul_decision, forms.AnnulForm),
        *CLUSTER_ACTS,
        *NOTICE_ACTS,
        *COMMUNE_ACTS,
        *FOLLOWING_ACTS,
        Act(
            "works",
            _("Ghi công trình, đóng góp"),
            actions.note_works,
            forms.WorksForm,
            is_aside=True,
        ),
        Act("withdraw", _("Rút"), actions.withdraw_decision, ReasonForm),
    ),
    waits=(
        Wait("submit", (State.COLLECTING,), "draft", DECISION),
        Wait("announce", (State.PROPOSED,), "draft", DECISION),
        Wait("open", (State.ANNOUNCED,), "draft", DECISION),
        Wait("approve_clusters", (State.CLUSTERS,), "confirm", RECOGNITION),
        Wait(
            "vote",
            (State.MEETING,),
            "draft",
            DECISION,
            before=("choose", "count_cluster", "close_clusters"),
        ),
        Wait("plan_ballot", (State.SHORT,), "draft", DECISION),
        Wait("issue", (State.BALLOT_ANNOUNCED,), "draft", DECISION),
        Wait("count", (State.BALLOTING,), "draft", COUNT),
        Wait("open_online", (State.ONLINE_ANNOUNCED,), "draft", DECISION),
        Wait("close_form", (State.ONLINE_FORM,), "draft", DECISION),
        Wait("close_online", (State.ONLINE,), "draft", DECISION),
        Wait("send", (State.PASSED,), "draft", DECISION),
        Wait("recognise", (State.SENT,), "confirm", RECOGNITION, only={"recogniser": "committee"}),
        Wait(
            "recognise", (State.SENT,), "confirm", FRONT_RECOGNITION, only={"recogniser": "front"}
        ),
        *(
            Wait("carry_out", (State.IN_FORCE,), "draft", DECISION, only={"item": item})
            for item in CARRIED_OUT
        ),
        *(
            Wait(
                "post", (State.IN_FORCE,), "draft", DECISION, only={"item": item, "posted_on": None}
            )
            for item, _word in ITEMS
            if item not in CARRIED_OUT
        ),
        *MORE_WAITS,
    ),
)
