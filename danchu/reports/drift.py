"""What a sealed report says against what the records say now: unchanged, or exactly which rows
differ.
"""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.register.models import Event
from danchu.reports.models import Seal
from danchu.reports.sealing import evidence_lines, line_digest, seal_digest, unpacked


@dataclass(frozen=True)
class RowChange:
    """One row that came, went or counts differently; `before`/`after` are what it adds (None:
    not there or not placeable).
    """

    reference: str
    how: str
    before: Fraction | None
    after: Fraction | None
    now: str = ""


@dataclass(frozen=True)
class LineDrift:
    """One sealed figure: what it was, what it is, and the rows that make the difference."""

    line: object
    value: Fraction | None
    changes: tuple

    @property
    def is_unchanged(self):
        return not self.changes

    @property
    def sealed(self):
        return Fraction(self.line.value) if self.line.value else None


def drift_of(seal):
    """A LineDrift for each line of the seal, in its order."""
    return [_drift(line) for line in seal.lines.all()]


def _drift(line):
    what = INDICATORS[line.key]
    now = figure(what, line.unit_id, Period(line.since, line.until), line.map_day)
    before = unpacked(line.evidence)
    after = evidence_lines(now)
    moved = [ref for ref in before.keys() | after.keys() if before.get(ref) != after.get(ref)]
    changes = [
        RowChange(
            ref,
            _change(ref, before, after),
            _adds(before.get(ref)),
            _adds(after.get(ref)),
        )
        for ref in sorted(moved)
    ]
    return LineDrift(line, now.value, tuple(_corrections(changes)))


def _change(ref, before, after):
    """What became of a row between two readings."""
    if ref not in before:
        return "came"
    return "counts" if ref in after else "gone"


def _adds(pair):
    if pair is None or "-" in pair:
        return None
    return Fraction(pair[0]) * Fraction(pair[1])


def _corrections(changes):
    """A row that went and the row that took its place by correction are one change: "3 → 5"."""
    came = {c.reference: c for c in changes if c.how == "came"}
    pks = [int(ref.split(":")[1]) for ref in came if ref.startswith("event:")]
    supersedes = dict(Event.objects.filter(pk__in=pks).values_list("supersedes_id", "pk"))
    taken = set()
    for change in changes:
        source, _colon, pk = change.reference.partition(":")
        successor = supersedes.get(int(pk)) if source == "event" and change.how == "gone" else None
        if successor:
            new = came[f"event:{successor}"]
            taken.add(new.reference)
            yield RowChange(change.reference, "corrected", change.before, new.after, new.reference)
        elif change.how != "came":
            yield change
    yield from (change for ref, change in came.items() if ref not in taken)


def broken_seals():
    """For `danchu verify`: seals whose stored text or rows no longmatch their hash."""
    for seal in Seal.objects.order_by("pk"):
        digests = []
        for line in seal.lines.all():
            said = (line.key, line.unit_id, line.since, line.until, line.map_day, line.value)
            if line_digest(*said, line.evidence) != line.digest:
                yield (
                    f"seal {seal.pk}",
                    _("Dòng “{key}” của báo cáo niêm phong không khớp mã băm của nó.").format(
                        key=line.key
                    ),
                )
            digests.append(line.digest)
        whole = seal_digest(
            seal.form, seal.title, seal.unit_id, seal.map_day, seal.text, seal.journal_head, digests
        )
        if whole != seal.digest:
            yield f"seal {seal.pk}", _("Báo cáo niêm phong không khớp mã băm của nó.")
