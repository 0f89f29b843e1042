"""Who may log in to a demo: one account for each office that the demo's story needs, at real units, with invented names."""

from datetime import date

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.refusals import require

PASSWORD = "thuc-hanh-2026"
SINCE = date(2025, 7, 1)
# (address, name, office kind, unit's code on that day, what the terminal says)
STAFF = (
    ("congchuc@hoankiem.example", "Nguyễn Thị Hạnh", "commune_clerk", "00070", "công chức UBND phường Hoàn Kiếm: ghi, nhập tệp"),
    ("chutich@hoankiem.example", "Trần Văn Bình", "committee_chair", "00070", "Chủ tịch UBND phường Hoàn Kiếm: xác nhận, đính chính"),
    ("mattran@hoankiem.example", "Lê Thu Hà", "front_clerk", "00070", "cán bộ Mặt trận phường Hoàn Kiếm"),
    ("thanhtra@hoankiem.example", "Phạm Đức Thịnh", "inspection_head", "00070", "Trưởng Ban Thanh tra nhân dân phường Hoàn Kiếm"),
    ("bcd@hanoi.example", "Đỗ Minh Quân", "steering_officer", "01", "giúp việc Ban Chỉ đạo TP Hà Nội: xem tất cả, lập và khóa báo cáo"),
    ("tonghop@tphcm.example", "Võ Ngọc Lan", "province_reporter", "79", "cán bộ tổng hợp TP Hồ Chí Minh"),
    ("kiemtoan@demo.example", "Hoàng Anh Tuấn", "auditor", "", "kiểm toán: xem và đối chiếu nhật ký"),
    ("quantri@demo.example", "Bùi Thanh Sơn", "operator", "", "quản trị hệ thống: mọi việc"),
)  # fmt: skip
ACCOUNTS = [(address, told) for address, _name, _office, _code, told in STAFF]


@transaction.atomic
def load_accounts(*, by):
    """Make the demo's accounts and offices once; a second call changes nothing. Returns how many are new."""
    from danchu.people.actions import appoint, create_account  # ACCOUNTS is read where tables are not loaded
    from danchu.people.models import Account, OfficeKind
    from danchu.units.models import Standing, Unit

    require(by.may("appoint", "office", None))
    known = set(Account.objects.filter(email__in=[row[0] for row in STAFF]).values_list("email", flat=True))
    standings = Standing.objects.on(SINCE).filter(code__in=[row[3] for row in STAFF], unit__level__in=("province", "commune"))
    units = {standing.code: standing.unit for standing in standings.select_related("unit")}
    units[""] = Unit.objects.get(level="nation")
    fresh = [row for row in STAFF if row[0] not in known]
    for address, name, office, code, _told in fresh:
        account = create_account(by=by, email=address, name=name, password=PASSWORD)
        appoint(account, by=by, office_kind=OfficeKind.objects.get(key=office), unit=units[code], since=SINCE)
    if fresh:
        record(by, "demo.accounts_made", None, count=len(fresh))
    return len(fresh)
