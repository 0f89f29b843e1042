"""What acts, gaps and reminders are called on a page."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.disclosure.compliance import LOUDSPEAKER, NOWHERE, Gap, Lack
from danchu.disclosure.lives import Form
from danchu.disclosure.reminders import Do, Reminder
from danchu.kernel.days import show_day

A_DAY = timedelta(days=1)
ACT_WORDS = {
    "opened": gettext_lazy("Ghi nội dung phải công khai"),
    "renewed": gettext_lazy("Có bản mới, phải công khai lại"),
    "specialised": gettext_lazy("Đổi quy định áp dụng"),
    "posted": gettext_lazy("Ghi lần công khai"),
    "taken_down": gettext_lazy("Ghi gỡ xuống"),
    "withdrawn": gettext_lazy("Bỏ nội dung ghi nhầm"),
}
PLACE_WORDS = {
    "opened": gettext_lazy("Ghi nơi công khai"),
    "closed": gettext_lazy("Thôi dùng nơi công khai"),
}
CONTEST_WORDS = {
    "received": gettext_lazy("Nhận phản ánh không thấy niêm yết"),
    "upheld": gettext_lazy("Trả lời: phản ánh đúng"),
    "dismissed": gettext_lazy("Trả lời: phản ánh không đúng"),
    "lapsed": gettext_lazy("Quá hạn trả lời phản ánh"),
}
PLAN_WORDS = {
    "begun": gettext_lazy("Lập kế hoạch công khai"),
    "added": gettext_lazy("Thêm nội dung vào kế hoạch"),
    "struck": gettext_lazy("Bỏ một dòng của kế hoạch"),
    "adopted": gettext_lazy("Ban hành kế hoạch"),
    "repeated": gettext_lazy("Lập kế hoạch năm sau"),
    "withdrawn": gettext_lazy("Bỏ bản nháp"),
}
REQUEST_WORDS = {
    "received": gettext_lazy("Nhận yêu cầu cung cấp thông tin"),
    "sorted": gettext_lazy("Xếp là thông tin phức tạp"),
    "prolonged": gettext_lazy("Gia hạn cung cấp thông tin"),
    "answered": gettext_lazy("Cung cấp thông tin"),
    "refused": gettext_lazy("Từ chối cung cấp thông tin"),
}
COUNCIL_WORDS = {
    "written": gettext_lazy("Lập báo cáo từ số liệu của kỳ"),
    "sent": gettext_lazy("Gửi báo cáo đến Hội đồng nhân dân, Mặt trận"),
}
ITEM_WORDS = {"amended": gettext_lazy("Thay dòng danh mục")}


def words_of_gap(gap: Gap, places: dict[int, str]) -> str:
    """What is missing, in one sentence; `places` are the names of the places by their key."""
    form = Form(gap.form).label if gap.form else ""
    place = places.get(gap.place, "?") if gap.place is not None else ""
    parts = {"form": form, "place": place, "days": gap.days, "number": gap.version}
    return _sentence(gap) % parts


def _sentence(gap: Gap) -> str:
    if gap.lack == Lack.SHORT and gap.form == LOUDSPEAKER:
        return _("%(place)s: chỉ phát %(days)s ngày liên tục.")
    if gap.lack == Lack.LATE and gap.place == NOWHERE:
        return _("%(form)s: muộn.")
    return {
        Lack.NEVER: _("Bản %(number)s: quá hạn mà chưa công khai."),
        Lack.LATE: _("%(form)s tại %(place)s: muộn."),
        Lack.SHORT: _("%(form)s tại %(place)s: gỡ sớm, mới %(days)s ngày."),
        Lack.INTERRUPTED: _(
            "%(form)s tại %(place)s: gỡ rồi niêm yết lại, liên tục nhiều nhất %(days)s ngày."
        ),
        Lack.GONE: _("%(form)s tại %(place)s: phải để thường xuyên mà đã gỡ."),
        Lack.NO_FORM: _("Bản %(number)s: thiếu hình thức %(form)s."),
        Lack.NO_PLACE: _("%(form)s: thiếu tại %(place)s."),
        Lack.CONTESTED: _("%(form)s tại %(place)s: người dân không thấy."),
        Lack.OLD_VERSION: _("%(form)s tại %(place)s: vẫn là bản cũ."),
    }[gap.lack]


def words_of_reminder(one: Reminder, day: date | None) -> str:
    """What is to be done, in words; the place stands beside them."""
    words = {
        Do.KEEP: _("%(form)s: phải để hết ngày %(last)s"),
        Do.KEEP_FOR_GOOD: _("%(form)s: phải để thường xuyên"),
        Do.TAKE_DOWN: _("%(form)s: được gỡ từ ngày %(day)s"),
        Do.REPLACE: _("%(form)s: thay bản cũ bằng bản mới, hạn %(day)s"),
        Do.POST: _("%(form)s: phải công khai, hạn %(day)s"),
        Do.POST_AGAIN: _("%(form)s: phải công khai lại, thiếu từ ngày %(day)s"),
    }[one.do]
    shown_day = show_day(day) if day else "–"
    last = show_day(day - A_DAY) if day else "–"
    return words % {"form": Form(one.form).label, "day": shown_day, "last": last}
