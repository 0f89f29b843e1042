"""danchu bundle FILE [--part run|embedded|nats]"""

import platform

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.config.bundle import FOLDER, PARTS, write_bundle
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused


class Command(BaseCommand):
    help = "Đóng chương trình cùng mọi gói cần thiết vào một tệp, để cài nơi không có mạng."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="tệp .tar sẽ ghi")
        parser.add_argument(
            "--part", choices=PARTS, default="run", help="phần cần cài, như install.py"
        )

    def handle(self, *, file, part, **options):
        try:
            number = write_bundle(file, part)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        python = ".".join(platform.python_version_tuple()[:2])
        values = {
            "file": file,
            "n": show_number(number),
            "python": python,
            "machine": f"{platform.system()} {platform.machine()}",
        }
        self.stdout.write(
            _("✓ %(file)s: chương trình và %(n)s gói, cho Python %(python)s trên %(machine)s.")
            % values
        )
        self.stdout.write(
            f"  tar xf {file} && cd {FOLDER} && python3 danchu/config/install.py {part}"
        )
