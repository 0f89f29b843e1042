"""The paragraphs of minutes with their marks, as input of any room; their checks and their hash."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from danchu.kernel.lines import line_refusals
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.minutes.models import PassageKind
from danchu.subjects.texts import check_length

MOST_BLOCKS = 400
MOST_MARKS = 40
LONGEST_BLOCK = 10_000
TEXTS = {
    "title": 200,
    "number": 60,
    "place": 200,
    "hours": 60,
    "attendance": 1000,
    "chair": 120,
    "secretary": 120,
}


@dataclass(frozen=True)
class Promise:
    """The commitment in a passage: by which body or office, until when and why then, and who asked
    for it.
    """

    title: str = ""
    owner: object = None
    office: str = ""
    due_on: date | None = None
    due_reason: str = ""
    asker: object = None
    asked_by: str = ""


@dataclass(frozen=True)
class Mark:
    """Characters of a paragraph marked as a kind of passage, from `start` to before `end` (None: to
    the end of the paragraph). `mark` is its id from an earlier save, None for a new one.
    """

    kind: str
    start: int = 0
    end: int | None = None
    is_accepted: bool = False
    mark: UUID | None = None
    promise: Promise = field(default_factory=Promise)


@dataclass(frozen=True)
class BlockInput:
    """One paragraph or heading; `speaker` is for officials, `shown_as` for the public."""

    text: str
    speaker: str = ""
    shown_as: str = ""
    is_heading: bool = False
    marks: tuple = ()


def span_of_quote(text, quote):
    """(start, end) of the characters of a quotation in a paragraph; Refused, on `quote`, when it is
    not in it.
    """
    words = clean(quote)
    start = text.find(words)
    if not words or start < 0:
        raise Refused(
            _(
                "Không có các chữ “%s” trong đoạn này. Hãy chép đúng từng chữ, hoặc để "
                "trống để đánh dấu cả đoạn."
            )
            % words[:60],
            "quote",
        )
    return start, start + len(words)


def checked_blocks(blocks):
    """[BlockInput] cleaned, without empty ones, every mark with its characters and its id; Refused,
    by field and naming every paragraph that is too long or whose marks do not fit.
    """
    blocks = [block for block in blocks if clean(block.text)]
    if len(blocks) > MOST_BLOCKS:
        raise Refused(_("Biên bản có nhiều nhất %s đoạn.") % show_number(MOST_BLOCKS), "text")
    checked = []
    with line_refusals(_("Đoạn %(number)s: %(why)s")) as paragraph:
        for number, block in enumerate(blocks, 1):
            with paragraph(number):
                checked.append(_clean_block(block))
    marks = [mark.mark for block in checked for mark in block.marks]
    if len(set(marks)) != len(marks):
        raise Refused(_("Một dấu không thể ở hai đoạn."), "kind")
    return checked


def _clean_block(block):
    text = clean(block.text)
    speaker = clean(block.speaker)
    shown_as = clean(block.shown_as)
    if len(text) > LONGEST_BLOCK:
        raise Refused(_("dài quá %s ký tự. Hãy tách đoạn.") % show_number(LONGEST_BLOCK), "text")
    if len(speaker) > 120 or len(shown_as) > 120:
        raise Refused(_("người phát biểu dài quá 120 ký tự."), "speaker")
    if len(block.marks) > MOST_MARKS:
        raise Refused(_("một đoạn có nhiều nhất %s dấu.") % MOST_MARKS, "kind")
    if block.is_heading and block.marks:
        raise Refused(_("tiêu đề thì không đánh dấu."), "kind")
    marks = tuple(_checked_mark(mark, block.text, text) for mark in block.marks)
    for kind in PassageKind.values:
        spans = sorted((mark.start, mark.end) for mark in marks if mark.kind == kind)
        if any(later[0] < earlier[1] for earlier, later in zip(spans, spans[1:], strict=False)):
            raise Refused(
                _(
                    "hai phần cùng loại chồng lên nhau thì một chữ được đếm hai lần. Hãy "
                    "bỏ bớt một dấu."
                ),
                "quote",
            )
    return replace(block, text=text, speaker=speaker, shown_as=shown_as, marks=marks)


def _checked_mark(mark, original, text):
    if mark.kind not in PassageKind.values:
        raise Refused(_("hãy chọn loại dấu trong danh sách."), "kind")
    start = mark.start
    end = len(original) if mark.end is None else mark.end
    if not 0 <= start < end <= len(original):
        raise Refused(_("dấu nằm ngoài đoạn."), "quote")
    if original != text:  # cleaning has moved the characters
        start, end = (
            (0, len(text))
            if (start, end) == (0, len(original))
            else span_of_quote(text, unicodedata.normalize("NFC", original[start:end]))
        )
    is_accepted = bool(mark.is_accepted) and mark.kind == PassageKind.OPINION
    promise = _checked_promise(mark.promise) if mark.kind == PassageKind.COMMITMENT else Promise()
    return replace(
        mark,
        start=start,
        end=end,
        is_accepted=is_accepted,
        mark=mark.mark or uuid4(),
        promise=promise,
    )


def _checked_promise(promise):
    texts = {
        name: clean(getattr(promise, name))
        for name in ("title", "office", "due_reason", "asked_by")
    }
    for name, most in (("title", 180), ("office", 120), ("due_reason", 300), ("asked_by", 120)):
        if len(texts[name]) > most:
            raise Refused(_("dài quá %s ký tự. Hãy rút gọn.") % most, name)
    return replace(promise, **texts)


def checked_texts(fields):
    """{name: text} of the head of minutes, cleaned; Refused, by field, when one is too long or the
    title is empty.
    """
    texts = {name: clean(text) for name, text in fields.items() if name in TEXTS}
    for name, text in texts.items():
        check_length(text, name, TEXTS[name])
    if not texts.get("title", "–"):
        raise Refused(_("Hãy ghi tên cuộc họp, hội nghị."), "title")
    return texts


def content_hash(minutes, blocks, passages):
    """SHA-256, in hex, over the canonical JSON of everything the approver read."""
    content = {
        "head": [
            str(getattr(minutes, name))
            for name in (*TEXTS, "held_on", "unit_id", "body_id", "version", "changed")
        ],
        "blocks": [[b.number, b.is_heading, b.text, b.speaker, b.shown_as] for b in blocks],
        "passages": [
            [
                str(p.mark),
                numbers[p.block_id],
                p.kind,
                p.start,
                p.end,
                p.is_accepted,
                p.title,
                p.owner_id,
                p.office,
                str(p.due_on),
                p.due_reason,
                p.asker_id,
                p.asked_by,
            ]
            for numbers in [{b.pk: b.number for b in blocks}]
            for p in sorted(passages, key=lambda p: (numbers[p.block_id], p.start, str(p.mark)))
        ],
    }
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()
