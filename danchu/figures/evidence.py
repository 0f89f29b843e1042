"""The rows behind a figure, page by page, as one reader may see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from danchu.figures.answer import evidence_queries, figure, statement_evidence
from danchu.figures.blur import hidden, too_few
from danchu.figures.catalogue import Counted, Face, Source
from danchu.kernel.actor import Acting
from danchu.kernel.addresses import number_in
from danchu.kernel.boundaries import Placing
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period, parse_day
from danchu.kernel.refusals import Refused


@dataclass(frozen=True)
class EvidenceRow:
    """One row: what it adds (`amount`), how much of that counts here (`share`; None: cannot be
    placed).

    `title` and `uid` are None when its content is withheld from the reader; so is `amount` when it
    is too small to be shown, and `unit_id` when the rows are persons' matters, which counted by
    place would reveal what is blurred.
    """

    source: str
    pk: int
    reference: str
    day: date
    unit_id: UnitId | None
    amount: int | None
    share: int | Fraction | None
    title: str | None
    uid: Any

    @property
    def counted(self) -> int | Fraction | None:
        """What it adds to the figure; None where that is withheld or cannot be placed."""
        return None if self.share is None or self.amount is None else self.amount * self.share


@dataclass(frozen=True)
class EvidencePage:
    """`records` rows in all, `withheld` of them without content for this reader; `after` asks for
    the next page.

    `blurred`: the figure is too small to be shown, so neither its rows nor their number are.
    """

    rows: list[EvidenceRow]
    records: int
    withheld: int
    after: str
    blurred: bool = False


def evidence(
    what: Counted,
    unit_id: UnitId,
    period: Period,
    map_day: date,
    actor: Acting,
    after: str = "",
    limit: int = 50,
) -> EvidencePage:
    """A page of at most `limit` rows of a figure, source by source, oldest first; on the last one
    also its statements. `after` is that of the page before. The same number of queries for any
    page. Refused where `after` is none of a page.
    """
    if _blurred(what, unit_id, period, map_day, actor):
        return EvidencePage([], 0, 0, "", blurred=True)
    queries, shares = evidence_queries(what, unit_id, period, map_day)
    records = sum(rows.count() for _part, rows in queries)
    readable = sum(_visible(part.source, rows, actor).count() for part, rows in queries)
    lines, following = _page(queries, shares, actor, after, limit)
    statements = statement_evidence(what, unit_id, period, map_day)
    if not following:
        lines += [_statement(row) for row in statements]
    return EvidencePage(lines, records + len(statements), records - readable, following)


def all_evidence(
    what: Counted,
    unit_id: UnitId,
    period: Period,
    map_day: date,
    actor: Acting,
    size: int = 2000,
) -> Iterator[EvidenceRow]:
    """Every row of the figure's evidence, fetched `size` at a time; no row of a figure too small
    to be shown.
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


def _page(
    queries: list[tuple[Counted, QuerySet[Any]]],
    shares: Placing,
    actor: Acting,
    after: str,
    limit: int,
) -> tuple[list[EvidenceRow], str]:
    """(at most `limit` lines that follow `after`, the `after` of the next page): source by source,
    the oldest of each first.
    """
    key, at = _read(after, len(queries))
    lines: list[EvidenceRow] = []
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
            mark = _mark(page[left - 1], part.source) if left else ""
            return lines, f"{mark}.{number}" if number else mark
    return lines, ""


def _mark(row: Any, source: Source) -> str:
    """The key of a row within its source, in the order of a page: "2025-03-01.17"."""
    return f"{_day(row, source.when).isoformat()}.{row.pk}"


def _read(after: str, count: int) -> tuple[str, int]:
    """(the key within its source, the number of the source) of an `after`: "2025-03-01.17" or
    "2025-03-01.17.2"; ".2" is the beginning of a source. `count` is how many sources there are.
    """
    parts = after.split(".")
    source = number_in(parts[-1])
    if source is not None and source < count:
        if len(parts) == 3:
            return ".".join(parts[:2]).strip("."), source
        if len(parts) == 2 and not parts[0]:
            return "", source
    return after, 0


def _blurred(what: Counted, unit_id: UnitId, period: Period, map_day: date, actor: Acting) -> bool:
    return (
        what.sensitive and actor.is_public and hidden(figure(what, unit_id, period, map_day), actor)
    )


def _after(rows: QuerySet[Any], source: Source, after: str) -> QuerySet[Any]:
    if not after:
        return rows
    written, _dot, text = after.partition(".")
    pk = number_in(text)
    if pk is None:
        raise Refused(_("Địa chỉ trang tiếp theo không đúng. Hãy quay lại đầu danh sách."), "after")
    day = parse_day(written)
    return rows.filter(Q(**{f"{source.when}__gt": day}) | Q(**{source.when: day, "pk__gt": pk}))


def _visible(source: Source, rows: QuerySet[Any], actor: Acting) -> QuerySet[Any]:
    """The rows whose content the actor may read: none where the source does not say which."""
    return rows.none() if source.visible is None else source.visible(rows, actor)


def _faces(source: Source, page: list[Any], actor: Acting) -> dict[int, Face]:
    """{pk: (reference, title, uid)} of the rows of a page whose content the actor may read."""
    if source.face is None:
        return {}
    rows = source.rows().filter(pk__in=[row.pk for row in page])
    return {row.pk: source.face(row) for row in _visible(source, rows, actor)}


def _line(
    what: Counted, row: Any, shares: Placing, faces: dict[int, Face], actor: Acting
) -> EvidenceRow:
    source = what.source
    reference, title, uid = faces.get(row.pk, ("", None, None))
    amount = 1 if what.amount == "1" else getattr(row, what.amount)
    if title is None and what.amount != "1" and too_few(what, amount, actor):
        amount = None
    unit_id = getattr(row, source.unit_of)
    place_withheld = title is None and what.sensitive and actor.is_public
    return EvidenceRow(
        source.key,
        row.pk,
        reference,
        _day(row, source.when),
        None if place_withheld else unit_id,
        amount,
        shares[unit_id],
        title,
        uid,
    )


def _statement(row: Any) -> EvidenceRow:
    return EvidenceRow(
        "statement", row.pk, str(row), row.since, row.unit_id, row.amount, row.share, str(row), None
    )


def _day(row: Any, path: str) -> date:
    """The day of a row, at the end of a path such as "day__held_on"."""
    value = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value  # type: ignore[no-any-return]  # a path of names has no type
