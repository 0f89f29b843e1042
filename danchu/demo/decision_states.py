"""What the households of a ward's villages put to a meeting: a matter in each step of its life. By
the real acts.
"""

from danchu.decision import actions
from danchu.decision.models import HouseholdDecision
from danchu.demo.ballot_states import play_ballots
from danchu.demo.cluster_states import play_clusters
from danchu.demo.commune_states import play_commune
from danchu.demo.meetings import (
    A_DAY,
    gather,
    meet,
    own_villages,
    pass_matter,
    propose,
    recognise,
    reject_matter,
    send,
)
from danchu.demo.online_states import play_online
from danchu.kernel.days import show_day

VILLAGES = 12
FUND, BOARD, ORDER = 2, 5, 6  # matters of article 15
# Passed, sent and posted: (number of the village, matter, title, content, days ago, days until it
# was done or 0)
PASSED = (
    (
        *(1, ORDER, "Để xe máy một bên ngõ 3"),
        "Xe máy, xe đạp để sát tường bên số lẻ; bên số chẵn để trống cho xe cứu thương, chữa cháy.",
        *(150, 21),
    ),
    (
        *(2, FUND, "Mức thu, chi quỹ tổ dân phố: 20 nghìn đồng mỗi hộ mỗi tháng"),
        "Chi thăm hỏi ốm đau, việc hiếu, Trung thu và 1/6. Hộ nghèo, cận nghèo không phải đóng. "
        "Tổ trưởng công khai thu chi mỗi quý tại nhà văn hóa.",
        *(212, 0),
    ),
    (
        *(6, ORDER, "Khóa cổng khu tập thể từ 23 giờ 30 đến 5 giờ"),
        "Mỗi hộ có hai chìa; bảo vệ mở khi có người ốm, cấp cứu hoặc chữa cháy.",
        *(96, 14),
    ),
    (
        *(8, FUND, "Bán xe đẩy rác cũ, mua hai xe mới từ quỹ tổ"),
        "Bán xe cũ 1,4 triệu đồng; mua hai xe mới 9,6 triệu đồng, phần còn thiếu lấy từ quỹ tổ.",
        *(84, 25),
    ),
    (
        *(11, ORDER, "Mượn nhà văn hóa làm lớp học hè cho trẻ"),
        "Ba buổi sáng mỗi tuần, do đoàn thanh niên trông; tổ trả tiền điện, nước.",
        *(178, 70),
    ),
    (
        *(12, BOARD, "Bầu thay thành viên Ban Thanh tra nhân dân của tổ"),
        "Người trước chuyển nơi ở. Hội nghị giới thiệu một người, các hộ biểu quyết.",
        *(64, 0),
    ),
)
NOT_PASSED = (
    *(10, FUND, "Nâng quỹ tổ dân phố lên 50 nghìn đồng mỗi hộ mỗi tháng"),
    "Thêm khoản thuê người quét ngõ hằng ngày; chi công khai mỗi tháng.",
    51,
)
COLLECTING = (
    *(6, ORDER, "Lắp gương cầu lồi ở ngã ba ngõ 14"),
    "Ngã ba khuất, ba tháng nay có hai vụ va quệt. Gương do một hộ tặng, tổ cử người dựng.",
)
INITIATIVE = (
    *(7, ORDER, "Trồng hoa giấy dọc tường ngõ 20"),
    "Các hộ tự mua cây, tưới nước theo lịch; không chắn cửa sổ và lối thoát hiểm.",
)
ANNOUNCED = (
    *(7, FUND, "Mức thu, chi quỹ tổ dân phố năm tới"),
    "Giữ 20 nghìn đồng mỗi hộ mỗi tháng; thêm khoản chi sửa loa truyền thanh của tổ.",
)
MEETING = (
    *(8, 1, "Lát lại sân nhà văn hóa, mỗi hộ góp 450 nghìn đồng"),
    "Sân 86 m², dự toán 31,5 triệu đồng; phường hỗ trợ xi măng. Hộ nghèo không phải góp tiền.",
)
SHORT = (
    *(9, 1, "Lắp bốn camera ở đầu ngõ, mỗi hộ góp 350 nghìn đồng"),
    "Camera quay lối đi chung; công an phường giữ dữ liệu, xóa sau ba mươi ngày.",
)
SENT_LATELY = (
    *(8, BOARD, "Bầu bổ sung thành viên Ban Thanh tra nhân dân của tổ"),
    "Thành viên trước thôi vì sức khỏe. Ban công tác Mặt trận giới thiệu hai người.",
)
JUST_PASSED = (
    *(1, ORDER, "Không bày hàng quán ở ngõ 3 trong giờ đưa đón trẻ"),
    "Từ 6 giờ 45 đến 7 giờ 45 và từ 16 giờ 15 đến 17 giờ 15 các ngày học.",
)
REFUSED = (
    *(9, BOARD, "Bầu thành viên Ban Thanh tra nhân dân của tổ"),
    "Ban công tác Mặt trận giới thiệu một người, hội nghị giới thiệu thêm một người.",
)
ANNULLED = (
    *(5, FUND, "Thu 5 nghìn đồng mỗi lượt xe của khách vào ngõ 16"),
    "Tiền nộp quỹ tổ để trả người trông cổng.",
)
WITHDRAWN = (
    *(3, 1, "Trồng lại hàng cây ngõ 9, mỗi hộ góp 150 nghìn đồng"),
    "Mười bốn cây sấu con, đào hố và chống cây do thanh niên trong tổ làm.",
)
AGAIN = (
    *(4, 1, "Lắp mười đèn ngõ 9, mỗi hộ góp 280 nghìn đồng"),
    "Đèn LED 30 W, tự bật lúc trời tối; tiền điện lấy từ chiếu sáng công cộng của phường.",
)
NOT_FIT = "Người trúng cử đang là công chức của phường, không đủ điều kiện theo Điều 35 của Luật."
NO_FEE = "Tổ dân phố không được đặt ra phí, lệ phí; nội dung này trái Luật Phí và lệ phí."
JOINED = "Phường đã đưa hàng cây này vào kế hoạch chỉnh trang hè phố, Nhân dân không phải góp."
NO_PAPERS = "Dự toán không được gửi đến các hộ trước ngày họp; làm lại từ đầu theo Điều 22."
FEW_YET, ENOUGH = 2, 5  # consents to an initiative; a tenth of the households is needed


def play_decisions(ward):
    """Returns how many matters are new."""
    before = HouseholdDecision.objects.count()
    villages = own_villages(ward, VILLAGES)
    for row in PASSED:
        _passed(ward, villages, *row)
    *row, ago = NOT_PASSED
    reject_matter(ward, _propose(ward, villages, *row, ago + 9), ward.day(ago))
    _initiatives(ward, villages)
    _meetings(ward, villages)
    _results(ward, villages)
    _taken_back(ward, villages)
    _done_again(ward, villages)
    play_clusters(ward, villages)
    play_ballots(ward, villages)
    play_online(ward, villages)
    play_commune(ward, villages)
    return HouseholdDecision.objects.count() - before


def _propose(ward, villages, number, item, title, content, ago, **more):
    """The matter put before a village of this number, or of the last one there is."""
    village = villages[min(number, len(villages)) - 1]
    return propose(ward, village, item, title, content, ago, **more)


def _passed(ward, villages, number, item, title, content, ago, days):
    """A matter that passed, was sent, posted, recognised where it must be, and done in so many
    days.
    """
    decision = _propose(ward, villages, number, item, title, content, ago + 9)
    decision = pass_matter(ward, decision, ward.day(ago))
    if item == BOARD:
        recognise(ward, decision, "21/QĐ-MTTQ")
        return
    decision = send(ward, decision)
    if days:
        actions.carry_out(
            decision,
            by=ward.by,
            on=decision.settled_on + days * A_DAY,
            result="Các hộ đã làm đúng như đã bàn; tổ trưởng kiểm lại với Ban công tác Mặt trận.",
        )


def _initiatives(ward, villages):
    """One that still collects consents, one that has enough and waits for its notice."""
    for row, number in ((COLLECTING, FEW_YET), (INITIATIVE, ENOUGH)):
        day = show_day(ward.day(6))
        decision = _propose(
            ward,
            villages,
            *row,
            5,
            proposer="initiative",
            consents="\n".join(f"{place} {day}" for place in range(1, 1 + number)),
            is_collecting=True,
        )
        if number == ENOUGH:
            actions.submit_initiative(decision, by=ward.by, on=ward.day(2))


def _meetings(ward, villages):
    """Before, during and after a meeting that nobody has voted in."""
    actions.announce_meeting(
        _propose(ward, villages, *ANNOUNCED, 6),
        by=ward.by,
        on=ward.day(2),
        planned_on=ward.day(-4),
        papers_on=ward.day(1),
    )
    meet(ward, _propose(ward, villages, *MEETING, 11), ward.day(0))
    decision, _coming = gather(ward, _propose(ward, villages, *SHORT, 13), ward.day(3), fifths=2)
    actions.close_short_meeting(decision, by=ward.by)


def _results(ward, villages):
    """A result that is not sent, and one that waits for its recognition."""
    pass_matter(ward, _propose(ward, villages, *JUST_PASSED, 12), ward.day(2))
    send(ward, pass_matter(ward, _propose(ward, villages, *SENT_LATELY, 15), ward.day(4)))


def _taken_back(ward, villages):
    """A result that the commune annulled, and a matter that was withdrawn before its meeting."""
    decision = pass_matter(ward, _propose(ward, villages, *ANNULLED, 38), ward.day(29))
    actions.annul_decision(send(ward, decision), by=ward.by, document="83/QĐ-UBND", reason=NO_FEE)
    decision = _propose(ward, villages, *WITHDRAWN, 70)
    decision = actions.announce_meeting(
        decision, by=ward.by, on=ward.day(68), planned_on=ward.day(60)
    )
    actions.withdraw_decision(decision, by=ward.by, reason=JOINED)


def _done_again(ward, villages):
    """Two results without force, and what was put before the same households in their place."""
    decision = pass_matter(ward, _propose(ward, villages, *REFUSED, 49), ward.day(40))
    refused = actions.refuse_decision(
        send(ward, decision),
        by=ward.by,
        on=decision.settled_on + 5 * A_DAY,
        document="34/MTTQ",
        reason=NOT_FIT,
    )
    decision = pass_matter(ward, _propose(ward, villages, *AGAIN, 33), ward.day(24))
    again = actions.ask_again(
        send(ward, decision), by=ward.by, document="81/UBND-VP", reason=NO_PAPERS
    )
    for row, ago, until in ((refused, 8, 5), (again, 4, 6)):
        actions.announce_meeting(
            actions.redo_decision(row, by=ward.by, on=ward.day(ago)),
            by=ward.by,
            on=ward.day(1),
            planned_on=ward.day(-until),
            papers_on=ward.day(1),
        )
