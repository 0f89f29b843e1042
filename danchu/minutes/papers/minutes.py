"""Minutes as an official paper in Vietnamese: head, paragraphs with their marked passages,
signatures.
"""

from django.utils import translation

from danchu.minutes.models import PassageKind
from danchu.minutes.queries.readable_text import readable_blocks
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
    """The Official of the minutes; `with_names`, for officials: speakers by their names."""
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
        lines += [_line(block, with_names) for block in readable_blocks(minutes)]
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
    """The bytes of the paper; `ending` is "docx" or "pdf"."""
    return official_file(minutes_paper(minutes, with_names), ending)


def _line(readable, with_names):
    if readable.block.is_heading:
        return Line(((readable.block.text, ""),), is_heading=True)
    speaker = readable.speaker if with_names and readable.speaker else readable.shown_as
    runs = [(f"{speaker}: ", "strong")] if speaker else []
    seen = set()
    for piece in readable.pieces:
        beginning = [passage for passage in piece.passages if passage.pk not in seen]
        seen |= {passage.pk for passage in beginning}
        if beginning:
            kinds = ", ".join(str(PassageKind(passage.kind).label) for passage in beginning)
            runs.append((f"[{kinds}] ", "strong"))
        runs.append((piece.text, "marked" if piece.passages else ""))
    return Line(tuple(runs))
