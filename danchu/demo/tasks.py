"""What a visitor of a demo may try in each role: three things, each of which works at once."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from danchu.demo.staff import STAFF

CITIZEN = "citizen"


@dataclass(frozen=True)
class Task:
    """Something to try: its words, and where (name of an address, its arguments, its query)."""

    words: str
    address: str
    args: tuple = ()
    query: tuple = ()

    @property
    def url(self):
        """The address of the page."""
        query = f"?{urlencode(self.query)}" if self.query else ""
        return reverse(self.address, args=self.args) + query


HALL = Task(_("Vào hội trường đang họp"), "demo_hall")
INBOX = Task(_("Xem việc hôm nay"), "desk")
DRAFTS = Task(_("Xác nhận các bản nháp đang chờ"), "desk_confirm_many")
# {kind of office: three tasks}
TASKS = {
    CITIZEN: (
        Task(_("Báo một việc hỏng"), "petition_send_by", ("fault",)),
        Task(_("Mở một con số đến từng hồ sơ"), "figure", ("supervisions_217",)),
        HALL,
    ),
    "commune_clerk": (
        Task(_("Ghi một cuộc đối thoại"), "desk_new", (), (("kind", "dialogue"),)),
        Task(_("Nhập một bảng từ tệp"), "desk_imports"),
        INBOX,
    ),
    "committee_chair": (
        DRAFTS,
        Task(_("Trả lời kiến nghị của Ban"), "desk_recommendations", (), (("state", "sent"),)),
        HALL,
    ),
    "front_clerk": (
        Task(_("Ghi một cuộc giám sát"), "desk_new", (), (("kind", "supervision_217"),)),
        Task(_("Xem cam kết đang thực hiện"), "desk_commitments", (), (("state", "made"),)),
        INBOX,
    ),
    "front_chair": (
        Task(_("Xác nhận kiến nghị của Ban"), "desk_recommendations", (), (("state", "drafted"),)),
        DRAFTS,
        INBOX,
    ),
    "inspection_head": (
        Task(_("Ghi một cuộc giám sát tại chỗ"), "desk_new_round"),
        Task(_("Xem vụ việc đã phát hiện"), "desk_findings"),
        Task(_("Xem kiến nghị đã gửi"), "desk_recommendations"),
    ),
    "petition_officer": (
        Task(_("Nhận một phản ánh mới"), "desk_petitions", (), (("state", "received"),)),
        Task(_("Ghi sổ tiếp công dân"), "desk_new_visit"),
        INBOX,
    ),
    "inspectorate_chief": (
        Task(_("Xem đơn của thành phố"), "desk_petitions"),
        Task(_("Xem bảng tổng hợp đơn"), "desk_petition_tables"),
        INBOX,
    ),
    "steering_officer": (
        Task(_("Lập báo cáo quý vừa qua"), "desk_new_office_report"),
        Task(_("Đọc báo cáo 2021–2023"), "report", ("ha-noi-2023",)),
        Task(_("Xem số liệu của thành phố"), "desk_figures"),
    ),
    "province_reporter": (
        Task(_("Đọc báo cáo 2021–2023"), "report", ("tp-hcm-2023",)),
        Task(_("Xem số liệu của thành phố"), "desk_figures"),
        INBOX,
    ),
    "auditor": (
        Task(_("Đối chiếu sổ nhật ký"), "journal"),
        Task(_("Xem sổ việc"), "desk_records"),
        Task(_("Đọc báo cáo 2021–2023"), "report", ("ha-noi-2023",)),
    ),
    "operator": (
        Task(_("Mời một người nhận chức trách"), "desk_new_account_invitation"),
        Task(_("Hỏi vì sao ai làm được việc gì"), "desk_rights"),
        Task(_("Xem việc chạy nền"), "desk_jobs"),
    ),
}
# {address of the account: kind of its office}
OFFICES = {address: office for address, _name, office, _code, _words in STAFF}
