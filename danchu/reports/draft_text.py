"""The text of a report that an office writes: plain lines, read into the blocks of a form.

Each line that is not empty is one block:

    # I. Mặt trận Tổ quốc giám sát          a heading
    Trong kỳ có {F01} cuộc giám sát.        a paragraph; {F01} is a figure, by its code or key
    [Bảng: Phụ lục 1 | F01; F02]            a table of these indicators; | so cùng kỳ adds the same
                                            days a year earlier, | theo xã divides it by communes
    [Biểu đồ: Giám sát | F01]               a chart of the years of the period
"""

import re
from typing import Any

from django.utils.translation import gettext as _

from danchu.kernel.lines import line_refusals
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.reports.indicator_names import figures_named, key_named
from danchu.reports.template import parse_text

TABLE, CHART = "table", "chart"
# The first word of a line in brackets, without marks: {word: kind of block}.
KINDS = {"bang": TABLE, "table": TABLE, "bieu do": CHART, "chart": CHART}
ALL = ("tat ca", "all")
COMPARED = ("so cung ky", "so voi cung ky", "vs last year")
LEVELS = {
    "theo tinh": "province",
    "by province": "province",
    "theo huyen": "district",
    "by district": "district",
    "theo xa": "commune",
    "by commune": "commune",
}
# Stands in the outline where something of one's own is to be written.
TO_WRITE = "(viết ở đây)"
_BRACKETS = re.compile(r"\[([^:\]]+):([^\]]*)\]")

Block = dict[str, Any]


def blocks_of(text: str, field: str = "text") -> list[Block]:
    """The blocks of the text, as `template` reads them from a file, each with its text once, as
    "text". Refused by `field`, with the number of every line that cannot be read.
    """
    blocks = []
    with line_refusals(_("Dòng %(number)s: %(why)s"), field) as numbered:
        for number, line in enumerate(text.splitlines(), 1):
            line = line.strip()
            if not line:
                continue
            with numbered(number):
                blocks.append(_block(line))
    return blocks


def check_written(text: str, field: str = "text") -> None:
    """Refused, with the number of every such line, where something is still to be written."""
    with line_refusals(_("Dòng %(number)s: %(why)s"), field) as numbered:
        for number, line in enumerate(text.splitlines(), 1):
            with numbered(number):
                if TO_WRITE in line:
                    sentence = _("chỗ “%s” chưa viết. Hãy viết hoặc xóa dòng này.") % TO_WRITE
                    raise Refused(sentence)


def _block(line: str) -> Block:
    if line.startswith("#"):
        words = line.lstrip("#").strip()
        if not words:
            raise Refused(_("sau dấu # chưa có tên mục."))
        return {"kind": "heading", "text": words}
    brackets = _BRACKETS.fullmatch(line)
    kind = KINDS.get(fold(brackets[1])) if brackets else None
    if kind:
        return _with_figures(kind, brackets[2])
    parse_text(line)
    return {"kind": "paragraph", "text": line}


def _with_figures(kind: str, inner: str) -> Block:
    """The block of a line in brackets: title | indicators | what else."""
    title, *rest = (part.strip() for part in inner.split("|"))
    if not title or not rest or not rest[0]:
        raise Refused(
            _("hãy ghi tên rồi các chỉ tiêu, ví dụ “[Bảng: Phụ lục 1 | F01; F02 | so cùng kỳ]”.")
        )
    block: Block = {"kind": kind, "text": title, "keys": _keys(rest[0])}
    for words in rest[1:]:
        folded = fold(words)
        if folded in COMPARED and kind == TABLE:
            block["compare"] = True
        elif folded in LEVELS and kind == TABLE:
            block["level"] = LEVELS[folded]
        else:
            raise Refused(
                _("không hiểu “%s”. Trong bảng có thể thêm: so cùng kỳ, theo xã, theo huyện.")
                % words[:40]
            )
    if block.get("compare") and block.get("level"):
        raise Refused(_("bảng chia theo cấp chưa so cùng kỳ được: hãy bỏ một trong hai."))
    return block


def _keys(text: str) -> list[str]:
    if fold(text) in ALL:
        return figures_named()
    return [key_named(name) for name in re.split(r"[;,]", text) if name.strip()]
