"""Whether the tables of the database are those of this version of the program."""

from django.core import management
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused

# Commands that do without the tables, or are there for tables of another version.
OF_ANY_VERSION = {
    *("backup", "bootstrap", "bundle", "check", "messages", "metrics", "restore", "upgrade"),
    *("changepassword", "createsuperuser", "flush", "loaddata", "migrate", "sqlflush"),
}


def known_migrations():
    """{"room.0001_initial", …} of this version."""
    return {f"{room}.{name}" for room, name in MigrationLoader(None).disk_migrations}


def unknown_migrations(names):
    """Those of `names`, "room.0009_later", that only a newer version knows, in their order."""
    own = known_migrations()
    return [name for name in names if name not in own]


def later_migrations(loader=None):
    """["room.0009_later", …]: applied to the database by a newer version, the latest last."""
    loader = loader or MigrationLoader(connection)
    rows = sorted(loader.applied_migrations.values(), key=lambda row: row.applied)
    return unknown_migrations([f"{row.app}.{row.name}" for row in rows])


def pending_migrations(loader=None):
    """[(application, name)] of every migration not yet applied, also of one that comes before an
    applied one.
    """
    loader = loader or MigrationLoader(connection)
    return [step for step in loader.graph.nodes if step not in loader.applied_migrations]


def refuse_newer_database(loader=None):
    """Refused when a newer version has changed the tables: this one would read and write them
    wrongly.
    """
    later = later_migrations(loader)
    if later:
        raise Refused(
            _(
                "Cơ sở dữ liệu là của phiên bản mới hơn (%(name)s): hãy nâng cấp sản phẩm trên máy "
                "này, hoặc quay lại bằng danchu upgrade --back. Chưa đổi gì."
            )
            % {"name": later[-1]}
        )


def refuse_other_schema(command):
    """Refused when `command`, a name of the command line, needs the tables of this version and the
    database has others. A database that is empty or does not answer is left to the command.
    """
    owner = management.get_commands().get(command, "")
    if not str(owner).startswith("danchu.") or command in OF_ANY_VERSION:
        return
    try:
        loader = MigrationLoader(connection)
        refuse_newer_database(loader)
        pending = pending_migrations(loader)
    except Error:
        return
    if pending and loader.applied_migrations:  # some commands do without any database
        raise Refused(
            _(
                "Cơ sở dữ liệu còn %(n)s bước cập nhật của phiên bản này: chạy danchu bootstrap, "
                "hoặc danchu upgrade khi đã có người dùng."
            )
            % {"n": show_number(len(pending))}
        )
