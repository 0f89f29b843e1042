"""danchu restore FILE [--commit]"""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.config.key_checks import missing_keys
from danchu.config.restore import restore
from danchu.config.restoring import Report, end_report, report_path
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.people.models import Account


class Command(BaseCommand):
    help = "Phục hồi từ bản sao lưu: vào cơ sở dữ liệu trống, hoặc thay toàn bộ khi có --commit."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="tệp do danchu backup ghi")
        parser.add_argument("--commit", action="store_true", help="thay toàn bộ dữ liệu đang có")
        parser.add_argument(
            "--when-empty",
            action="store_true",
            help="như trang thiết lập: thay dữ liệu nền khi chưa ai có tài khoản",
        )
        parser.add_argument(
            "--report", action="store_true", help="ghi tiến độ để trang thiết lập đọc"
        )

    def handle(self, *, file, commit, when_empty, report, **options):
        self.lines = []
        self.reports = report
        try:
            self._restore(file, commit, when_empty)
        except Refused as refused:
            if report:
                end_report(file, self.lines, error=str(refused))
            raise CommandError(str(refused)) from refused
        except BaseException:
            if report:
                end_report(file, self.lines, error=_("Không phục hồi được: lỗi của máy chủ."))
            raise

    def _restore(self, file, commit, when_empty):
        if when_empty and Account.objects.exists():
            raise Refused(_("Hệ thống đã có tài khoản: việc thiết lập tiếp tục ở bàn làm việc."))
        manifest = restore(file, commit=commit or when_empty, progress=self._say)
        self._tell_outcome(manifest)
        missing = missing_keys()
        for trouble in missing:
            self.stderr.write(f"✗ {trouble.what}\n    → {trouble.mend}")
        if self.reports:
            pairs = [(trouble.what, str(trouble.mend)) for trouble in missing]
            end_report(file, self.lines, missing=pairs)

    def _say(self, line):
        self.stdout.write(line)
        self.lines.append(str(line))
        if self.reports:
            Report(os.getpid(), lines=self.lines).write(report_path())

    def _tell_outcome(self, manifest):
        values = {
            "at": manifest["made_at"],
            "rows": show_number(sum(manifest["rows"].values())),
            "n": manifest["journal"][0],
        }
        self._say(
            _("✓ Đã phục hồi bản lúc %(at)s: %(rows)s dòng, nhật ký tới số %(n)s, đã đối chiếu.")
            % values
        )
        missing = len(manifest.get("missing_papers", ()))
        if missing:
            line = _("✗ Bản sao lưu này thiếu %(n)s tệp đính kèm từ khi được ghi.") % {
                "n": show_number(missing)
            }
            self.stderr.write(line)
            self.lines.append(line)
        name = settings.DATABASES["default"]["NAME"]
        self.stdout.write(
            _(
                "Dữ liệu trước đó còn ở cơ sở dữ liệu %(name)s_before. Hãy khởi động lại "
                "danchu serve."
            )
            % {"name": name}
        )
