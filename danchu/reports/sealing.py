"""The content of a seal: the exact evidence of each figure, its digest, and one hash over all."""

import hashlib
import json
import zlib
from fractions import Fraction

from danchu.figures.answer import evidence_queries, statement_evidence
from danchu.figures.models import OutsideScore


def evidence_lines(figure):
    """{reference: (amount, share)} of the rows behind a figure, as text. A reference is
    "source:pk"; amount and share are exact fractions, "-" where unknown.
    """
    indicator = figure.indicator
    unit_id = figure.unit_id
    period = figure.period
    map_day = figure.map_day
    if indicator.kind == "outside":
        scores = OutsideScore.objects.filter(
            series=indicator.series, unit=unit_id, year=period.last.year
        )
        return {
            f"score:{s.pk}": (str(Fraction(s.score)) if s.score is not None else "-", "1")
            for s in scores
        }
    queries, shares = evidence_queries(indicator, unit_id, period, map_day)
    texts = {unit: "-" if share is None else str(share) for unit, share in shares.items()}
    lines = {}
    for part, rows in queries:
        columns = ["pk", part.source.where] + ([] if part.amount == "1" else [part.amount])
        lines |= {
            f"{part.source.key}:{row[0]}": (str(row[2]) if len(row) > 2 else "1", texts[row[1]])
            for row in rows.order_by("pk").values_list(*columns).iterator(5000)
        }
    for row in statement_evidence(indicator, unit_id, period, map_day):
        lines[f"statement:{row.pk}"] = (str(Fraction(row.amount)), texts[row.unit_id])
    return lines


def packed(lines):
    """The evidence lines as compressed bytes, sorted by reference."""
    return zlib.compress(
        "\n".join(
            f"{ref} {amount} {share}" for ref, (amount, share) in sorted(lines.items())
        ).encode()
    )


def unpacked(evidence):
    """The evidence lines of `packed` again."""
    text = zlib.decompress(bytes(evidence)).decode()
    rows = (line.split(" ") for line in text.splitlines())
    return {ref: (amount, share) for ref, amount, share in rows}


def line_digest(key, unit_id, since, until, map_day, value, evidence):
    """SHA-256 in hex over a line and its evidence, uncompressed, so that it does not depend on the
    version of zlib.
    """
    rows = zlib.decompress(bytes(evidence))
    head = json.dumps(
        [key, unit_id, f"{since}", f"{until}", f"{map_day}", value], ensure_ascii=False
    )
    return hashlib.sha256(head.encode() + b"\n" + rows).hexdigest()


def seal_digest(form, title, unit_id, map_day, text, journal_head, digests):
    """SHA-256 in hex over the text and the digests of all lines."""
    parts = [form, title, unit_id, f"{map_day}", text, journal_head, digests]
    return hashlib.sha256(
        json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def base_figures(document):
    """The figures of a Document that have rows of their own, each once: a ratio is replaced by its
    numerator and denominator.
    """
    seen = {}
    for figure in document.figures:
        parts = (figure.over, figure.under) if figure.indicator.kind == "ratio" else (figure,)
        for part in parts:
            seen.setdefault((part.indicator.key, part.unit_id, part.period), part)
    return list(seen.values())


def text_of(document):
    """The text of a Document as JSON-compatible data, block by block."""
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
