"""danchu vault status | rotate | escrow --out FILE | recover --key FILE: the keys under which
identities are sealed.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.kernel.private_files import create_private_file
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.vault import keys
from danchu.vault.actions import add_missing_locks, remove_locks
from danchu.vault.models import Lock, Sealed


class Command(BaseCommand):
    help = "Két danh tính người tố cáo: xem khóa, đổi khóa, ký gửi khóa, khôi phục khi mất khóa."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["status", "rotate", "escrow", "recover"])
        parser.add_argument("--out", help="Tệp mới cho khóa ký gửi; mang đi cất rồi xóa khỏi máy.")
        parser.add_argument("--key", help="Tệp chứa khóa ký gửi.")

    def handle(self, act, **options):
        try:
            getattr(self, f"_{act}")(options)
        except (Refused, OSError) as failure:
            raise CommandError(str(getattr(failure, "message", failure))) from failure

    def _status(self, options):
        private_keys = keys.opening_keys()
        for name in keys.sealing_keys():
            use = _("mở được ở máy này") if name in private_keys else _("ký gửi: chỉ khóa vào")
            self.stdout.write(f"{name}\t{use}")
        self.stdout.write(_("Số danh tính trong két: %s.") % Sealed.objects.count())
        if not keys.escrow_keys():
            self.stdout.write(
                _(
                    "Chưa có khóa ký gửi: mất khóa của máy là mất hết. Hãy chạy danchu "
                    "vault escrow --out TỆP."
                )
            )

    def _rotate(self, options):
        old = sorted(keys.opening_keys())
        name = keys.add_key()
        self._retire(old)
        self.stdout.write(_("Khóa mới: %s.") % name)

    def _escrow(self, options):
        if not options["out"]:
            raise Refused(_("Hãy ghi tệp mới: --out TỆP."))
        old = keys.escrow_keys()
        secret = keys.new_private_key()
        path = Path(options["out"])
        if not path.parent.is_dir():  # a stick that is not there, for instance
            raise Refused(_("Không có thư mục %s.") % path.parent)
        # On disk, and whole, before any identity is sealed for it.
        if not create_private_file(path, secret + "\n"):
            raise Refused(_("Đã có tệp %s: hãy ghi tên tệp mới.") % path)
        name = keys.import_public_half(secret)
        self._retire(old)
        self.stdout.write(
            _("Khóa ký gửi %(name)s ở %(path)s: hãy mang đi cất nơi khác và xóa khỏi máy này.")
            % {"name": name, "path": options["out"]}
        )

    def _recover(self, options):
        if not options["key"]:
            raise Refused(_("Hãy ghi tệp khóa: --key TỆP."))
        escrow = keys.import_key(Path(options["key"]).read_text(encoding="ascii", errors="replace"))
        lost = sorted(
            set(Lock.objects.values_list("key", flat=True).distinct()) - keys.sealing_keys().keys()
        )
        name = keys.add_key()
        self._retire(lost)
        keys.drop_private_half(escrow)
        self.stdout.write(_("Đã khóa lại mọi danh tính bằng khóa mới %s.") % name)

    def _retire(self, old):
        """Encrypt all data keys for the other keys of the ring; then delete the old keys, then
        their locks. Idempotent: an interrupted run is begun again.
        """
        by = Actor.system("dòng lệnh")
        after: int | None = 0
        while after is not None:
            after = add_missing_locks(by=by, after=after, without=old)
        for key in old:
            keys.drop_key(key)
        remove_locks(old, by=by)
