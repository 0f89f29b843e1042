"""The checks of `danchu check`: each looks at one side of an installation and yields a `Trouble`
for what is wrong, with how to mend it.

A check yields nothing when all is well. One that raises an error of the database or the system is
reported as a trouble as well.
"""

import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import checks as django_checks
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.config import bootstrap
from danchu.config.schema import later_migrations, pending_migrations
from danchu.journal.models import Entry
from danchu.journal.verify import head
from danchu.kernel.days import show_instant
from danchu.kernel.numbers import show_number
from danchu.law.lint import faults_in_force
from danchu.obligations.outlook import years_to_enter
from danchu.register.tally import wrong_cells
from danchu.units.models import Unit

FREE_MIB = 1024
CLOCK_SECONDS = 5
OLDEST = 15
EXTENSIONS = ("btree_gist", "pg_trgm")
CHECKS = []


@dataclass(frozen=True)
class Trouble:
    """What is wrong and how to mend it, one sentence or command each."""

    what: str
    mend: str


@dataclass(frozen=True)
class Check:
    """A registered check: `run()` yields Troubles."""

    key: str
    name: str
    run: object
    needs_database: bool


def check(key, name, database=False):
    """Decorator: register a check under a short key and a name to show. `database`: skip it when
    the database does not answer.
    """

    def registered(function):
        CHECKS.append(Check(key, name, function, database))
        return function

    return registered


def public_hosts():
    """The names under which the installation is served to others."""
    own = ("127.0.0.1", "localhost", "[::1]", "testserver")
    return [host for host in settings.ALLOWED_HOSTS if host not in own]


@check("settings", gettext_lazy("Cấu hình"))
def settings_hold():
    for message in django_checks.run_checks():
        if message.level >= django_checks.WARNING and not message.is_silenced():
            yield Trouble(
                str(message.msg),
                str(message.hint or _("Xem docs/operate.md, bảng biến môi trường.")),
            )


@check("secret", gettext_lazy("Khóa bí mật"))
def secret_is_kept():
    if len(settings.SECRET_KEY) < 40:
        yield Trouble(
            _("Khóa bí mật quá ngắn."),
            _("Đặt DANCHU_SECRET_KEY dài ít nhất 40 ký tự, hoặc bỏ trống để sản phẩm tự tạo."),
        )
    path = settings.VAR / "secret-key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield Trouble(_("Người khác đọc được %(path)s.") % {"path": path}, f"chmod 600 {path}")


@check("hosts", gettext_lazy("Tên miền"))
def hosts_are_named():
    if settings.DEBUG:
        yield Trouble(
            _("DANCHU_DEBUG=1: trang lỗi lộ mã nguồn."), _("Bỏ DANCHU_DEBUG khi chạy thật.")
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Trouble(
            _("DANCHU_HOSTS nhận mọi tên miền."),
            _("Ghi rõ tên miền, ví dụ DANCHU_HOSTS=danchu.hanoi.gov.vn"),
        )
    public = public_hosts()
    if public and not settings.SECURE:
        yield Trouble(
            _("Có tên miền công khai nhưng chưa bật HTTPS."),
            _("Đặt DANCHU_HTTPS=1 sau máy chủ HTTPS (docs/operate.md)."),
        )
    if settings.DEMO and public:
        yield Trouble(
            _("Số liệu minh họa đang mở ra tên miền công khai."),
            _("Chạy thật với DANCHU_VAR hoặc DATABASE_URL khác, không có DANCHU_DEMO."),
        )


@check("database", gettext_lazy("Cơ sở dữ liệu"), database=True)
def database_is_new_enough():
    major = connection.pg_version // 10000
    if major < OLDEST:
        yield Trouble(
            _("PostgreSQL %(major)s quá cũ.") % {"major": major},
            _("Nâng lên PostgreSQL %(oldest)s trở lên.") % {"oldest": OLDEST},
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)]
        )
        available = {name for (name,) in cursor.fetchall()}
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    for name in EXTENSIONS:
        if name not in available:
            yield Trouble(
                _("Thiếu phần mở rộng %(name)s.") % {"name": name},
                _("Cài gói postgresql-contrib trên máy chủ cơ sở dữ liệu."),
            )
    if encoding != "UTF8":
        yield Trouble(
            _("Cơ sở dữ liệu không dùng UTF8 mà dùng %(encoding)s.") % {"encoding": encoding},
            "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
        )


@check("schema", gettext_lazy("Lược đồ dữ liệu"), database=True)
def schema_is_up_to_date():
    later = later_migrations()
    if later:
        yield Trouble(
            _("Cơ sở dữ liệu là của phiên bản mới hơn (%(name)s).") % {"name": later[-1]},
            _("Nâng cấp sản phẩm trên máy này, hoặc quay lại: danchu upgrade --back"),
        )
    pending = pending_migrations()
    if pending:
        yield Trouble(
            _("Còn %(n)s bước cập nhật lược đồ chưa chạy.") % {"n": show_number(len(pending))},
            "danchu bootstrap",
        )


@check("clock", gettext_lazy("Đồng hồ"), database=True)
def clocks_agree():
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        difference = abs(float(cursor.fetchone()[0]) - time.time())
    if difference > CLOCK_SECONDS:
        yield Trouble(
            _("Đồng hồ máy này và máy cơ sở dữ liệu lệch nhau %(n)s giây.")
            % {"n": show_number(int(difference))},
            _("Bật đồng bộ giờ (NTP) trên cả hai máy."),
        )
    present = datetime.now(UTC)
    if present.year < 2025:
        yield Trouble(_("Đồng hồ máy này sai năm."), _("Bật đồng bộ giờ (NTP)."))
    newest = Entry.objects.aggregate(at=Max("at"))["at"]
    if newest is not None and newest > present + timedelta(seconds=CLOCK_SECONDS):
        yield Trouble(
            _("Nhật ký có việc ghi lúc %(instant)s, sau giờ máy này: đồng hồ từng chạy trước.")
            % {"instant": show_instant(newest)},
            _("Bật đồng bộ giờ (NTP); xem lại các việc ghi trong lúc ấy và hạn của chúng."),
        )


@check("units", gettext_lazy("Đơn vị hành chính"), database=True)
def units_are_loaded():
    if not Unit.objects.exists():
        yield Trouble(_("Chưa nạp đơn vị hành chính."), "danchu bootstrap")


@check("calendar", gettext_lazy("Lịch làm việc"), database=True)
def years_are_loaded():
    for year in years_to_enter(ahead=31):
        yield Trouble(
            _(
                "Lịch nghỉ của năm %s chưa có hoặc chưa theo thông báo chính thức, mà đã có "
                "hạn chạm đến."
            )
            % year,
            _(
                "Nạp lịch theo thông báo của Chính phủ ở bàn làm việc, trang “Lịch làm "
                "việc”, hoặc bằng danchu calendar %s --set."
            )
            % year,
        )


@check("law", gettext_lazy("Quy tắc của pháp luật"), database=True)
def rules_fit_together():
    for fault in faults_in_force():
        yield Trouble(
            f"{fault.key}: {fault.what}",
            _("Đính chính ở bàn làm việc, trang “Quy tắc, lịch, báo lên”: /desk/law/%s/.")
            % fault.key,
        )


@check("tallies", gettext_lazy("Tổng lưu sẵn"), database=True)
def tallies_equal_their_rows():
    wrong = wrong_cells()
    if wrong:
        yield Trouble(
            _("%(n)s ô tổng theo tháng không bằng tổng các hồ sơ của nó.")
            % {"n": show_number(len(wrong))},
            "danchu check --rebuild-sums",
        )


@check("journal", gettext_lazy("Nhật ký"), database=True)
def journal_has_its_end():
    number, _mark = head()
    if not number:
        yield Trouble(_("Nhật ký trống."), "danchu bootstrap")


@check("papers", gettext_lazy("Kho tệp đính kèm"))
def papers_can_be_written():
    yield from _cannot_write(settings.PAPERS_ROOT)


@check("disk", gettext_lazy("Chỗ trống trên đĩa"))
def disks_have_room():
    for folder in {settings.VAR, settings.PAPERS_ROOT}:
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free // 2**20
        if free < FREE_MIB:
            yield Trouble(
                _("%(folder)s chỉ còn %(free)s MiB.")
                % {"folder": folder, "free": show_number(free)},
                _(
                    "Dọn đĩa hoặc chuyển DANCHU_VAR, DANCHU_PAPERS sang đĩa lớn hơn; cần "
                    "ít nhất %(n)s MiB."
                )
                % {"n": show_number(FREE_MIB)},
            )


@check("static", gettext_lazy("Tệp tĩnh"))
def static_is_collected():
    if not settings.DEBUG and not bootstrap.static_is_collected():
        yield Trouble(_("Tệp tĩnh chưa gom hoặc đã cũ."), "danchu bootstrap")


@check("translations", gettext_lazy("Bản dịch"))
def translations_are_compiled():
    for path in bootstrap.stale_translations():
        yield Trouble(
            _("Bản dịch %(language)s chưa biên dịch.") % {"language": path.parts[-3]},
            "danchu bootstrap",
        )


def _cannot_write(folder):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"danchu")
    except OSError as error:
        yield Trouble(
            _("Không ghi được vào %(folder)s: %(why)s.")
            % {"folder": folder, "why": error.strerror},
            _("Cho tài khoản chạy sản phẩm quyền ghi, hoặc đặt DANCHU_PAPERS tới thư mục khác."),
        )
