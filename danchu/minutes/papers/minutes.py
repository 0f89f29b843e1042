"""Minutes as an official paper, in Vietnamese as the law writes it: head, paragraphs with what
is marked in them, who signs.
"""

from django.utils import translation

from danchu.minutes.models import PassageKind
from danchu.minutes.queries.readable_text import told
from danchu.papers.official import Line, Official, official_file
from danchu.units.names import name_of

FACTS = (
    ("hours", "Thời gian"),
    ("place", "Địa điểm"),
    ("attendance", "Thành phần"),
    ("chair", "Chủ trì"),
    ("secretary", "Thư ký"),
)


def minutes_paper(minutes, with_names=False):
    """The Official of the minutes; who spoke by name only `with_names`, for officials."""
    with translation.override("vi"):
        issuer = (
            (minutes.body and minutes.body.name_on(minutes.held_on))
            or name_of(minutes.unit_id, minutes.held_on)
            or ""
        )
        lines = [
            Line(((f"{word}: ", "strong"), (getattr(minutes, name), "")))
            for name, word in FACTS
            if getattr(minutes, name)
        ]
        lines += [_line(one, with_names) for one in told(minutes)]
        if minutes.version > 1:
            lines.append(
                Line.of(f"Bản đính chính lần {minutes.version - 1}: {minutes.changed}", "italic")
            )
        if minutes.approved_at:
            lines.append(
                Line.of(
                    f"Duyệt ngày {minutes.approved_at:%d/%m/%Y}; mã băm nội dung SHA-256 "
                    f"{minutes.content_hash}",
                    "italic",
                )
            )
        signers = (f"THƯ KÝ\n\n\n\n{minutes.secretary}", f"CHỦ TRÌ\n\n\n\n{minutes.chair}")
        place = name_of(minutes.unit_id, minutes.held_on) or ""
        return Official(
            f"Biên bản\n{minutes.title}",
            issuer,
            place,
            minutes.held_on,
            minutes.number or "…………/BB",
            tuple(lines),
            signers,
        )


def minutes_file(minutes, ending, with_names=False):
    """The bytes of the paper as "docx" or "pdf"."""
    return official_file(minutes_paper(minutes, with_names), ending)


def _line(one, with_names):
    if one.block.is_heading:
        return Line(((one.block.text, ""),), is_heading=True)
    who = one.speaker if with_names and one.speaker else one.shown_as
    runs = [(f"{who}: ", "strong")] if who else []
    begun = set()
    for piece in one.pieces:
        fresh = [passage for passage in piece.passages if passage.pk not in begun]
        begun |= {passage.pk for passage in fresh}
        if fresh:
            runs.append(
                (
                    f"[{', '.join(str(PassageKind(passage.kind).label) for passage in fresh)}] ",
                    "strong",
                )
            )
        runs.append((piece.text, "marked" if piece.passages else ""))
    return Line(tuple(runs))
