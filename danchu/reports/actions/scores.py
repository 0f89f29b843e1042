"""Scores that others publish of a province (PAR INDEX, SIPAS), entered with their source."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.figures.models import OutsideScore
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.reports.indicator_names import outside_series
from danchu.reports.lives import SCORE, SCORE_LIFE
from danchu.subjects.texts import line_of, reason_of
from danchu.units.maps import boundaries
from danchu.units.models import Unit

FIRST_YEAR = 2011  # of PAR INDEX, the older of the two
LONGEST_SOURCE = 500
MOST_RANKED = 63
REPORTED = "reported"


@transaction.atomic
def enter_score(
    *,
    by: Acting,
    unit: Unit,
    series: str,
    year: int,
    score: Decimal | None,
    rank: int | None,
    source: str,
    note: str = "",
) -> OutsideScore:
    """The score and the rank of a province in a year, at least one of them. Denied without the
    right; Refused by field, also where there is one already, which is corrected instead.
    """
    require(by.may("draft", SCORE, unit), SCORE_LIFE.no_right)
    if series not in outside_series():
        raise Refused(_("Hãy chọn một chỉ số."), "series")
    if not isinstance(year, int) or not FIRST_YEAR <= year <= today().year:
        words = {"first": FIRST_YEAR, "last": today().year}
        raise Refused(_("Hãy ghi năm từ %(first)s đến %(last)s.") % words, "year")
    chart = boundaries(min(date(year, 12, 31), today()))
    if unit.pk not in chart or chart.level_of(unit.pk) != "province":
        raise Refused(_("Chỉ số này là của tỉnh, thành phố có trong năm ấy."), "unit")
    fields = _clean_values(score, rank, source, note)
    if OutsideScore.objects.filter(series=series, unit=unit, year=year).exists():
        raise Refused(_("Đã có điểm của năm này: hãy mở và đính chính."), "year")
    row = OutsideScore.objects.create(
        series=series, unit=unit, year=year, status=REPORTED, **fields
    )
    record(by, "score.entered", row, unit=unit, series=series, year=year)
    return row


@transaction.atomic
def correct_score(
    row: OutsideScore,
    *,
    by: Acting,
    score: Decimal | None,
    rank: int | None,
    source: str,
    reason: str,
    note: str = "",
) -> OutsideScore:
    """Replace the numbers and their source; the journal holds those before, and the reason."""
    SCORE_LIFE.require(by, "correct", row)
    row = SCORE_LIFE.hold(row, "correct")
    before = {"score": str(row.score or ""), "rank": row.rank, "source": row.source}
    for name, value in _clean_values(score, rank, source, note).items():
        setattr(row, name, value)
    reason = reason_of(reason)
    row.status = REPORTED
    row.save()
    record(by, "score.corrected", row, unit=row.unit_id, reason=reason, before=before)
    return row


def _clean_values(
    score: Decimal | None, rank: int | None, source: str, note: str
) -> dict[str, object]:
    if score is None and not rank:
        raise Refused(_("Hãy ghi điểm hoặc thứ hạng."), "score")
    if score is not None and not 0 <= score <= 100:
        raise Refused(_("Hãy ghi điểm từ 0 đến 100."), "score")
    if rank and rank > MOST_RANKED:
        raise Refused(_("Hãy ghi thứ hạng từ 1 đến %s.") % MOST_RANKED, "rank")
    return {
        "score": score,
        "rank": rank or None,
        "source": line_of(source, "source", LONGEST_SOURCE, _("Hãy ghi nguồn công bố.")),
        "note": line_of(note, "note", LONGEST_SOURCE),
    }
