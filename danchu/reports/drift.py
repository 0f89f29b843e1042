"""Compares a sealed report with the records of now: unchanged, or exactly which rows differ."""

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
    """One row that was added, removed, corrected or counts differently. `how` is "came", "gone",
    "corrected" or "counts"; `before` and `after` are what it adds to the figure (None: not there,
    or without a known share); `now` is the reference of the row that corrects it.
    """

    reference: str
    how: str
    before: Fraction | None
    after: Fraction | None
    now: str = ""


@dataclass(frozen=True)
class LineDrift:
    """One sealed figure: its present value and the rows that explain the difference."""

    line: object
    value: Fraction | None
    changes: tuple

    @property
    def is_unchanged(self):
        """Whether no row differs."""
        return not self.changes

    @property
    def sealed(self):
        """The value at sealing; None where there was none."""
        return Fraction(self.line.value) if self.line.value else None


def drift_of(seal):
    """[LineDrift] for the lines of a seal, in their order."""
    return [_drift(line) for line in seal.lines.all()]


def _drift(line):
    indicator = INDICATORS[line.key]
    now = figure(indicator, line.unit_id, Period(line.since, line.until), line.map_day)
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
    """How a row differs between two sets of evidence."""
    if ref not in before:
        return "came"
    return "counts" if ref in after else "gone"


def _adds(pair):
    """Amount times share of a row; None where it is not there or its share is unknown."""
    if pair is None or "-" in pair:
        return None
    return Fraction(pair[0]) * Fraction(pair[1])


def _corrections(changes):
    """Merge a removed row and the row that corrects it into one change ("corrected")."""
    came = {c.reference: c for c in changes if c.how == "came"}
    pks = [int(ref.split(":")[1]) for ref in came if ref.startswith("event:")]
    supersedes = dict(Event.objects.filter(pk__in=pks).values_list("supersedes_id", "pk"))
    merged = set()
    for change in changes:
        source, _colon, pk = change.reference.partition(":")
        successor = supersedes.get(int(pk)) if source == "event" and change.how == "gone" else None
        if successor:
            new = came[f"event:{successor}"]
            merged.add(new.reference)
            yield RowChange(change.reference, "corrected", change.before, new.after, new.reference)
        elif change.how != "came":
            yield change
    yield from (change for ref, change in came.items() if ref not in merged)


def broken_seals():
    """(place, message) for `danchu verify`: seals whose text or rows no longer match their hash."""
    for seal in Seal.objects.order_by("pk"):
        digests = []
        for line in seal.lines.all():
            values = (line.key, line.unit_id, line.since, line.until, line.map_day, line.value)
            if line_digest(*values, line.evidence) != line.digest:
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
