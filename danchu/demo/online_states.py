"""Matters that the households of a ward's villages vote on over the internet: in each step. By the
real acts, and by the writing of a choice that each household's own page makes.
"""

from danchu.decision import actions
from danchu.decision.latest import latest_vote
from danchu.decision.models import OnlinePoll, Step
from danchu.decision.models.conduct import Leader
from danchu.decision.writes.choices import NO, OTHER, YES, write_choice
from danchu.demo.meetings import entries_of, people, propose

ORDER = 6  # the one matter of article 15 that may be voted on line
# (number of the village, title, content)
ANNOUNCED = (
    *(6, "Giờ mở cửa phòng đọc nhà văn hóa"),
    "Mở thêm các tối thứ ba, thứ năm từ 19 giờ 30 đến 21 giờ, do hội phụ nữ trông.",
)
ASKED = (
    *(12, "Chuyển giờ họp tổ sang tối thứ bảy"),
    "Các hộ đi làm về muộn; họp từ 20 giờ, không quá 90 phút.",
)
VOTING = (
    *(10, "Ngày tổng vệ sinh hằng tháng của tổ"),
    "Chuyển từ sáng thứ bảy tuần đầu sang chiều chủ nhật tuần đầu của tháng.",
)
CLOSED = (
    *(9, "Lịch trực đón trẻ trước cổng trường mầm non"),
    "Mỗi sáng hai hộ trực mười lăm phút, theo lịch xoay vòng của tổ.",
)
NOT_AGREED = (
    *(11, "Dùng nhóm Zalo làm kênh báo tin chính thức của tổ"),
    "Tổ trưởng đăng thông báo; giấy vẫn dán ở bảng tin cho hộ không dùng điện thoại.",
)
OPINIONS = ("Nên trực theo từng tầng cho dễ nhớ.", "Hộ có người già xin được miễn.")
TEAM = 3


def play_online(ward, villages):
    """Matters in each step of a vote on line."""
    _planned(ward, villages, ANNOUNCED, -3, -8)
    _answer(_opened(ward, villages, ASKED, 0, -5), Step.FORM, 2)
    decision = _opened(ward, villages, VOTING, 1, -3)
    _answer(decision, Step.FORM, 1)
    decision = actions.close_form(decision, by=ward.by, until=ward.day(-6))
    _answer(decision, Step.MATTER, 3)
    _closed(ward, villages)
    decision = _opened(ward, villages, NOT_AGREED, 0, -4)
    _answer(decision, Step.FORM, 1, tenths=3)
    actions.close_form(decision, by=ward.by, until=ward.day(-9))


def _planned(ward, villages, matter, since, until):
    """Noticed and reported; open from a day on, asked until another, each as days ago."""
    number, title, content = matter
    village = villages[min(number, len(villages)) - 1]
    return actions.plan_online(
        propose(ward, village, ORDER, title, content, since + 6),
        by=ward.by,
        on=ward.day(max(since + 4, 0)),
        reported_on=ward.day(max(since + 3, 0)),
        since=ward.day(since),
        until=ward.day(until),
        team=people(ward, TEAM),
        leader=Leader.FRONT,
    )


def _opened(ward, villages, matter, since, until):
    return actions.open_online(_planned(ward, villages, matter, since, until), by=ward.by)


def _answer(decision, step, every, tenths=8):
    """Every so-many-th household answers, so many tenths of them with yes."""
    poll = OnlinePoll.objects.get(vote=latest_vote(decision), step=step)
    for place, entry in enumerate(entries_of(decision)[::every]):
        write_choice(poll, entry, YES if place % 10 < tenths else NO)


def _closed(ward, villages):
    """All households answered both questions, so both could close at once; the result is sent."""
    decision = _opened(ward, villages, CLOSED, 1, -2)
    _answer(decision, Step.FORM, 1)
    decision = actions.close_form(decision, by=ward.by, until=ward.day(-4))
    _answer(decision, Step.MATTER, 1)
    poll = OnlinePoll.objects.get(vote=latest_vote(decision), step=Step.MATTER)
    for entry, opinion in zip(entries_of(decision), OPINIONS, strict=False):
        write_choice(poll, entry, OTHER, opinion)
    decision = actions.close_online(decision, by=ward.by)
    actions.send_decision(decision, by=ward.by, on=ward.day(0))
