"""What was done to the records of this room, in words."""

from django.utils.translation import gettext_lazy as _

_MOVED = {"moved": _("Chuyển bước theo kết quả các hộ biểu quyết")}
ACT_WORDS_OF = {
    "head_election": {
        "planned": _("Lập kế hoạch bầu"),
        "nominated": _("Ghi người ứng cử"),
        "candidates_sent": _("Gửi biên bản người ứng cử"),
        "team_set": _("Lập Tổ bầu cử"),
        "posted": _("Niêm yết việc bầu"),
        "voted": _("Ghi kết quả biểu quyết"),
        "counted": _("Ghi số phiếu đã kiểm"),
        **_MOVED,
    },
    "village_head": {
        "entered": _("Ghi trưởng thôn, tổ trưởng"),
        "release_asked": _("Đưa việc cho thôi ra các hộ"),
        "released": _("Cho thôi"),
        "ended": _("Thôi làm"),
        "restored": _("Bãi bỏ việc cho thôi: làm tiếp"),
    },
    "convention": {
        "drafted": _("Đề xuất, soạn hương ước, quy ước"),
        "revised": _("Ghi bản sau"),
        "posted": _("Niêm yết dự thảo"),
        "put": _("Đưa ra các hộ"),
        "filed": _("Lập hồ sơ đề nghị công nhận"),
        "recognised": _("Công nhận"),
        "forwarded": _("Gửi bản đã công nhận"),
        "flagged": _("Ghi vi phạm"),
        "suspended": _("Tạm ngừng thực hiện"),
        "resumed": _("Cho thực hiện lại"),
        "annulled": _("Bãi bỏ"),
        "ended": _("Hết hiệu lực từ ngày"),
        "replaced": _("Bản sau thay"),
        "withdrawn": _("Rút"),
        **_MOVED,
    },
    "village_conference": {
        "planned": _("Lập kế hoạch hội nghị"),
        "plan_sent": _("Gửi kế hoạch"),
        "convened": _("Triệu tập"),
        "held": _("Ghi hội nghị đã họp"),
        "minuted": _("Ghi chín bước"),
        "elected": _("Ghi thành viên Ban được bầu"),
        "reported": _("Gửi báo cáo"),
        "cancelled": _("Hủy"),
    },
}
