"""danchu import events FILE [--dry-run] [--by ADDRESS]; danchu import sample FILE writes the table
to fill in.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.people.models import Account
from danchu.register.imports import check_events, import_events
from danchu.register.imports.samples import sample_csv, sample_xlsx


class Command(BaseCommand):
    help = "Nhập việc từ tệp CSV hoặc XLSX: ghi tất cả hoặc không ghi gì."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["events", "sample"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem, không ghi")
        parser.add_argument(
            "--by", default="", help="địa chỉ thư của người nhập; bỏ trống là người vận hành"
        )

    def handle(self, what, file, dry_run, by, **options):
        if what == "sample":
            file.write_bytes(sample_xlsx() if file.suffix.lower() == ".xlsx" else sample_csv())
            self.stdout.write(f"Đã ghi tệp mẫu {file.name}.")
            return
        try:
            with file.open("rb") as opened:
                outlook = check_events(opened, file.name, by=self._actor(by))
                self._tell(outlook)
                if outlook.problem_count:
                    raise CommandError("Chưa ghi gì. Hãy sửa các ô trên rồi nhập lại.")
                if not dry_run:
                    result = import_events(
                        opened, file.name, by=self._actor(by), token=outlook.token
                    )
                    batch = result.batch.pk if result.batch else "không có dòng mới"
                    self.stdout.write(f"Đã ghi. Đợt nhập: {batch}.")
        except (Refused, Denied) as refusal:
            raise CommandError(refusal.message or "Không có quyền.") from None
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {file.name}: {error.strerror}.") from None

    def _actor(self, address):
        if not address:
            return Actor.system("import")
        account = Account.objects.filter(email__iexact=address).first()
        if account is None:
            raise CommandError("Không có tài khoản này.")
        return Actor.of(account)

    def _tell(self, outlook):
        for problem in outlook.problems:
            self.stdout.write(
                f"dòng {problem.row}\tcột {problem.column}\t“{problem.value}”\t{problem.message}"
            )
        counts = [
            ("dòng", outlook.rows),
            ("mới", outlook.new),
            ("trong đó là bản nháp", outlook.drafts),
            ("đã có", outlook.same),
            ("ô chưa đúng", outlook.problem_count),
        ]
        self.stdout.write("; ".join(f"{name}: {show_number(value)}" for name, value in counts))
