"""The technical part of the dossier by which a level of security is proposed for a system (Decree
85/2016), filled in from the installation itself: `danchu check --dossier`.

It names no secret: of keys only that they are there, of the database neither account nor password.
What only people know stays as a line to fill in.
"""

import os
import shutil
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from danchu.journal.heads import VERIFIED, last_written
from danchu.journal.signing import public_key
from danchu.journal.verify import head
from danchu.kernel.days import show_instant, today
from danchu.kernel.numbers import show_number
from danchu.kernel.version import VERSION
from danchu.people.models import Account, Holding
from danchu.staff.models import Installation
from danchu.units.names import name_of
from danchu.vault.keys import escrow_keys
from danchu.vault.signatures import existing_public_key

BLANK = "……………………"
GIB = 2**30


def dossier_text(answers):
    """The dossier in Markdown. `answers`: [(check, [Trouble] or None)] of `danchu check`."""
    parts = (
        (_("1. Hệ thống và đơn vị"), _system),
        (_("2. Thành phần"), _components),
        (_("3. Cổng và đường truyền"), _lines_in),
        (_("4. Dữ liệu và nơi lưu"), _places),
        (_("5. Tài khoản, quyền, xác thực"), _accounts),
        (_("6. Khóa và mã hóa"), _keys),
        (_("7. Nhật ký và giám sát"), _logs),
        (_("8. Sao lưu và phục hồi"), _backups),
        (_("9. Chống lạm dụng và mã độc"), _defences),
    )
    lines = ["# " + _("Hồ sơ an toàn hệ thống thông tin: phần kỹ thuật"), ""]
    lines += [_("In lúc %s từ chính bản cài đặt. Chỗ chấm do người điền.") % show_instant(_now())]
    for title, rows in parts:
        lines += [
            "",
            f"## {title}",
            "",
            "| " + _("mục") + " | " + _("nội dung") + " |",
            "|---|---|",
        ]
        lines += [f"| {label} | {_cell(value)} |" for label, value in _rows(rows)]
    lines += ["", "## " + _("10. Kết quả kiểm tra (danchu check)"), ""]
    lines += [line for check, troubles in answers for line in _result(check, troubles)]
    return "\n".join(lines) + "\n"


def _now():
    return datetime.now(UTC)


def _rows(rows):
    try:
        yield from rows()
    except DatabaseError:
        yield _("Cơ sở dữ liệu"), _("không trả lời lúc in")


def _cell(value):
    return str(value).replace("|", "\\|").replace("\n", " ") or BLANK


def _result(check, troubles):
    if troubles is None:
        yield f"- – {check.name}: " + _("chưa kiểm được")
    elif not troubles:
        yield f"- ✓ {check.name}"
    for trouble in troubles or ():
        yield f"- ✗ {check.name}: {trouble.what} → {trouble.mend}"


def _system():
    row = Installation.objects.select_related("place").first()
    yield _("Tên hệ thống"), row.name if row else ""
    yield _("Nơi sử dụng"), name_of(row.place_id, today()) if row and row.place_id else ""
    yield _("Phần mềm"), f"Dân Chủ {VERSION} (AGPL-3.0)"
    yield _("Địa chỉ"), ", ".join(settings.ALLOWED_HOSTS)
    for label in (
        _("Chủ quản hệ thống"),
        _("Đơn vị vận hành"),
        _("Người phụ trách an toàn thông tin"),
        _("Cấp độ đề xuất và căn cứ"),
        _("Sơ đồ mạng, phòng máy"),
    ):
        yield label, BLANK


def _components():
    yield _("Máy chủ"), f"{os.uname().sysname} {os.uname().release}, {os.cpu_count()} CPU"
    yield (
        _("Tiến trình web"),
        _("%(workers)s tiến trình, mỗi tiến trình %(threads)s luồng (granian)")
        % {
            "workers": os.environ.get("DANCHU_WORKERS", "2"),
            "threads": os.environ.get("DANCHU_THREADS", "4"),
        },
    )
    yield _("Việc chạy nền"), _("%s việc cùng lúc") % (os.environ.get("DANCHU_JOBS") or "2")
    yield _("Hội trường trực tuyến"), os.environ.get("DANCHU_LIVE", "sequencer,intake,hub")
    version = connection.pg_version
    yield (
        _("Cơ sở dữ liệu"),
        f"PostgreSQL {version // 10000}.{version % 10000}, "
        + (_("bản kèm theo, qua socket riêng") if settings.EMBEDDED else _("máy chủ riêng")),
    )
    yield _("Gói cài đặt"), _("khóa phiên bản và mã băm, requirements.lock")


def _lines_in():
    https = _("HTTPS ở máy chủ trung gian") if settings.SECURE else "HTTP"
    yield f"{settings.BIND}:{settings.PORT}", _("trang web, API, Open311; %s") % https
    own = _("TLS của chính nó") if settings.LIVE_TLS else _("TLS ở máy chủ trung gian hoặc không")
    yield f"{settings.BIND}:{settings.LIVE_PORT}", _("đường truyền hội trường; %s") % own
    yield f"{settings.BIND}:{settings.INTAKE_PORT}", _("nhận phiếu, câu hỏi; %s") % own
    database = settings.DATABASES["default"]
    if not settings.EMBEDDED:
        place = f"{database['HOST'] or 'socket'}:{database['PORT'] or '5432'}"
        mode = database["OPTIONS"].get("sslmode", "prefer")
        yield place, _("từ ứng dụng tới PostgreSQL; sslmode=%s") % mode
    yield _("Máy chủ trung gian đáng tin"), settings.ALLAUTH_TRUSTED_PROXY_COUNT
    out = [_("thư"), *(name for name, address in settings.NOTICE_GATEWAYS.items() if address)]
    if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        out.append("OpenID Connect")
    yield _("Kết nối đi ra"), ", ".join(out)


def _places():
    for label, folder in (
        (_("Dữ liệu của bản cài đặt"), settings.VAR),
        (_("Tệp đính kèm"), settings.PAPERS_ROOT),
        (_("Két khóa"), settings.VAULT_ROOT),
        (_("Dấu kiểm, đầu chuỗi nhật ký"), settings.JOURNAL_ROOT),
    ):
        yield label, f"{folder}" + _free(folder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        yield _("Cỡ cơ sở dữ liệu"), f"{cursor.fetchone()[0] / GIB:.1f} GiB".replace(".", ",")
    yield (
        _("Dữ liệu cá nhân"),
        _(
            "người gửi đơn, người hẹn tiếp, đại biểu, cán bộ, địa chỉ thư của người theo dõi; danh "
            "tính người tố cáo mã hóa riêng trong két"
        ),
    )


def _free(folder):
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return ""
    return " (" + _("còn trống %s GiB") % show_number(free // GIB) + ")"


def _accounts():
    yield _("Tài khoản đang mở"), show_number(Account.objects.filter(is_active=True).count())
    yield _("Chức trách đang có hiệu lực"), show_number(Holding.objects.in_force(today()).count())
    with_factor = Authenticator.objects.filter(type="totp").count()
    yield _("Tài khoản có xác thực hai lớp"), show_number(with_factor)
    yield _("Mật khẩu"), _("ít nhất 10 ký tự, không nằm trong danh sách phổ biến; PBKDF2")
    minutes = show_number(settings.IDLE_SECONDS // 60)
    yield _("Phiên làm việc"), _("hết sau %s phút không dùng, nhiều nhất 12 giờ") % minutes
    yield (
        _("Phân quyền"),
        _("động từ × loại hồ sơ × cây đơn vị, theo ngày (docs/generated/rights.md)"),
    )


def _keys():
    there, absent = _("có"), _("không có")
    yield _("Khóa ký nhật ký (công khai)"), public_key() or absent
    yield _("Khóa ký kết quả biểu quyết (công khai)"), existing_public_key() or absent
    yield _("Khóa ký gửi của két"), there if escrow_keys() else absent
    yield _("Cookie an toàn, HSTS"), there if settings.SECURE else absent
    yield _("Nơi cất bản sao các khóa"), BLANK


def _logs():
    number, _hash = head()
    yield (
        _("Nhật ký nghiệp vụ"),
        _("chỉ ghi thêm, chuỗi băm có ký; dòng cuối %s") % show_number(number),
    )
    yield _("Lần kiểm toàn vẹn cuối"), _instant_of(VERIFIED)
    yield _("Bên chứng kiến"), ", ".join(settings.JOURNAL_WITNESSES)
    form = "JSON" if os.environ.get("DANCHU_LOG") == "json" else _("dòng chữ")
    yield _("Nhật ký máy chủ"), _("%s, có mã của từng yêu cầu, không có lời của lỗi") % form
    yield _("Số đo"), "/metrics" if settings.METRICS_TOKEN else _("không mở")
    yield _("Nơi thu nhật ký, thời gian giữ"), BLANK


def _backups():
    row = Installation.objects.first()
    yield _("Nơi cất"), (row and row.backup_folder) or settings.BACKUPS_ROOT
    yield _("Bản cuối ghi trên máy này"), _instant_of("backup")
    yield _("Lần thử phục hồi cuối"), BLANK
    yield _("Thời gian phục hồi, mất dữ liệu chấp nhận được"), BLANK


def _defences():
    yield _("Quét mã độc"), _("mọi tệp gửi lên") if settings.SCANNER else _("chưa đặt")
    yield _("Giới hạn số yêu cầu"), _("theo địa chỉ và tài khoản, chung cho mọi tiến trình")
    yield _("Trang"), _("CSP chỉ cho tài nguyên của chính trang; không mã lệnh trong trang")


def _instant_of(source):
    at = last_written(source)
    return show_instant(at) if at else _("chưa lần nào trên máy này")
