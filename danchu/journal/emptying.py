"""Django's commands that empty, overwrite or remove tables are for a database without records, and
those that write accounts without an entry of the journal are for none.
"""

from django.conf import settings
from django.core.management import CommandError
from django.db import connections
from django.utils.translation import gettext as _


def refuse_with_records(command: str, database: str) -> None:
    """CommandError where the journal of the database has an entry. The tests' own database may be
    emptied.
    """
    if settings.TESTING:
        return
    connection = connections[database]
    if "journal_entry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM journal_entry)")
        if cursor.fetchone()[0]:
            raise CommandError(
                _(
                    "Lệnh %(command)s bị từ chối: cơ sở dữ liệu này đã có sổ nhật ký và hồ sơ, "
                    "lệnh sẽ xóa hoặc ghi đè chúng. Muốn lấy lại dữ liệu cũ, hãy dùng danchu "
                    "restore; muốn thử, hãy dùng một thư mục DANCHU_VAR khác."
                )
                % {"command": command}
            )


def refuse_without_entry(command: str) -> None:
    """CommandError for a command of Django's that would write an account without an entry."""
    raise CommandError(
        _(
            "Lệnh %(command)s bị từ chối vì không ghi dòng nhật ký nào. Tạo tài khoản: danchu "
            "account create, rồi appoint; đặt lại mật khẩu: ở trang đăng nhập."
        )
        % {"command": command}
    )
