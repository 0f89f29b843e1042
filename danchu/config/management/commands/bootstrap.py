"""danchu bootstrap: bring the installation up to date, printing what is done."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError

from danchu.config.bootstrap import bootstrap_lock, steps
from danchu.config.pg_tools import first_line
from danchu.kernel.refusals import Refused


class Command(BaseCommand):
    help = "Cập nhật lược đồ, bản dịch, dữ liệu nền và tệp tĩnh; chạy lại bao nhiêu lần cũng được."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--new-secret-key",
            action="store_true",
            help="khóa bí mật của máy này là khóa mới của bản cài đặt: mã đã in hết hiệu lực",
        )

        parser.add_argument(
            "--in-place",
            action="store_true",
            help="cập nhật lược đồ ngay trên dữ liệu đang dùng, khi đã tự sao lưu (thường thì dùng "
            "danchu upgrade)",
        )

    def handle(self, *, new_secret_key, in_place, **options):
        try:
            with bootstrap_lock():
                for step in steps(new_secret_key, in_place):
                    self._take(step)
        except OperationalError as error:
            raise CommandError(
                f"Cơ sở dữ liệu không trả lời: {first_line(error)} (database does not answer)"
            ) from error
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _take(self, step):
        started_at = time.monotonic()
        try:
            done = step.run()
        except DatabaseError as error:
            raise CommandError(f"{step.name}: {first_line(error)}") from error
        duration = f"{time.monotonic() - started_at:.1f}".replace(".", ",")
        self.stdout.write(f"  ✓ {step.name}: {done} ({duration} s)" if done else f"  ✓ {step.name}")
        self.stdout.flush()
