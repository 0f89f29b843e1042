"""The rows behind a figure, page by page, as one reader may see them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.figures.answer import evidence_queries, figure, statement_evidence
from danchu.figures.blur import hidden, too_few
from danchu.kernel.days import parse_day
from danchu.kernel.refusals import Refused


@dataclass(frozen=True)
class EvidenceRow:
    """One row: what it adds (`amount`), how much of that counts here (`share`; None: cannot be
    placed).

    `title` and `uid` are None when its content is withheld from the reader, `amount` too when it is
    too small to tell, `unit_id` too when the rows are of persons' matters: counted by place they
    would tell what is blurred.
    """

    source: str
    pk: int
    reference: str
    day: date
    unit_id: int | None
    amount: int | None
    share: int | Fraction | None
    title: str | None
    uid: object

    @property
    def counted(self):
        return None if self.share is None or self.amount is None else self.amount * self.share


@dataclass(frozen=True)
class EvidencePage:
    """`records` rows in all, `withheld` of them without content for this reader; `after` asks for
    the next page.

    `blurred`: the figure is too small to be told, so neither its rows nor their number is.
    """

    rows: list[EvidenceRow]
    records: int
    withheld: int
    after: str
    blurred: bool = False


def evidence(what, unit_id, period, map_day, actor, after="", limit=50):
    """A page of the rows of a flow's figure, source by source, oldest first. The same number of
    questions for any page.
    """
    if _blurred(what, unit_id, period, map_day, actor):
        return EvidencePage([], 0, 0, "", blurred=True)
    queries, shares = evidence_queries(what, unit_id, period, map_day)
    records = sum(rows.count() for _part, rows in queries)
    seen = sum(part.source.visible(rows, actor).count() for part, rows in queries)
    lines, more = _page(queries, shares, actor, after, limit)
    told = statement_evidence(what, unit_id, period, map_day)
    records += len(told)
    seen += len(told)
    if not more:
        lines += [_statement(row) for row in told]
    return EvidencePage(lines, records, records - seen, more)


def all_evidence(what, unit_id, period, map_day, actor, size=2000):
    """Every row of the figure's evidence, fetched `size` at a time; none of one too small to be
    told.
    """
    if _blurred(what, unit_id, period, map_day, actor):
        return
    queries, shares = evidence_queries(what, unit_id, period, map_day)
    after = ""
    while True:
        lines, after = _page(queries, shares, actor, after, size)
        yield from lines
        if not after:
            yield from (
                _statement(row) for row in statement_evidence(what, unit_id, period, map_day)
            )
            return


def _page(queries, shares, actor, after, limit):
    """(at most `limit` lines behind `after`, what asks for the next): source by source, the
    oldest of each first.
    """
    key, at = _read(after, len(queries))
    lines = []
    for number in range(at, len(queries)):
        part, rows = queries[number]
        left = limit - len(lines)
        page = list(
            _after(rows, part.source, key if number == at else "").order_by(part.source.when, "pk")[
                : left + 1
            ]
        )
        faces = _faces(part.source, page, actor)
        lines += [_line(part, row, shares, faces, actor) for row in page[:left]]
        if len(page) > left:
            last = page[left - 1] if left else None
            mark = f"{_day(last, part.source.when).isoformat()}.{last.pk}" if last else ""
            return lines, f"{mark}.{number}" if number else mark
    return lines, ""


def _read(after, count):
    """(the key within its source, the number of the source) of an address."""
    parts = after.split(".")
    if len(parts) == 3 and parts[2].isdecimal() and int(parts[2][:4]) < count:
        return ".".join(parts[:2]).strip("."), int(parts[2][:4])
    if len(parts) == 2 and not parts[0] and parts[1].isdecimal() and int(parts[1][:4]) < count:
        return "", int(parts[1][:4])
    return after, 0


def _blurred(what, unit_id, period, map_day, actor):
    return (
        what.sensitive and actor.is_public and hidden(figure(what, unit_id, period, map_day), actor)
    )


def _after(rows, source, after):
    if not after:
        return rows
    day, _dot, pk = after.partition(".")
    if not pk.isdecimal():
        raise Refused(_("Địa chỉ trang tiếp theo không đúng. Hãy quay lại đầu danh sách."), "after")
    day = parse_day(day)
    return rows.filter(
        Q(**{f"{source.when}__gt": day}) | Q(**{source.when: day, "pk__gt": int(pk)})
    )


def _faces(source, page, actor):
    """{pk: (reference, title, uid)} of the rows of a page whose content the actor may read."""
    mine = source.rows().filter(pk__in=[row.pk for row in page])
    return {row.pk: source.face(row) for row in source.visible(mine, actor)}


def _line(what, row, shares, faces, actor):
    source = what.source
    reference, title, uid = faces.get(row.pk, ("", None, None))
    amount = 1 if what.amount == "1" else getattr(row, what.amount)
    if title is None and what.amount != "1" and too_few(what, amount, actor):
        amount = None
    unit_id = getattr(row, source.unit_of)
    told = None if title is None and what.sensitive and actor.is_public else unit_id
    return EvidenceRow(
        source.key,
        row.pk,
        reference,
        _day(row, source.when),
        told,
        amount,
        shares[unit_id],
        title,
        uid,
    )


def _statement(row):
    return EvidenceRow(
        "statement", row.pk, str(row), row.since, row.unit_id, row.amount, row.share, str(row), None
    )


def _day(row, path):
    for name in path.split("__"):
        row = getattr(row, name)
    return row
