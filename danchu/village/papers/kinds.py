"""Which papers a record of this room has, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS = {
    "posting": _("Niêm yết việc bầu"),
    "candidates": _("Biên bản giới thiệu người ứng cử"),
    "ballot": _("Phiếu bầu"),
    "result": _("Biên bản kết quả bầu"),
    "text": _("Bản hương ước, quy ước"),
    "request": _("Tờ trình đề nghị công nhận"),
    "resolution": _("Nghị quyết của cộng đồng dân cư"),
    "recognition": _("Quyết định công nhận"),
    "suspension": _("Quyết định tạm ngừng thực hiện"),
    "annulment": _("Quyết định bãi bỏ"),
    "plan": _("Kế hoạch hội nghị"),
    "convocation": _("Giấy triệu tập"),
    "minutes": _("Biên bản hội nghị"),
    "report": _("Báo cáo kết quả hội nghị"),
}
KINDS = {
    "head_election": ("posting", "candidates", "ballot", "result"),
    "convention": ("text", "request", "resolution", "recognition", "suspension", "annulment"),
    "village_conference": ("plan", "convocation", "minutes", "report"),
}


def papers_of(row: Any) -> list[tuple[str, Any]]:
    """[(kind of a paper of the record, its word)]"""
    return [(kind, WORDS[kind]) for kind in KINDS[row.journal_kind]]
