"""The content of a seal: the exact evidence of each figure, its digest, and one hash over all.

Values and evidence are read in one snapshot, and a value that is not the sum of its evidence is
refused.
"""

import hashlib
import json
import zlib
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.answer import Figure, evidence_queries, statement_evidence
from danchu.figures.models import OutsideScore
from danchu.figures.released import released_value
from danchu.journal.verify import head
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.reports.document import Document, fill
from danchu.reports.models import SealLine
from danchu.reports.snapshot import snapshot


@dataclass(frozen=True)
class Content:
    """What is sealed: the filled `document`, its unsaved `lines` with their evidence, and the head
    of the journal as "number:hash", all of the same snapshot.
    """

    document: Document
    lines: list[SealLine]
    journal_head: str


def read_content(document: Document) -> Content:
    """Fill the form of the document anew and read the rows behind every figure, in one snapshot.
    Refused for a report without figures, and where a value is not the sum of its evidence.
    """
    with snapshot():
        document = fill(document.form, document.language, document.map_day)
        lines = [_line(figure) for figure in base_figures(document)]
        journal_head = "{}:{}".format(*head())
    if not lines:
        raise Refused(_("Báo cáo không có số liệu nào để niêm phong."))
    return Content(document, lines, journal_head)


def _line(figure: Figure) -> SealLine:
    """The unsaved line of one figure, with its evidence and digest."""
    evidence = evidence_lines(figure)
    if evidence_sum(evidence) != (figure.value or 0):
        raise Refused(
            _(
                "Con số “{name}” không bằng tổng các hồ sơ làm nên nó, nên không niêm phong. Hãy "
                "thử lại; nếu vẫn vậy, hãy chạy danchu check."
            ).format(name=local_name(figure.indicator))
        )
    value = "" if figure.value is None else str(figure.value)
    values = (
        figure.indicator.key,
        figure.unit_id,
        figure.period.since,
        figure.period.until,
        figure.map_day,
        value,
    )
    names = ("key", "unit_id", "since", "until", "map_day", "value")
    compressed = packed(evidence)
    return SealLine(
        **dict(zip(names, values, strict=True)),
        own=figure.own,
        evidence=compressed,
        digest=line_digest(*values, compressed, figure.own),
    )


def evidence_sum(lines: dict[str, tuple[str, str]]) -> Fraction:
    """The sum of amount times share over `evidence_lines`, without rows of unknown share."""
    sums: dict[str, Fraction | int] = {}
    for amount, share in lines.values():
        if "-" not in (amount, share):
            number = int(amount) if amount.isdecimal() else Fraction(amount)
            sums[share] = sums.get(share, 0) + number
    return sum((amount * Fraction(share) for share, amount in sums.items()), Fraction(0))


def evidence_lines(figure):
    """{reference: (amount, share)} of the rows behind a figure, as text; of persons' matters those
    of `released_lines`. A reference is "source:pk"; amount and share are exact fractions, "-" where
    unknown.
    """
    if figure.indicator.sensitive:
        return released_lines(figure.indicator.key, figure.unit_id, figure.period, figure.map_day)
    return rows_behind(figure)


def rows_behind(figure):
    """The evidence lines of the rows that count in a figure now."""
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
    queries, shares = evidence_queries(indicator, unit_id, period, map_day, figure.own)
    texts = {unit: "-" if share is None else str(share) for unit, share in shares.items()}
    lines = {}
    for part, rows in queries:
        columns = ["pk", part.source.where] + ([] if part.amount == "1" else [part.amount])
        lines |= {
            f"{part.source.key}:{row[0]}": (str(row[2]) if len(row) > 2 else "1", texts[row[1]])
            for row in rows.order_by("pk").values_list(*columns).iterator(5000)
        }
    for row in statement_evidence(indicator, unit_id, period, map_day, figure.own):
        lines[f"statement:{row.pk}"] = (str(Fraction(row.amount)), texts[row.unit_id])
    return lines


def released_lines(key, unit_id, period, map_day):
    """The evidence lines of a published figure of persons' matters: the published numbers that it
    is the sum of ("year:17", "period:4"), never rows; {} where it is not published.
    """
    number = released_value(key, unit_id, period, map_day)
    return {ref: (str(value), "1") for ref, value in number.rows} if number else {}


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


def line_digest(key, unit_id, since, until, map_day, value, evidence, own=""):
    """SHA-256 in hex over a line and its evidence, uncompressed, so that it does not depend on the
    version of zlib. `own` is part of it only where it is given, as lines of earlier versions have
    none.
    """
    rows = zlib.decompress(bytes(evidence))
    fields = [key, unit_id, f"{since}", f"{until}", f"{map_day}", value, *filter(None, [own])]
    first_line = json.dumps(fields, ensure_ascii=False)
    return hashlib.sha256(first_line.encode() + b"\n" + rows).hexdigest()


def seal_digest(form, title, unit_id, map_day, text, journal_head, digests):
    """SHA-256 in hex over the text and the digests of all lines."""
    parts = [form, title, unit_id, f"{map_day}", text, journal_head, digests]
    return hashlib.sha256(
        json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def base_figures(document):
    """The figures of a Document that have rows of their own, each once: a ratio is replaced by its
    numerator and denominator. Without figures of persons' matters that are not published.
    """
    seen = {}
    for figure in document.figures:
        if figure.is_hidden:
            continue
        parts = (figure.over, figure.under) if figure.indicator.kind == "ratio" else (figure,)
        for part in parts:
            seen.setdefault((part.indicator.key, part.unit_id, part.period, part.own), part)
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
