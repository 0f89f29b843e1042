"""Acts of setting an installation up: the address of its set-up page, the first operator, what it
is for, where it is backed up.
"""

import errno
import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import digest, new_secret
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, require
from danchu.people.actions import appoint
from danchu.people.models import Account, OfficeKind
from danchu.people.writes.accounts import store_account
from danchu.staff.codes import SET_UP_VALID, digest_of_secret, new_set_up_secret
from danchu.staff.installation import installation_row
from danchu.staff.models import Installation, PrintedCode, SetUpAddress
from danchu.staff.set_up import may_set_up
from danchu.staff.system import SET_UP
from danchu.subjects.texts import line_of
from danchu.units.models import Unit

CLOSED = gettext_lazy(
    "Địa chỉ thiết lập đã dùng hoặc đã quá nửa giờ. Hãy chạy danchu setup trên máy chủ để có địa "
    "chỉ mới."
)
NO_RIGHT = gettext_lazy("Chỉ người quản trị cả hệ thống thiết lập được.")
# Why a folder takes no file, for what usually is the matter.
WHY_NOT_WRITTEN = {
    errno.ENOENT: gettext_lazy("không có thư mục ấy"),
    errno.ENOTDIR: gettext_lazy("đó không phải là thư mục"),
    errno.EACCES: gettext_lazy("tài khoản chạy hệ thống không được ghi vào đó"),
    errno.EPERM: gettext_lazy("tài khoản chạy hệ thống không được ghi vào đó"),
    errno.EROFS: gettext_lazy("ổ đĩa chỉ đọc được"),
    errno.ENOSPC: gettext_lazy("ổ đĩa đã đầy"),
}
OPERATOR = "operator"
LOCK = 2025070107  # key of the advisory lock of whoever opens the set-up or begins by it


@transaction.atomic
def open_set_up(*, by: Acting) -> str:
    """The secret of a new address of the set-up page, valid for half an hour; the earlier one opens
    nothing. Refused once somebody has an account; Denied to all but the system.
    """
    require(by.account_id is None and by.may("appoint", "office", None), NO_RIGHT)
    _lock()
    if Account.objects.exists():
        raise Refused(_("Hệ thống đã có tài khoản: việc thiết lập tiếp tục ở bàn làm việc."))
    secret = new_set_up_secret()
    row = SetUpAddress(pk=1, digest=digest_of_secret(secret), valid_until=now() + SET_UP_VALID)
    row.save()
    record(by, "set_up_address.opened", row)
    return secret


@transaction.atomic
def enter_set_up(secret: str, *, by: Acting) -> str:
    """Use the address up and return a secret for the browser that opened it, which alone can go on,
    for half an hour. Denied for a wrong, used or old address.
    """
    row = SetUpAddress.objects.select_for_update().filter(valid_until__gt=now()).first()
    require(
        row is not None
        and row.browser == ""
        and row.digest == digest_of_secret(secret)
        and not Account.objects.exists(),
        CLOSED,
    )
    browser = new_set_up_secret()
    row.browser = digest_of_secret(browser)
    row.valid_until = now() + SET_UP_VALID
    row.save(update_fields=["browser", "valid_until"])
    record(by, "set_up_address.used", row)
    return browser


@transaction.atomic
def begin_installation(
    *, by: Acting, browser: str, title: str, place: Unit, name: str, email: str, password: str
) -> tuple[Account, str]:
    """(first operator, their printed code): the account that gives everybody else an office, and
    the installation with its name and place. Refused, by field, for what is not right; Denied to a
    browser that did not open the address, and once somebody has an account.
    """
    _lock()
    require(may_set_up(browser), CLOSED)
    account = store_account(email, name, password)
    record(SET_UP, "account.created", account)
    _describe(title, place)
    appoint(
        account,
        by=SET_UP,
        office_kind=OfficeKind.objects.get(pk=OPERATOR),
        unit=Unit.objects.get(level="nation"),
        since=today(),
    )
    code = new_secret()
    PrintedCode.objects.create(account=account, digest=digest(code), made_at=now())
    SetUpAddress.objects.all().delete()
    record(SET_UP, "installation.begun", Installation.objects.get(pk=1), place=place.pk)
    return account, code


@transaction.atomic
def describe_installation(*, by: Acting, title: str, place: Unit) -> Installation:
    """Say what the installation is called and which place it is for. Refused, by field, without a
    name; Denied to all but who may appoint everywhere.
    """
    require(by.may("appoint", "office", None), NO_RIGHT)
    installation = _describe(title, place)
    record(by, "installation.described", installation, place=place.pk, title=installation.name)
    return installation


@transaction.atomic
def choose_backup_folder(*, by: Acting, folder: str) -> Installation:
    """Say in which folder of the server backups are kept; it is tried by writing there. Refused, on
    `folder`, where that fails or it lies beside the database; Denied as `describe_installation`.
    """
    require(by.may("appoint", "office", None), NO_RIGHT)
    path = Path(line_of(folder, "folder", 400, _("Hãy ghi thư mục.")))
    _check_folder(path)
    installation = installation_row()
    installation.backup_folder = str(path)
    installation.save()
    record(by, "installation.backup_chosen", installation)
    return installation


def _lock():
    """Of two servers that start at once, and of two who begin, the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _describe(title, place):
    installation = installation_row()
    installation.name = line_of(title, "title", 200, _("Hãy ghi tên bản cài đặt."))
    installation.place = place
    installation.save()
    return installation


def _check_folder(path):
    """Refused unless a file can be written there, and the folder is not that of the database."""
    if not path.is_absolute():
        raise Refused(_("Hãy ghi đường dẫn đầy đủ, bắt đầu bằng /."), "folder")
    if path.resolve().is_relative_to(settings.VAR.resolve()):
        raise Refused(
            _("Thư mục này nằm cùng chỗ với dữ liệu: hỏng đĩa thì mất cả hai. Hãy chọn nơi khác."),
            "folder",
        )
    trial = path / f".danchu-{os.getpid()}"
    try:
        trial.write_bytes(b"danchu")
        trial.unlink()
    except OSError as error:
        why = WHY_NOT_WRITTEN.get(error.errno, error.strerror or type(error).__name__)
        raise Refused(_("Không ghi được vào thư mục ấy: %s.") % why, "folder") from error
    except ValueError as error:  # a NUL in the path
        raise Refused(_("Đường dẫn này không đọc được."), "folder") from error
