"""The rows behind a figure, page by page, as far as the actor may see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Func, Q, QuerySet, TextField
from django.utils.translation import gettext as _

from danchu.figures.among import Ids
from danchu.figures.answer import evidence_queries, statement_evidence
from danchu.figures.blur import is_exact
from danchu.figures.catalogue import Counted, Face, Source
from danchu.figures.noted import reading_rows
from danchu.figures.territory import open_shares_of, sources_of
from danchu.kernel.actor import Acting
from danchu.kernel.addresses import number_in
from danchu.kernel.boundaries import Placing
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period, parse_day
from danchu.kernel.parts import Amount
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold

MOST_WORDS = 8


@dataclass(frozen=True)
class EvidenceRow:
    """One row: its `amount`, the `share` of it that certainly counts at the unit (None: nothing),
    and the `open_share` that may count beside it, of a unit divided without agreed shares.

    `title` and `uid` are None when the actor may not read the content.
    """

    source: str
    pk: int
    reference: str
    day: date
    unit_id: UnitId
    amount: int
    share: int | Fraction | None
    title: str | None
    uid: Any
    open_share: int | Fraction = 0

    @property
    def counted(self) -> int | Fraction | None:
        """What the row adds to the figure; None where the share is None."""
        return None if self.share is None else self.amount * self.share


@dataclass(frozen=True)
class EvidencePage:
    """A page of evidence. `records` is the number of all rows, `withheld` of those whose content
    the actor may not read; `after` is the cursor of the next page ("" on the last).

    `blurred`: the actor may not see the rows of a sensitive figure, nor how many they are: their
    days and numbers would tell what its parts are.
    """

    rows: list[EvidenceRow]
    records: int
    withheld: int
    after: str
    blurred: bool = False


def evidence(
    indicator: Counted,
    unit_id: UnitId,
    period: Period,
    map_day: date,
    actor: Acting,
    after: str = "",
    limit: int = 50,
    own: str = "",
    words: str = "",
) -> EvidencePage:
    """A page of at most `limit` rows of a figure, source by source, oldest first; the last page
    also has its statements. `after` is the cursor from the page before, `own` that of
    `Figure.own`; with `words` only the rows that the actor may read and that have each of them in
    their text, ignoring case and diacritics, and no statements. The number of queries is the same
    for any page but the only one, whose rows need not be counted. Refused, on "after", where the
    cursor is malformed.
    """
    if not is_exact(indicator, unit_id, actor):
        return EvidencePage([], 0, 0, "", blurred=True)
    queries, shares = _queries(indicator, unit_id, period, map_day, own, actor, words)
    _shares, units = sources_of(unit_id, map_day, own)
    open_shares = open_shares_of(unit_id, map_day, own)
    lines, next_after = _page(queries, shares, actor, after, limit, open_shares, units)
    if after or next_after:
        records, readable = _counts(queries, units, actor)
    else:  # all of them are on this page
        records, readable = len(lines), sum(line.title is not None for line in lines)
    statements = [] if words else statement_evidence(indicator, unit_id, period, map_day, own)
    if not next_after:
        lines += [_statement(row) for row in statements]
    return EvidencePage(lines, records + len(statements), records - readable, next_after)


def _counts(
    queries: list[tuple[Counted, QuerySet[Any]]], units: Ids | None, actor: Acting
) -> tuple[int, int]:
    """(the number of all rows, of those whose content the actor may read)."""
    records = readable = 0
    for part, rows in queries:
        with reading_rows(part, units):
            records += rows.count()
            readable += _readable(part.source, rows, actor).count()
    return records, readable


def all_evidence(
    indicator: Counted,
    unit_id: UnitId,
    period: Period,
    map_day: date,
    actor: Acting,
    size: int = 2000,
    own: str = "",
    words: str = "",
) -> Iterator[EvidenceRow]:
    """Every row of a figure's evidence, or with `words` those that have them, fetched `size` at a
    time; none where the actor may not see them. Refused at once, before the first row, for a unit
    that is not on the map.
    """
    if not is_exact(indicator, unit_id, actor):
        return iter(())
    queries, shares = _queries(indicator, unit_id, period, map_day, own, actor, words)
    _shares, units = sources_of(unit_id, map_day, own)
    open_shares = open_shares_of(unit_id, map_day, own)

    def rows() -> Iterator[EvidenceRow]:
        after = ""
        while True:
            lines, after = _page(queries, shares, actor, after, size, open_shares, units)
            yield from lines
            if not after:
                if not words:
                    statements = statement_evidence(indicator, unit_id, period, map_day, own)
                    yield from (_statement(row) for row in statements)
                return

    return rows()


def _queries(
    indicator: Counted,
    unit_id: UnitId,
    period: Period,
    map_day: date,
    own: str,
    actor: Acting,
    words: str,
) -> tuple[list[tuple[Counted, QuerySet[Any]]], Placing]:
    """As `evidence_queries`, of the rows that have the words: nobody learns by searching what they
    may not read.
    """
    queries, shares = evidence_queries(indicator, unit_id, period, map_day, own)
    if words:
        queries = [
            (part, _with_words(part.source, _readable(part.source, rows, actor), words))
            for part, rows in queries
        ]
    return queries, shares


def _with_words(source: Source, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The rows that have each of the words in their text; none where they have no text."""
    sought = fold(words).split()[:MOST_WORDS]
    if not source.words or not sought:
        return rows.none()
    text = Func(source.words, function="register_fold", output_field=TextField())
    rows = rows.annotate(words_of_row=text)
    for word in sought:
        rows = rows.filter(words_of_row__contains=word)
    return rows


def _page(
    queries: list[tuple[Counted, QuerySet[Any]]],
    shares: Placing,
    actor: Acting,
    after: str,
    limit: int,
    open_shares: Mapping[UnitId, Amount],
    units: Ids | None,
) -> tuple[list[EvidenceRow], str]:
    """(at most `limit` rows after the cursor `after`, the cursor of the next page): source by
    source, the oldest of each first.
    """
    key, first = _parse_after(after, len(queries))
    lines: list[EvidenceRow] = []
    for number in range(first, len(queries)):
        part, rows = queries[number]
        left = limit - len(lines)
        later = _rows_after(rows, part.source, key if number == first else "")
        with reading_rows(part, units):
            page = list(later.order_by(part.source.when, "pk")[: left + 1])
            faces = faces_of(part.source, page, actor)
        lines += [line_of(part, row, shares, open_shares, faces) for row in page[:left]]
        if len(page) > left:
            position = _position(page[left - 1], part.source) if left else ""
            return lines, f"{position}.{number}" if number else position
    return lines, ""


def _position(row: Any, source: Source) -> str:
    """The sort position of a row within its source: "2025-03-01.17" (day and primary key)."""
    return f"{_day(row, source.when).isoformat()}.{row.pk}"


def _parse_after(after: str, count: int) -> tuple[str, int]:
    """(position within the source, index of the source) of a cursor: "2025-03-01.17" or
    "2025-03-01.17.2"; ".2" is the beginning of source 2. `count` is the number of sources.
    """
    parts = after.split(".")
    source = number_in(parts[-1])
    if source is not None and source < count:
        if len(parts) == 3:
            return ".".join(parts[:2]).strip("."), source
        if len(parts) == 2 and not parts[0]:
            return "", source
    return after, 0


def _rows_after(rows: QuerySet[Any], source: Source, after: str) -> QuerySet[Any]:
    if not after:
        return rows
    day_text, _dot, pk_text = after.partition(".")
    pk = number_in(pk_text)
    if pk is None:
        raise Refused(_("Địa chỉ trang tiếp theo không đúng. Hãy quay lại đầu danh sách."), "after")
    day = parse_day(day_text)
    return rows.filter(Q(**{f"{source.when}__gt": day}) | Q(**{source.when: day, "pk__gt": pk}))


def _readable(source: Source, rows: QuerySet[Any], actor: Acting) -> QuerySet[Any]:
    """The rows whose content the actor may read: none where the source has no `visible`."""
    return rows.none() if source.visible is None else source.visible(rows, actor)


def faces_of(source: Source, page: list[Any], actor: Acting) -> dict[int, Face]:
    """{pk: (reference, title, uid)} of the rows of a page whose content the actor may read."""
    if source.face is None:
        return {}
    rows = source.with_relations(source.rows().filter(pk__in=[row.pk for row in page]))
    return {row.pk: source.face(row) for row in _readable(source, rows, actor)}


def line_of(
    indicator: Counted,
    row: Any,
    shares: Placing,
    open_shares: Mapping[UnitId, Amount],
    faces: dict[int, Face],
) -> EvidenceRow:
    source = indicator.source
    reference, title, uid = faces.get(row.pk, ("", None, None))
    amount = 1 if indicator.amount == "1" else getattr(row, indicator.amount)
    unit_id = source.unit_in(row)
    return EvidenceRow(
        source.key,
        row.pk,
        reference,
        _day(row, source.when),
        unit_id,
        amount,
        shares[unit_id],
        title,
        uid,
        open_shares.get(unit_id, 0),
    )


def _statement(row: Any) -> EvidenceRow:
    return EvidenceRow(
        "statement",
        row.pk,
        str(row),
        row.since,
        row.unit_id,
        row.amount,
        row.share,
        str(row),
        row.uid,
        row.open_share,
    )


def _day(row: Any, path: str) -> date:
    """The day of a row by an ORM path such as "day__held_on"."""
    value = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value  # type: ignore[no-any-return]  # a path of names has no type
