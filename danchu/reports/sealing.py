"""What a seal is made of: the exact lines of a figure's evidence, their digests, and the one
hash over all.
"""

import hashlib
import json
import zlib
from fractions import Fraction

from danchu.figures.answer import evidence_queries, statement_evidence
from danchu.figures.models import OutsideScore


def evidence_lines(found):
    """{reference: (amount, share)} as text of one figure's evidence; `share` is "-" where it
    cannot be placed.
    """
    what = found.indicator
    unit_id = found.unit_id
    period = found.period
    map_day = found.map_day
    if what.kind == "outside":
        scores = OutsideScore.objects.filter(
            series=what.series, unit=unit_id, year=period.last.year
        )
        return {
            f"score:{s.pk}": (str(Fraction(s.score)) if s.score is not None else "-", "1")
            for s in scores
        }
    queries, shares = evidence_queries(what, unit_id, period, map_day)
    texts = {unit: "-" if share is None else str(share) for unit, share in shares.items()}
    lines = {}
    for part, rows in queries:
        columns = ["pk", part.source.where] + ([] if part.amount == "1" else [part.amount])
        lines |= {
            f"{part.source.key}:{row[0]}": (str(row[2]) if len(row) > 2 else "1", texts[row[1]])
            for row in rows.order_by("pk").values_list(*columns).iterator(5000)
        }
    for row in statement_evidence(what, unit_id, period, map_day):
        lines[f"statement:{row.pk}"] = (str(Fraction(row.amount)), texts[row.unit_id])
    return lines


def packed(lines):
    """The lines as bytes to keep, in one order."""
    return zlib.compress(
        "\n".join(
            f"{ref} {amount} {share}" for ref, (amount, share) in sorted(lines.items())
        ).encode()
    )


def unpacked(evidence):
    text = zlib.decompress(bytes(evidence)).decode()
    rows = (line.split(" ") for line in text.splitlines())
    return {ref: (amount, share) for ref, amount, share in rows}


def line_digest(key, unit_id, since, until, map_day, value, evidence):
    """sha256 over what a line says and the rows it rests on (uncompressed: compression may
    change, rows may not).
    """
    rows = zlib.decompress(bytes(evidence))
    head = json.dumps(
        [key, unit_id, f"{since}", f"{until}", f"{map_day}", value], ensure_ascii=False
    )
    return hashlib.sha256(head.encode() + b"\n" + rows).hexdigest()


def seal_digest(form, title, unit_id, map_day, text, journal_head, digests):
    """sha256 over the text and the digests of all lines."""
    parts = [form, title, unit_id, f"{map_day}", text, journal_head, digests]
    return hashlib.sha256(
        json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def base_figures(document):
    """The figures that have rows of their own: a ratio stands as its two sums."""
    seen = {}
    for found in document.figures:
        for it in (found.over, found.under) if found.indicator.kind == "ratio" else (found,):
            seen.setdefault((it.indicator.key, it.unit_id, it.period), it)
    return list(seen.values())


def text_of(document):
    """The document as plain data: what stood on the page."""
    return [
        {
            "kind": block.kind,
            "title": block.title,
            "text": "".join(span if isinstance(span, str) else span.text for span in block.spans),
            "head": list(block.head),
            "rows": [[row[0], *(cell.text for cell in row[1:])] for row in block.rows],
        }
        for block in document.blocks
    ]
