"""danchu check: what is wrong with this installation and how to mend it; exit code 1 when anything
is.
"""

import json as json_text

from django.core.management.base import BaseCommand
from django.db import DatabaseError, OperationalError, connection
from django.utils.translation import gettext as _

# Importing them registers their checks.
from danchu.config import (  # noqa: F401
    door_checks,
    hall_checks,
    job_checks,
    journal_checks,
    notice_checks,
    paper_checks,
    process_checks,
    scanner_checks,
    setup_checks,
    vault_checks,
)
from danchu.config.checks import CHECKS, Trouble
from danchu.config.dossier import dossier_text
from danchu.config.pg_tools import first_line
from danchu.people.actor import Actor
from danchu.register.actions.tally import rebuild_tally


class Command(BaseCommand):
    help = "Kiểm tra bản cài đặt: điều gì sai, sửa thế nào."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument(
            "--dossier",
            action="store_true",
            help="in phần kỹ thuật của hồ sơ đề xuất cấp độ, điền từ bản cài đặt này (Markdown)",
        )
        parser.add_argument(
            "--rebuild-sums", action="store_true", help="dựng lại tổng theo tháng từ hồ sơ"
        )

    def handle(self, *, json, rebuild_sums, dossier, **options):
        if rebuild_sums:
            wrong = rebuild_tally(by=Actor.system("check"))
            self.stdout.write(_("Đã dựng lại tổng theo tháng; %(n)s ô đã sai.") % {"n": wrong})
        unreachable = _connection_trouble()
        answers = [(check, _troubles_of(check, unreachable)) for check in CHECKS]
        if dossier:
            self.stdout.write(dossier_text(answers), ending="")
            return
        self._show_json(answers) if json else self._show(answers)
        if any(troubles for _check, troubles in answers):
            raise SystemExit(1)

    def _show(self, answers):
        for check, troubles in answers:
            if troubles is None:
                self.stdout.write(f"– {check.name}: " + _("bỏ qua, cơ sở dữ liệu không trả lời"))
            elif not troubles:
                self.stdout.write(f"✓ {check.name}")
            for trouble in troubles or ():
                self.stdout.write(f"✗ {check.name}: {trouble.what}\n    → {trouble.mend}")
        wrong = sum(len(troubles or ()) for _check, troubles in answers)
        self.stdout.write(
            _("Có %(n)s điều cần sửa.") % {"n": wrong} if wrong else _("Mọi thứ đều ổn.")
        )

    def _show_json(self, answers):
        checks = [
            {
                "check": check.key,
                "name": str(check.name),
                "passed": None if troubles is None else not troubles,
                "troubles": [
                    {"what": trouble.what, "mend": trouble.mend} for trouble in troubles or ()
                ],
            }
            for check, troubles in answers
        ]
        sound = not any(troubles for _check, troubles in answers)
        self.stdout.write(
            json_text.dumps({"sound": sound, "checks": checks}, ensure_ascii=False, indent=1)
        )


def _troubles_of(check, unreachable):
    """[Trouble] of a check; None when it needs the database and that does not answer."""
    if check.needs_database and unreachable:
        return [unreachable] if check.key == "database" else None
    try:
        return list(check.run())
    except (DatabaseError, OSError) as error:
        return [
            Trouble(
                first_line(error),
                _("Chạy danchu bootstrap rồi kiểm tra lại; nếu vẫn còn, xem docs/operate.md."),
            )
        ]


def _connection_trouble():
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return Trouble(
            _("Không nối được: %(why)s") % {"why": first_line(error)},
            _("Xem máy chủ PostgreSQL có chạy không và DATABASE_URL có đúng không."),
        )
    return None
