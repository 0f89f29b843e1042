"""Minutes as rows of an editor that works without script: a paragraph a row, its marks below it,
buttons that add and take away.

Two clerks may have the same minutes open. A row knows by `base` what stood there when it was read,
so that two texts are joined row by row and no word of either is lost.
"""

import hashlib
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from danchu.kernel.addresses import number_in, uid_in
from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.minutes.input.blocks import MOST_BLOCKS, MOST_MARKS, Mark, Promise, Written, quoted
from danchu.minutes.models import PassageKind

PROMISE = ("title", "owner", "office", "due", "why", "asker", "askedby")


@dataclass(frozen=True)
class MarkRow:
    """One mark as typed: the words it covers (`quote`, none: the whole paragraph), where they
    begin, and of a commitment what is promised.
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
        """[(name, value)] of what is promised: carried along where it may not be changed here."""
        return [(name, getattr(self, name)) for name in PROMISE]


@dataclass(frozen=True)
class Row:
    """One paragraph as typed. `note` says in what the row differs after two texts were joined;
    it is never sent back.
    """

    text: str = ""
    speaker: str = ""
    shown: str = ""
    heading: bool = False
    marks: tuple = ()
    base: str = ""
    note: str = field(default="", compare=False)

    @property
    def print(self):
        """What stands in the row, in 16 hex digits."""
        told = repr(
            (
                clean(self.text),
                clean(self.speaker),
                clean(self.shown),
                self.heading,
                [replace(mark, at="") for mark in self.marks if mark.kind],
            )
        )
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def spare(self):
        """The marks and one more to fill in."""
        return [*self.marks, *([] if self.heading else [MarkRow()])]


def rows_of(written):
    """The rows of what is kept, each with its base."""
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
    told = {
        name: post.get(f"{name}_{at}", "") for name in ("kind", "quote", "at", "mark", *PROMISE)
    }
    return MarkRow(**told, accepted=bool(post.get(f"accepted_{at}")))


def changed_by(rows, do):
    """The rows after a button: add:3, drop:3, up:3, down:3; as they are for any other."""
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
    """[Written] of the rows; several lines in one row are as many paragraphs. Refused naming
    the paragraph.
    """
    blocks = []
    for number, row in enumerate(rows, 1):
        lines = [line for line in row.text.splitlines() if clean(line)]
        try:
            found = [_block(row, line, at, bodies) for at, line in enumerate(lines)]
            _all_found(row, lines)
        except Refused as refusal:
            raise Refused(
                _("Đoạn %(number)s: %(why)s") % {"number": number, "why": refusal.message},
                refusal.field,
            ) from None
        blocks += found
    return blocks


def _block(row, line, at, bodies):
    line = clean(line)
    marks = (
        [] if row.heading else [mark for one in row.marks if (mark := _mark(one, line, at, bodies))]
    )
    return Written(line, row.speaker, row.shown, row.heading, tuple(marks))


def _mark(one, line, at, bodies):
    """The mark in this line of its row; None where its words stand in another. What covers a whole
    row covers each of its lines once; a promise, and a mark kept from before, stays one: in the
    first.
    """
    uid = _uid(one.mark)
    if not one.quote.strip():
        if at and (uid or one.is_promise):
            return None
        return Mark(
            one.kind, 0, len(line), one.accepted, uid if not at else None, _promise(one, bodies)
        )
    words = clean(one.quote)
    if words not in line:
        return None
    start = number_in(one.at)
    if start is None or not line[start:].startswith(words):
        start = quoted(line, words)[0]
    return Mark(one.kind, start, start + len(words), one.accepted, uid, _promise(one, bodies))


def _all_found(row, lines):
    for one in row.marks:
        words = clean(one.quote)
        if words and not any(words in clean(line) for line in lines):
            quoted("", words)


def _promise(one, bodies):
    if not one.is_promise:
        return Promise()
    return Promise(
        one.title,
        _body(one.owner, bodies, "owner"),
        one.office,
        _day(one.due),
        one.why,
        _body(one.asker, bodies, "asker"),
        one.askedby,
    )


def _body(text, bodies, name):
    if not text:
        return None
    found = bodies.get(text)
    if found is None:
        raise Refused(_("hãy chọn cơ quan trong danh sách."), name)
    return found


def _day(text):
    return parse_day(text) if text.strip() else None


def _uid(text):
    return uid_in(text)


def joined(mine, kept, other):
    """My rows and those another saved meanwhile, in one text: what only one of us changed is as
    he left it, what both changed stands twice.
    """
    bases = {row.base for row in mine if row.base}
    left = {row.base for row in kept}
    clash = _("Cả hai cùng sửa đoạn này: đây là bản của ông/bà.")
    theirs = _("%s vừa sửa hoặc thêm đoạn này.") % other
    rows = [
        row if not row.base or row.base in left else replace(row, note=clash)
        for row in mine
        if not row.base or row.base in left or row.print != row.base
    ]
    found = []
    after = 0
    for row in kept:
        if row.base in bases:
            at = next((i for i, one in enumerate(rows) if one.base == row.base), None)
            if at is not None and at >= after:
                found += rows[after : at + 1]
                after = at + 1
        else:
            found.append(replace(row, note=theirs))
    found += rows[after:]
    return [replace(row, base=row.base if row.base in left else "") for row in found]
