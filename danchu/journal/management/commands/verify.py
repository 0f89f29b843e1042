"""danchu verify: check that everything immutable is as it was written."""

import json
import re

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.journal.chain import BEGINNING
from danchu.journal.heads import VERIFIED, write_head
from danchu.journal.verify import head as last_head
from danchu.journal.verify import verify_chain, verify_rooms, verify_rows, verify_tree
from danchu.journal.verify_rows import unfounded_kinds
from danchu.kernel.numbers import show_number

SHOWN = 50


class Command(BaseCommand):
    help = "Kiểm tra nhật ký và mọi dữ liệu đã niêm phong; mã thoát 1 khi có điều sai."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="kết quả dạng JSON cho máy đọc")
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="SỐ:MÃ",
            help="đầu chuỗi đã ghi lại trước đây, ví dụ in trong báo cáo đã niêm phong; dùng "
            "được nhiều lần",
        )

        parser.add_argument(
            "--alone",
            action="store_true",
            help="không đối chiếu với khóa và các đầu chuỗi mà máy này đã ghi lại: cho nhật ký "
            "mang từ nơi khác tới",
        )
        parser.add_argument(
            "--since",
            default="",
            metavar="SỐ:MÃ",
            help="chỉ kiểm phần sau đầu chuỗi này, là đầu chuỗi mà lần kiểm trước đã in; bản ghi "
            "không đổi từ đó thì không đọc lại",
        )

    def handle(self, *, json, head: list, alone, since, **options):  # noqa: A002 - the option
        noted = [_head_of_option(text) for text in head]
        since = _head_of_option(since) if since else (0, BEGINNING)
        read_head = last_head()  # what is written later is not said to be verified
        say = (lambda line: None) if json else self.stdout.write
        say(_("Đang kiểm tra nhật ký…"))
        problems = verify_chain(
            noted,
            lambda n: say(_("  đã đọc %(n)s dòng") % {"n": show_number(n)}),
            alone=alone,
            since=since,
        )
        say(_("Đang kiểm tra cây băm và các dấu kiểm…"))
        problems += verify_tree(alone=alone)
        if not problems and not alone:
            write_head(VERIFIED, *read_head)
        say(_("Đang kiểm tra các bản ghi…"))
        problems += verify_rows(since[0])
        if unfounded_kinds():
            say(_("  chưa mở mã kiểm cho mọi loại bản ghi: hãy chạy danchu bootstrap"))
        say(_("Đang kiểm tra dữ liệu đã niêm phong…"))
        problems += verify_rooms()
        self._show_json(problems) if json else self._show(problems)
        if problems:
            raise SystemExit(1)

    def _show(self, problems):
        number, digest = last_head()
        for problem in problems[:SHOWN]:
            self.stdout.write(f"✗ {problem.place}: {problem.message}")
        if len(problems) > SHOWN:
            self.stdout.write(
                _("… và %(n)s điều sai nữa") % {"n": show_number(len(problems) - SHOWN)}
            )
        if problems:
            self.stdout.write(_("CÓ %(n)s ĐIỀU SAI.") % {"n": show_number(len(problems))})
        else:
            self.stdout.write(
                _("✓ Toàn vẹn: %(n)s dòng nhật ký, không dòng nào bị sửa, xóa hay chèn.")
                % {"n": show_number(number)}
            )
        if number:
            self.stdout.write(
                _("Đầu chuỗi (nên ghi lại ở nơi khác): %(head)s") % {"head": f"{number}:{digest}"}
            )

    def _show_json(self, problems):
        number, digest = last_head()
        answer = {
            "whole": not problems,
            "entries": number,
            "head": f"{number}:{digest}",
            "problems": [{"place": p.place, "message": p.message} for p in problems],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def _head_of_option(text):
    """(number, hash) of an option --head; CommandError when it does not parse."""
    match = re.fullmatch(r"(\d+):([0-9a-f]{64})", text.strip().lower())
    if not match:
        raise CommandError(
            _("“%(text)s” không phải đầu chuỗi. Hãy viết SỐ:MÃ như lệnh verify đã in.")
            % {"text": text[:80]}
        )
    return int(match[1]), match[2]
