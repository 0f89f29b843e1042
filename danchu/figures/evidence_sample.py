"""Rows of a figure drawn at random, the same for the same seed: whoever has the address sees the
rows that were cited, as long as no row was added or taken away.
"""

from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat

from danchu.figures.answer import evidence_queries
from danchu.figures.blur import is_exact
from danchu.figures.catalogue import Counted
from danchu.figures.evidence import EvidencePage, faces_of, line_of
from danchu.figures.territory import open_shares_of
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period

MOST = 20


def sample(
    indicator: Counted,
    unit_id: UnitId,
    period: Period,
    map_day: date,
    actor: Acting,
    seed: str,
    own: str = "",
) -> EvidencePage:
    """At most MOST rows of a figure's evidence, drawn without replacement: those whose MD5 of seed,
    source and key is the smallest, in the order of their days. `records` and `withheld` are of the
    rows that were drawn. Blurred as `evidence`; statements are no rows and are not drawn.
    """
    if not is_exact(indicator, unit_id, actor):
        return EvidencePage([], 0, 0, "", blurred=True)
    queries, shares = evidence_queries(indicator, unit_id, period, map_day, own)
    drawn = sorted(
        (
            (row.draw, number, row)
            for number, (part, rows) in enumerate(queries)
            for row in _first_drawn(rows, part.source.key, seed)
        ),
        key=lambda one: one[:2],
    )[:MOST]
    open_shares = open_shares_of(unit_id, map_day, own)
    lines = []
    for number, (part, _rows) in enumerate(queries):
        of_part = [row for _draw, of, row in drawn if of == number]
        faces = faces_of(part.source, of_part, actor)
        lines += [line_of(part, row, shares, open_shares, faces) for row in of_part]
    lines.sort(key=lambda line: (line.day, line.source, line.pk))
    withheld = sum(1 for line in lines if line.title is None)
    return EvidencePage(lines, len(lines), withheld, "")


def _first_drawn(rows: QuerySet[Any], source: str, seed: str) -> list[Any]:
    """The MOST rows of one source that are drawn first."""
    key = Concat(Value(f"{seed}:{source}:"), Cast("pk", CharField()))
    return list(rows.annotate(draw=MD5(key)).order_by("draw", "pk")[:MOST])
