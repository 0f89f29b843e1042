"""The verbs and kinds of rights in words: those of office_kinds.toml, of which these have an
English translation.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from danchu.people.loading import rights_table

EVERY_KIND = _("mọi loại hồ sơ")

VERB_WORDS = {
    "view": _("xem"),
    "draft": _("nhập dự thảo"),
    "confirm": _("xác nhận"),
    "correct": _("đính chính"),
    "withdraw": _("rút"),
    "import": _("nhập từ tệp"),
    "state": _("gửi số liệu"),
    "seal": _("niêm phong"),
    "reorganise": _("sắp xếp, tổ chức"),
    "appoint": _("giao chức trách"),
    "delegate": _("ủy quyền"),
    "verify": _("kiểm tra toàn vẹn"),
}
KIND_WORDS = {
    "critique": _("phản biện xã hội"),
    "opinion_conference": _("hội nghị góp ý xây dựng Đảng, chính quyền"),
    "supervision_217": _("giám sát theo Quyết định 217"),
    "dialogue": _("đối thoại của người đứng đầu"),
    "communication": _("tuyên truyền, phổ biến"),
    "training": _("tập huấn, bồi dưỡng"),
    "document": _("văn bản ban hành, quán triệt"),
    "steering_inspection": _("kiểm tra của Ban Chỉ đạo"),
    "conference": _("hội nghị"),
    "emulation_launch": _("phát động thi đua"),
    "pledge": _("ký kết giao ước thi đua"),
    "reception": _("tiếp công dân"),
    "petition": _("đơn thư"),
    "inspection_round": _("cuộc giám sát của Ban Thanh tra nhân dân"),
    "statement": _("số liệu báo cáo bằng giấy có ký"),
    "report": _("báo cáo"),
    "unit": _("đơn vị hành chính"),
    "office": _("tài khoản, chức trách"),
    "score": _("điểm do nơi khác công bố"),
    "village": _("thôn, tổ dân phố: lập, nhập, chia, đổi tên"),
    "body": _("cơ quan, tổ chức: thành lập, đổi tên, kết thúc, thành viên"),
    "journal": _("nhật ký"),
    "recommendation": _("kiến nghị của Ban Thanh tra nhân dân"),
    "recommendation_sending": _("gửi kiến nghị"),
    "recommendation_answer": _("trả lời kiến nghị"),
    "recommendation_remedy": _("xác nhận đã khắc phục"),
    "obligation": _("việc phải làm và thời hạn"),
    "law": _("quy tắc, thời hạn, lịch làm việc"),
    "verification": _("đề nghị Ban xác minh"),
    "inspection_board": _(
        "Ban Thanh tra nhân dân, Ban Giám sát đầu tư: thành viên, nhiệm kỳ, dự án"
    ),
    "petition_file": _("hồ sơ đơn"),
    "reception_book": _("sổ tiếp công dân"),
    "denouncer": _("danh tính người tố cáo"),
    "conference_hall": _("tổ chức, điều hành hội nghị tại các điểm cầu"),
    "minutes": _("biên bản"),
    "commitment": _("cam kết"),
    "commitment_report": _("báo thực hiện cam kết"),
    "commitment_result": _("xác nhận cam kết"),
    "job": _("việc chạy nền"),
}


def verb_words() -> dict[str, Any]:
    """{verb: word} of every verb of a right."""
    return {**rights_table()["verbs"], **VERB_WORDS}


def kind_words() -> dict[str, Any]:
    """{kind: word} of every kind of record that rights name."""
    return {**rights_table()["kinds"], **KIND_WORDS}


def words_of_right(verb: str, kind: str) -> str:
    """A right in words: “xác nhận: đối thoại”."""
    of_kind = EVERY_KIND if kind == "*" else kind_words().get(kind, kind)
    return f"{verb_words().get(verb, verb)}: {of_kind}"
