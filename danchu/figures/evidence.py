"""The rows behind a figure, page by page, as one reader may see them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.figures.answer import evidence_query, figure, statement_evidence
from danchu.figures.blur import hidden, too_few
from danchu.kernel.days import parse_day
from danchu.kernel.refusals import Refused


@dataclass(frozen=True)
class EvidenceRow:
    """One row: what it adds (`amount`), how much of that counts here (`share`; None: cannot be placed).

    `title` and `uid` are None when its content is withheld from the reader, `amount` too when it is too small to tell,
    `unit_id` too when the rows are of persons' matters: counted by place they would tell what is blurred.
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
    """`records` rows in all, `withheld` of them without content for this reader; `after` asks for the next page.

    `blurred`: the figure is too small to be told, so neither its rows nor their number is.
    """

    rows: list[EvidenceRow]
    records: int
    withheld: int
    after: str
    blurred: bool = False


def evidence(what, unit_id, period, map_day, actor, after="", limit=50):
    """A page of the rows of a flow's figure, oldest first. The same number of questions for any page."""
    if _blurred(what, unit_id, period, map_day, actor):
        return EvidencePage([], 0, 0, "", blurred=True)
    rows, shares = evidence_query(what, unit_id, period, map_day)
    records = rows.count()
    seen = what.source.visible(rows, actor).count()
    page = list(_after(rows, what.source, after).order_by(what.source.when, "pk")[: limit + 1])
    faces = _faces(what.source, page, actor)
    lines = [_line(what, row, shares, faces, actor) for row in page[:limit]]
    last = lines[-1] if len(page) > limit else None
    told = statement_evidence(what, unit_id, period, map_day)
    records += len(told)
    seen += len(told)
    if last is None:
        lines += [_statement(row) for row in told]
    return EvidencePage(lines, records, records - seen, f"{last.day.isoformat()}.{last.pk}" if last else "")


def all_evidence(what, unit_id, period, map_day, actor, size=2000):
    """Every row of the figure's evidence, fetched `size` at a time; none of one too small to be told."""
    if _blurred(what, unit_id, period, map_day, actor):
        return
    rows, shares = evidence_query(what, unit_id, period, map_day)
    after = ""
    while True:
        page = list(_after(rows, what.source, after).order_by(what.source.when, "pk")[:size])
        faces = _faces(what.source, page, actor)
        lines = [_line(what, row, shares, faces, actor) for row in page]
        yield from lines
        if len(page) < size:
            yield from (_statement(row) for row in statement_evidence(what, unit_id, period, map_day))
            return
        after = f"{lines[-1].day.isoformat()}.{lines[-1].pk}"


def _blurred(what, unit_id, period, map_day, actor):
    return what.sensitive and actor.is_public and hidden(figure(what, unit_id, period, map_day), actor)


def _after(rows, source, after):
    if not after:
        return rows
    day, _dot, pk = after.partition(".")
    if not pk.isdecimal():
        raise Refused(_("Địa chỉ trang tiếp theo không đúng. Hãy quay lại đầu danh sách."), "after")
    day = parse_day(day)
    return rows.filter(Q(**{f"{source.when}__gt": day}) | Q(**{source.when: day, "pk__gt": int(pk)}))


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
    return EvidenceRow(source.key, row.pk, reference, _day(row, source.when), told, amount, shares[unit_id], title, uid)


def _statement(row):
    return EvidenceRow("statement", row.pk, str(row), row.since, row.unit_id, row.amount, row.share, str(row), None)


def _day(row, path):
    for name in path.split("__"):
        row = getattr(row, name)
    return row
