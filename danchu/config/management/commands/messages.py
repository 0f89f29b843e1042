"""danchu messages [--check]: renew the translation files from the program, and print what is not
translated.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from danchu.config import messages


class Command(BaseCommand):
    help = (
        "Thu các câu cần dịch vào tệp .po và nêu câu nào chưa dịch. (renew the translation files)"
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="chỉ kiểm tra, không ghi (write nothing)"
        )

    def handle(self, *, check, **options):
        current = messages.extract_catalogue()
        wrong = []
        for path in messages.catalogues():
            if not check:
                messages.write_catalogue(path, messages.merged_catalogue(path, current))
            wrong += [
                f"{path.relative_to(settings.ROOT)}: {line}"
                for line in messages.catalogue_problems(path, current)
            ]
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"✓ {len(current)}")
