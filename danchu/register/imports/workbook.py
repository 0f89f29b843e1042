"""Whether a packed file is a workbook that may be imported; refused in words about spreadsheets."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.refusals import Refused
from danchu.papers.cleaning.reasons import Reason
from danchu.papers.media import XLSX, NotAccepted, Other
from danchu.papers.screening import screen_file

_CUT = gettext_lazy(
    "Bảng tính “%(name)s” bị hỏng hoặc bị cắt giữa chừng. Hãy tải lại tệp gốc, hoặc mở bằng phần "
    "mềm bảng tính, lưu lại dạng XLSX hay CSV UTF-8 rồi gửi."
)
_LARGE = gettext_lazy(
    "Bảng tính “%(name)s” mở ra quá lớn. Hãy chép riêng phần cần nhập sang một tệp mới, hoặc lưu "
    "dạng CSV UTF-8 rồi gửi."
)
_SENTENCES = {
    Other.CUT: _CUT,
    Other.KIND: gettext_lazy(
        "Tệp “%(name)s” không phải là bảng tính XLSX, hoặc có macro. Hãy mở bằng phần mềm bảng "
        "tính, lưu lại dạng XLSX hay CSV UTF-8 rồi gửi."
    ),
    Reason.BROKEN: _CUT,
    Reason.ACTIVE: gettext_lazy(
        "Bảng tính “%(name)s” có phần tự chạy hoặc lấy dữ liệu từ nơi khác (macro, đối tượng "
        "nhúng, liên kết tới tệp khác). Hãy chép riêng phần dữ liệu sang một tệp mới, hoặc lưu "
        "dạng CSV UTF-8 rồi gửi."
    ),
    Reason.LOCKED: gettext_lazy(
        "Bảng tính “%(name)s” có mật khẩu hoặc bị khóa. Hãy bỏ mật khẩu, lưu lại dạng XLSX rồi gửi."
    ),
}


def check_workbook(file, name):
    """Refused, on `file`, unless the open file is a workbook (XLSX) without active content."""
    try:
        media, _content = screen_file(file, name)
    except NotAccepted as refusal:
        if refusal.reason == Other.ENDING:
            raise
        sentence = _SENTENCES.get(refusal.reason, _LARGE)
        raise Refused(sentence % {"name": name}, "file") from None
    if media is not XLSX:
        raise Refused(_("Chỉ nhận tệp CSV hoặc XLSX."), "file")
