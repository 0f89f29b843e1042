"""danchu backup [FILE]: without one, into the folder that was chosen at the set-up page, a file a
day.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.config.backup import backup
from danchu.kernel.days import today
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.staff.models import Installation

SHOWN = 20


class Command(BaseCommand):
    help = "Sao lưu toàn bộ (cơ sở dữ liệu, tệp đính kèm) vào một tệp."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "file",
            nargs="?",
            help="tệp .tar sẽ ghi; tệp cũ chỉ bị thay khi bản mới đã xong. Để trống: tệp của hôm "
            "nay trong thư mục đã chọn ở trang “Thiết lập”",
        )

    def handle(self, *, file, **options):
        file = file or _file_of_today()
        try:
            manifest = backup(file, progress=self.stdout.write)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        rows = sum(manifest["rows"].values())
        size = sum(part["size"] for part in manifest["parts"].values())
        values = {
            "file": file,
            "rows": show_number(rows),
            "papers": show_number(len(manifest["parts"]) - 1),
            "kib": show_number(size // 1024),
        }
        self.stdout.write(
            _("✓ %(file)s: %(rows)s dòng, %(papers)s tệp đính kèm, %(kib)s KiB.") % values
        )
        number, mark = manifest["journal"]
        self.stdout.write(
            _("Đầu chuỗi nhật ký (nên ghi lại ở nơi khác): %(head)s") % {"head": f"{number}:{mark}"}
        )
        self._warn_of_missing(manifest["missing_papers"])

    def _warn_of_missing(self, hashes):
        """Say which papers are not in the backup, and fail, so that who runs it by the clock hears
        of it.
        """
        if not hashes:
            return
        for digest in hashes[:SHOWN]:
            self.stderr.write(f"✗ {digest}")
        raise CommandError(
            _(
                "THIẾU %(n)s tệp đính kèm mà cơ sở dữ liệu có ghi nhưng không còn trên đĩa. "
                "Bản sao lưu vẫn được ghi và phục hồi được, nhưng không có các tệp này: hãy tìm "
                "chúng trong một bản sao lưu cũ hơn, đặt lại đúng chỗ rồi sao lưu lần nữa."
            )
            % {"n": show_number(len(hashes))}
        )


def _file_of_today():
    """The path of today's file in the folder that was chosen; CommandError without one."""
    folder = Installation.objects.values_list("backup_folder", flat=True).first()
    if not folder:
        raise CommandError(_("Chưa chọn nơi cất bản sao lưu: hãy ghi tên tệp."))
    return str(Path(folder) / f"danchu-{today().isoformat()}.tar")
