"""Compares a sealed report with the present records: unchanged, or exactly which rows differ."""

from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.answer import figure
from danchu.figures.catalogue import indicator as indicator_of
from danchu.journal.heads import WrittenHead
from danchu.journal.recorded import recorded_and_gone, unlike_recorded
from danchu.kernel.days import Period, show_day
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.reports.corrections import last_corrections
from danchu.reports.models import Seal
from danchu.reports.sealing import (
    evidence_sum,
    line_digest,
    released_lines,
    rows_behind,
    seal_digest,
    unpacked,
)
from danchu.units.maps import boundaries
from danchu.units.names import name_of

# How the references of published numbers begin (`released.Published.rows`).
PUBLISHED = ("year:", "period:")
SEALED = "report.sealed"  # the act of the entry that has the digest of a seal


@dataclass(frozen=True)
class RowChange:
    """One row that was added, removed, corrected or counts differently. `how` is "came", "gone",
    "corrected" or "counts"; `before` and `after` are what it adds to the figure (None: not there,
    or without a known share); `now` is the reference of its last correction, also where that
    counts in another figure.
    """

    reference: str
    how: str
    before: Fraction | None
    after: Fraction | None
    now: str = ""


@dataclass(frozen=True)
class LineDrift:
    """One sealed figure: its present value and the rows that explain the difference. `problem` says
    why it has no present value: its unit is not on the map any more, or its indicator is not in
    the catalogue.
    """

    line: object
    value: Fraction | None
    changes: tuple
    problem: str = ""

    @property
    def is_unchanged(self):
        """Whether no row differs."""
        return not self.changes and not self.problem

    @property
    def sealed(self):
        """The value at sealing; None where there was none."""
        return Fraction(self.line.value) if self.line.value else None


def drift_of(seal):
    """[LineDrift] for the lines of a seal, in their order. A line of persons' matters is compared
    with the published number that it was sealed with; one of an earlier version, which has rows,
    with the present rows.
    """
    return drifts_of(seal.lines.all())


def drifts_of(lines):
    """[LineDrift] of some lines, as in `drift_of`."""
    with reading(anew=True):
        return [_drift(line) for line in lines]


def _drift(line):
    problem = _problem(line)
    if problem:
        return LineDrift(line, None, (), problem)
    period = Period(line.since, line.until)
    indicator = indicator_of(line.key)
    before = unpacked(line.evidence)
    if is_of_published(before):
        after = released_lines(line.key, line.unit_id, period, line.map_day)
        value = evidence_sum(after)
    else:
        now = figure(indicator, line.unit_id, period, line.map_day, own=line.own)
        after = rows_behind(now)
        value = now.value
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
    return LineDrift(line, value, tuple(_corrections(changes)))


def is_of_published(evidence):
    """Whether the evidence of a line is published numbers of persons' matters, not rows."""
    return bool(evidence) and all(ref.startswith(PUBLISHED) for ref in evidence)


def _problem(line):
    """Why the figure of a line cannot be computed now; "" where it can."""
    try:
        indicator_of(line.key)
    except Refused as refusal:
        return refusal.message
    chart = boundaries(line.map_day)
    if line.unit_id in chart:
        return ""
    sentence = _("Đơn vị này không còn trên bản đồ ngày {day}.").format(day=show_day(line.map_day))
    heirs = [name_of(unit, line.map_day) for unit in chart.place(line.unit_id)]
    if not heirs:
        return sentence
    return " ".join(
        [sentence, _("Hồ sơ của đơn vị nay thuộc: {names}.").format(names=", ".join(heirs))]
    )


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
    """Merge a removed row and its last correction into one change ("corrected")."""
    came = {c.reference: c for c in changes if c.how == "came"}
    last = last_corrections(c.reference for c in changes if c.how == "gone")
    merged = set()
    for change in changes:
        correction = came.get(last.get(change.reference, ""))
        if correction:
            merged.add(correction.reference)
            yield replace(change, how="corrected", after=correction.after, now=correction.reference)
        elif change.how == "gone":
            yield replace(change, now=last.get(change.reference, ""))
        elif change.how != "came":
            yield change
    yield from (change for ref, change in came.items() if ref not in merged)


def heads_of_seals():
    """A WrittenHead for each seal: the head of the journal when the report was sealed."""
    for seal in Seal.objects.order_by("pk").only("pk", "journal_head"):
        number, _colon, entry_hash = seal.journal_head.partition(":")
        if number.isdecimal() and int(number):
            place = _("báo cáo niêm phong số %s") % seal.pk
            yield WrittenHead(int(number), entry_hash, place)


def broken_seals():
    """(place, message) for `danchu verify`: seals whose text or rows no longer match their hash,
    whose hash is not the one in the journal, or that have gone.
    """
    for seal in Seal.objects.order_by("pk"):
        digests = []
        for line in seal.lines.all():
            values = (line.key, line.unit_id, line.since, line.until, line.map_day, line.value)
            if line_digest(*values, line.evidence, line.own) != line.digest:
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
    for seal in unlike_recorded(Seal.objects.order_by("pk"), SEALED, "digest"):
        yield f"seal {seal.pk}", _("Nhật ký không ghi báo cáo niêm phong nào có mã băm này.")
    for entry in recorded_and_gone(Seal.objects.all(), SEALED):
        yield f"seal {entry.subject}", _("Báo cáo niêm phong đã bị xóa khỏi cơ sở dữ liệu.")
