"""A page of a decision leaves out what nobody did, and says it in words."""

from danchu.decision.models import HouseholdVote
from danchu.decision.votes_shown import ShownVote
from danchu.law.decision import Form


def test_what_nobody_did_is_no_row_of_zeros():
    vote = HouseholdVote(form=Form.BALLOT, yes=19, no=1, other=0, blank=2, late=0)
    shown = ShownVote(vote, "")
    assert shown.rest == [("Phiếu trắng", 2)]
    assert shown.absent == [
        "ý kiến khác",
        "phiếu không đọc được",
        "phiếu chọn hai lần",
        "tờ không phải phiếu của lần này",
        "phiếu nộp muộn, không tính",
    ]


def test_a_show_of_hands_has_no_unreadable_ballots():
    shown = ShownVote(HouseholdVote(form=Form.MEETING, yes=19, no=1), "")
    assert shown.absent == ["ý kiến khác", "phiếu trắng"]
