"""Minutes as rows of an editor that works without script: one paragraph a row, its marks below it,
buttons that add and remove.

Two clerks may have the same minutes open. `base` is the hash of a row when it was read, so that two
texts are merged row by row and no word of either is lost.
"""

import hashlib
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from danchu.kernel.addresses import number_in, uid_in
from danchu.kernel.days import parse_day, show_day
from danchu.kernel.lines import line_refusals
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.minutes.input.blocks import (
    MOST_BLOCKS,
    MOST_MARKS,
    BlockInput,
    Mark,
    Promise,
    span_of_quote,
)
from danchu.minutes.models import PassageKind
from danchu.subjects.one_of import chosen_key

PROMISE = ("title", "owner", "office", "due", "why", "asker", "askedby")


@dataclass(frozen=True)
class MarkRow:
    """One mark as typed: the words it covers (`quote`; empty: the whole paragraph), their offset,
    and for a commitment what is promised.
    """

    kind: str = ""
    quote: str = ""
    at: str = ""
    mark: str = ""
    accepted: bool = False
    title: str = ""
    owner: str = ""
    office: str = ""
    due: str = ""
    why: str = ""
    asker: str = ""
    askedby: str = ""

    @property
    def is_promise(self):
        return self.kind == PassageKind.COMMITMENT

    @property
    def promise_fields(self):
        """[(name, value)] of the promise, for hidden fields where it may not be changed here."""
        return [(name, getattr(self, name)) for name in PROMISE]


@dataclass(frozen=True)
class Row:
    """One paragraph as typed. `note` says how the row differs after a merge; it is not a field of
    the form.
    """

    text: str = ""
    speaker: str = ""
    shown_as: str = ""
    heading: bool = False
    marks: tuple = ()
    base: str = ""
    note: str = field(default="", compare=False)

    @property
    def print(self):
        """Hash of the content of the row, 16 hex digits."""
        content = repr(
            (
                clean(self.text),
                clean(self.speaker),
                clean(self.shown_as),
                self.heading,
                [replace(mark, at="") for mark in self.marks if mark.kind],
            )
        )
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def spare(self):
        """The marks and an empty one to fill in; none for a heading."""
        return [*self.marks, *([] if self.heading else [MarkRow()])]


def rows_of(written):
    """The rows of the stored blocks, each with its base."""
    rows = [
        Row(
            block.text,
            block.speaker,
            block.shown_as,
            block.is_heading,
            tuple(_mark_row(block.text, mark) for mark in block.marks),
        )
        for block in written
    ]
    return [replace(row, base=row.print) for row in rows]


def _mark_row(text, mark):
    whole = (mark.start, mark.end) == (0, len(text))
    promise = mark.promise
    return MarkRow(
        mark.kind,
        "" if whole else text[mark.start : mark.end],
        "" if whole else str(mark.start),
        str(mark.mark or ""),
        mark.is_accepted,
        promise.title,
        str(promise.owner.pk) if promise.owner else "",
        promise.office,
        show_day(promise.due_on) if promise.due_on else "",
        promise.due_reason,
        str(promise.asker.pk) if promise.asker else "",
        promise.asked_by,
    )


def typed_rows(post):
    """The rows as they were typed."""
    rows = []
    for i in range(MOST_BLOCKS + 1):
        if f"text_{i}" not in post:
            break
        marks = tuple(
            mark
            for j in range(MOST_MARKS + 1)
            if f"kind_{i}_{j}" in post and (mark := _typed_mark(post, f"{i}_{j}")).kind
        )
        rows.append(
            Row(
                post[f"text_{i}"],
                post.get(f"speaker_{i}", ""),
                post.get(f"shown_{i}", ""),
                bool(post.get(f"heading_{i}")),
                marks,
                post.get(f"base_{i}", "")[:16],
            )
        )
    return rows


def _typed_mark(post, at):
    fields = {
        name: post.get(f"{name}_{at}", "") for name in ("kind", "quote", "at", "mark", *PROMISE)
    }
    return MarkRow(**fields, accepted=bool(post.get(f"accepted_{at}")))


def changed_by(rows, do):
    """The rows after a button such as add:3, drop:3, up:3 or down:3; unchanged after any other."""
    act, _colon, number = do.partition(":")
    at = number_in(number)
    at = -1 if at is None else at
    if act == "add" and -1 < at <= len(rows):
        return [*rows[:at], Row(), *rows[at:]]
    if not -1 < at < len(rows):
        return rows
    if act == "drop":
        return [*rows[:at], *rows[at + 1 :]]
    other = at + {"up": -1, "down": 1}.get(act, 0)
    if other != at and -1 < other < len(rows):
        rows = list(rows)
        rows[at], rows[other] = rows[other], rows[at]
    return rows


def blocks_of(rows, bodies):
    """[Written] of the rows, one for each line of a row. Refused with every paragraph that is
    wrong.
    """
    blocks = []
    with line_refusals(_("Đoạn %(number)s: %(why)s")) as paragraph:
        for number, row in enumerate(rows, 1):
            lines = [line for line in row.text.splitlines() if clean(line)]
            with paragraph(number):
                blocks += [_block(row, line, at, bodies) for at, line in enumerate(lines)]
                _all_found(row, lines)
    return blocks


def _block(row, line, at, bodies):
    line = clean(line)
    marks = (
        []
        if row.heading
        else [
            mark_in_line
            for mark_row in row.marks
            if (mark_in_line := _mark(mark_row, line, at, bodies))
        ]
    )
    return BlockInput(line, row.speaker, row.shown_as, row.heading, tuple(marks))


def _mark(mark_row, line, at, bodies):
    """The mark in this line of its row; None where its words are in another line. A mark of a whole
    row becomes one mark for each line; a promise, and a mark that was stored before, stays a single
    one in the first line.
    """
    uid = uid_in(mark_row.mark)
    if not mark_row.quote.strip():
        if at and (uid or mark_row.is_promise):
            return None
        return Mark(
            mark_row.kind,
            0,
            len(line),
            mark_row.accepted,
            uid if not at else None,
            _promise(mark_row, bodies),
        )
    words = clean(mark_row.quote)
    if words not in line:
        return None
    start = number_in(mark_row.at)
    if start is None or not line[start:].startswith(words):
        start = span_of_quote(line, words)[0]
    return Mark(
        mark_row.kind, start, start + len(words), mark_row.accepted, uid, _promise(mark_row, bodies)
    )


def _all_found(row, lines):
    for mark_row in row.marks:
        words = clean(mark_row.quote)
        if words and not any(words in clean(line) for line in lines):
            span_of_quote("", words)


def _promise(mark_row, bodies):
    if not mark_row.is_promise:
        return Promise()
    return Promise(
        mark_row.title,
        _body(mark_row.owner, bodies, "owner"),
        mark_row.office,
        _day(mark_row.due),
        mark_row.why,
        _body(mark_row.asker, bodies, "asker"),
        mark_row.askedby,
    )


def _body(text, bodies, name):
    if not text:
        return None
    try:
        return bodies[chosen_key([(key, body.label) for key, body in bodies.items()], text)]
    except Refused as refusal:
        words = _("hãy chọn cơ quan trong danh sách.")
        raise Refused(f"{words} {refusal.message}", name) from None


def _day(text):
    return parse_day(text) if text.strip() else None


def joined(mine, stored, other):
    """Merge my rows with those that `other` saved meanwhile: a row changed by one clerk only is
    taken from them, a row changed by both stands twice.
    """
    bases = {row.base for row in mine if row.base}
    stored_bases = {row.base for row in stored}
    clash = _("Cả hai cùng sửa đoạn này: đây là bản của ông/bà.")
    theirs = _("%s vừa sửa hoặc thêm đoạn này.") % other
    rows = [
        row if not row.base or row.base in stored_bases else replace(row, note=clash)
        for row in mine
        if not row.base or row.base in stored_bases or row.print != row.base
    ]
    joined_rows = []
    after = 0
    for row in stored:
        if row.base in bases:
            at = next(
                (i for i, row_of_base in enumerate(rows) if row_of_base.base == row.base), None
            )
            if at is not None and at >= after:
                joined_rows += rows[after : at + 1]
                after = at + 1
        else:
            joined_rows.append(replace(row, note=theirs))
    joined_rows += rows[after:]
    return [replace(row, base=row.base if row.base in stored_bases else "") for row in joined_rows]
