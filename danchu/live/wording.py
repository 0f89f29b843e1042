"""The words of the hall's pages, in the reader's language: for the page as it is sent and for its
script.
"""

from django.utils.translation import gettext as _

from danchu.conference.words import (
    FloorKind,
    ItemKind,
    ItemState,
    PollKind,
    QuestionState,
    Secrecy,
)
from danchu.kernel.numbers import SEPARATORS
from danchu.kernel.words import language


def thousands_mark() -> str:
    """What stands between thousands in the reader's language."""
    return SEPARATORS[language()][0]


def words() -> dict[str, str]:
    """{key: word} of everything hall_view needs: kinds, states, outcomes, announcements."""
    names: dict[str, str] = {}
    for start, choices in (
        ("item", ItemKind),
        ("now", ItemState),
        ("poll", PollKind),
        ("secrecy", Secrecy),
        ("floor", FloorKind),
        ("question", QuestionState),
    ):
        names |= {f"{start}.{value}": str(label) for value, label in choices.choices}
    return names | {
        "outcome.passed": _("Được thông qua"),
        "outcome.not_passed": _("Không được thông qua"),
        "outcome.no_quorum": _("Không đủ số người dự"),
        "outcome.void": _("Không có giá trị"),
        "outcome.counted": _("Đã có kết quả"),
        **_needs(),
        "say.item": _("Đang diễn ra: %s"),
        "say.open": _("Mở biểu quyết: %s"),
        "say.closed": _("Đã đóng biểu quyết: %s"),
        "say.declared": _("Kết quả biểu quyết: %s"),
        "say.turn": _("Mời ông/bà phát biểu"),
        "say.said": _("Thông báo: %s"),
        "say.over": _("Hội nghị đã bế mạc"),
    }


def _needs() -> dict[str, str]:
    """What needs_text says of a rule: its share, and the number that this comes to."""
    return {
        "thousands_mark": thousands_mark(),
        "needs.nothing": _("Không có ngưỡng phải đạt: kết quả là các con số."),
        "needs.quorum": _(
            "Có giá trị khi số người có mặt đạt %(amount)s số người có quyền biểu quyết."
        ),
        "needs.present": _(
            "Được thông qua khi “%(option)s” đạt %(amount)s số người có mặt lúc mở biểu quyết."
        ),
        "needs.entitled": _(
            "Được thông qua khi “%(option)s” đạt %(amount)s tổng số người có quyền biểu quyết."
        ),
        "needs.hall": _("Được thông qua khi “%(option)s” đạt %(amount)s số người trong hội nghị."),
        "needs.number": _("Được thông qua khi “%(option)s” có %(amount)s phiếu."),
        "sense.at_least": _("ít nhất %s"),
        "sense.more_than": _("trên %s"),
        "sense.at_most": _("nhiều nhất %s"),
        "number.at_least": _("Cần ít nhất %(number)s trên %(whole)s."),
        "number.more_than": _("Cần ít nhất %(number)s trên %(whole)s."),
        "number.at_most": _("Nhiều nhất %(number)s trên %(whole)s."),
    }


def sentences() -> dict[str, str]:
    """{key: sentence} of what only the script says: the state of its connection, what became of
    what it sent; and the mark between thousands.
    """
    return {
        "thousands": thousands_mark(),
        "live": _("Trực tiếp"),
        "joining": _("Đang kết nối…"),
        "lost": _("Mất kết nối, đang nối lại…"),
        "slow": _("Đường truyền yếu: cập nhật mỗi 15 giây"),
        "offline": _("Không có mạng: sẽ tự nối lại"),
        "sending": _("Đang gửi…"),
        "kept": _("Chưa gửi được: sẽ tự gửi khi có mạng."),
        "closed": _("Biểu quyết đã đóng trước khi phiếu này đến nơi: phiếu không được tính."),
        "not_on_roll": _("Ông/bà không có tên trong danh sách biểu quyết này."),
        "no_pass": _(
            "Thiết bị này không còn quyền vào hội nghị. Hãy vào lại bằng mã, hoặc hỏi bàn đón tiếp."
        ),
        "too_fast": _("Đang gửi quá nhanh: sẽ tự gửi lại sau ít giây."),
        "wrong": _("Nội dung này không gửi được. Hãy sửa rồi gửi lại."),
        "not_taken": _(
            "Chưa nhận được: hội nghị chưa mở phần này, hoặc ông/bà đã có nhiều câu hỏi "
            "đang chờ duyệt."
        ),
        "asked": _("Đã gửi câu hỏi tới tổ điều phối."),
        "pick": _("Hãy chọn một phương án rồi gửi phiếu."),
        "unsent": _("Chưa gửi được: không có mạng hoặc máy chủ không trả lời. Hãy bấm lại."),
        "waits": _("%s mục chờ gửi: sẽ tự gửi theo thứ tự khi có mạng."),
        "waiting": _("Chờ gửi"),
        "whole": _("Hãy ghi số nguyên từ 0 trở lên."),
        "sum": _("Cộng %(sum)s trên %(heads)s người trong phòng"),
        "did.heads": _("%s người trong phòng"),
        "did.arrived": _("đến"),
        "did.left": _("về"),
        "did.hand": _("Phát biểu"),
        "over_by": _("quá %s"),
    }
