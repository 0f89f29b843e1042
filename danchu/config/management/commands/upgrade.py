"""danchu upgrade [FILE] | --back [--from FILE]"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.config.upgrade import backup_path, default_folder, go_back, upgrade
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.version import VERSION

MOST_ACTS = 12


class Command(BaseCommand):
    help = "Đưa dữ liệu của phiên bản trước lên phiên bản này, sao lưu trước; hoặc quay lại."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "file",
            nargs="?",
            help="nơi ghi bản sao lưu trước khi nâng cấp; để trống: trong thư mục sao lưu đã chọn",
        )
        parser.add_argument(
            "--back", action="store_true", help="quay lại trạng thái trước lần nâng cấp cuối"
        )
        parser.add_argument(
            "--from", dest="source", help="bản sao lưu trước khi nâng cấp, khi đã chuyển chỗ"
        )

    def handle(self, *, file, back, source, **options):
        try:
            self._go_back(source) if back else self._upgrade(file)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _upgrade(self, file):
        before = upgrade(file or backup_path(default_folder()), self.stdout.write)
        if before is None:
            self.stdout.write(_("✓ Dữ liệu đã ở phiên bản %s, không có gì để nâng cấp.") % VERSION)
            return
        self.stdout.write(
            _(
                "✓ Đã nâng cấp lên %(version)s. Khởi động lại dịch vụ rồi chạy danchu check. Quay "
                "lại: danchu upgrade --back."
            )
            % {"version": VERSION}
        )

    def _go_back(self, source):
        before, aside = go_back(source, self.stdout.write)
        self.stdout.write(_("✓ Dữ liệu trở lại như trước khi nâng cấp."))
        values = {"n": show_number(aside.entries), "list": aside.listing, "file": aside.backup}
        self.stdout.write(
            _(
                "%(n)s việc ghi từ khi nâng cấp không còn trong dữ liệu: liệt kê ở %(list)s, toàn "
                "bộ ở %(file)s."
            )
            % values
        )
        for act, number in aside.acts.most_common(MOST_ACTS):
            self.stdout.write(f"  {act}: {show_number(number)}")
        self.stdout.write(_("Đặt lại chương trình của phiên bản trước rồi mới khởi động:"))
        commit = before.commit or f"v{before.version or '…'}"
        self.stdout.write(
            f"  cd {settings.ROOT} && git checkout {commit} && python3 danchu/config/install.py run"
        )
