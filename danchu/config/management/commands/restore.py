"""danchu restore FILE [--commit]"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.config.restore import restore
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused


class Command(BaseCommand):
    help = "Phục hồi từ bản sao lưu: vào cơ sở dữ liệu trống, hoặc thay toàn bộ khi có --commit."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="tệp do danchu backup ghi")
        parser.add_argument("--commit", action="store_true", help="thay toàn bộ dữ liệu đang có")

    def handle(self, *, file, commit, **options):
        try:
            manifest = restore(file, commit=commit, progress=self.stdout.write)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        values = {
            "at": manifest["made_at"],
            "rows": show_number(sum(manifest["rows"].values())),
            "n": manifest["journal"][0],
        }
        self.stdout.write(
            _("✓ Đã phục hồi bản lúc %(at)s: %(rows)s dòng, nhật ký tới số %(n)s, đã đối chiếu.")
            % values
        )
        missing = len(manifest.get("missing_papers", ()))
        if missing:
            self.stderr.write(
                _("✗ Bản sao lưu này thiếu %(n)s tệp đính kèm từ khi được ghi.")
                % {"n": show_number(missing)}
            )
        name = settings.DATABASES["default"]["NAME"]
        self.stdout.write(
            _(
                "Dữ liệu trước đó còn ở cơ sở dữ liệu %(name)s_before. Hãy khởi động lại "
                "danchu serve."
            )
            % {"name": name}
        )
