"""The one door to figures for readers: what an actor may see of an indicator at a place.

Sensitive indicators (petitions, receptions) are exact for whoever has the right to view the rows at
that place. Everybody else, with an account or without, gets what was published
(`danchu.figures.released`) and nothing where nothing was: 0 is told like any other small number.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from danchu.figures import answer
from danchu.figures.among import Ids
from danchu.figures.answer import Figure
from danchu.figures.catalogue import Counted, Indicator, parts
from danchu.figures.released import (
    all_released,
    release_day,
    released_value,
    released_values,
    whole_years,
)
from danchu.figures.sums import read_ahead as read_sums_ahead
from danchu.figures.suppression import SMALLEST_SHOWN
from danchu.figures.territory import sources_of
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period, show_day, today
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries

__all__ = [
    "SMALLEST_SHOWN",
    "check_period",
    "is_exact",
    "last_release",
    "read_ahead",
    "report_periods",
    "seen_by_unit",
]


def is_exact(indicator: Indicator, unit_id: UnitId, actor: Acting) -> bool:
    """Whether the actor may see the exact figure and its rows: of a sensitive indicator only with
    the right to view all kinds of its rows at the unit.
    """
    if not indicator.sensitive:
        return True
    if indicator.kind == "ratio":
        return is_exact(indicator.over, unit_id, actor) and is_exact(
            indicator.under, unit_id, actor
        )
    if indicator.kind == "outside":
        return True
    return all(actor.may("view", kind, unit_id) for kind in _kinds(indicator))


def _kinds(indicator: Counted) -> set[str]:
    """The kinds of rights that its rows are viewed by."""
    return {
        part.source.viewed_as or (part.where.get("kind", "") if part.kind == "flow" else "")
        for part in parts(indicator)
    }


def read_ahead(questions: Iterable[tuple[Indicator, UnitId, Period, date]], actor: Acting) -> None:
    """Read the sums behind many figures in one query, so that `seen_figure` of each asks no more
    for them in this read context; of those that the actor only sees as they were published nothing.
    Refused as `danchu.figures.territory.sources_of`.
    """
    sums: list[tuple[Counted, Period, Ids | None]] = []
    for indicator, unit_id, period, map_day in questions:
        if indicator.kind == "outside" or not is_exact(indicator, unit_id, actor):
            continue
        counted = (indicator.over, indicator.under) if indicator.kind == "ratio" else (indicator,)
        _shares, units = sources_of(unit_id, map_day)
        sums += [(flow, period, units) for flow in counted]
    read_sums_ahead(sums)


def seen_figure(
    indicator: Indicator,
    unit_id: UnitId,
    period: Period,
    map_day: date,
    actor: Acting,
    own: str = "",
) -> Figure:
    """The figure as the actor may see it; without a value and `is_hidden` where it is neither
    exact for them nor published. The own part of a unit (`own` as for a Figure) is never
    published. Refused as `danchu.figures.territory.sources_of`.
    """
    if indicator.kind == "ratio" and indicator.sensitive:
        over, under = (
            seen_figure(part, unit_id, period, map_day, actor, own)
            for part in (indicator.over, indicator.under)
        )
        if over.is_hidden or under.is_hidden:
            return Figure(indicator, unit_id, period, map_day, None, own=own, is_hidden=True)
        return answer.ratio(indicator, over, under)
    if is_exact(indicator, unit_id, actor):
        return answer.figure(indicator, unit_id, period, map_day, own)
    sources_of(unit_id, map_day, own)
    number = None if own else released_value(indicator.key, unit_id, period, map_day)
    if number is None:
        return Figure(indicator, unit_id, period, map_day, None, own=own, is_hidden=True)
    return Figure(indicator, unit_id, period, map_day, number.value, released_on=number.day)


@reading()
def seen_by_unit(
    indicator: Indicator,
    unit_id: UnitId,
    period: Period,
    map_day: date,
    level: str,
    actor: Acting,
) -> list[Figure]:
    """The figures of the units of a level inside `unit_id` as the actor may see them. Of a
    sensitive indicator only those that they may see, in the order of the units: neither how many
    others have rows nor which of them has more is told.
    """
    if not indicator.sensitive or is_exact(indicator, unit_id, actor):
        return answer.by_unit(indicator, unit_id, period, map_day, level)
    sources_of(unit_id, map_day)
    chart = boundaries(map_day)
    units = sorted(unit for unit in chart.within(unit_id) if chart.level_of(unit) == level)
    if indicator.kind == "ratio":
        figures = [seen_figure(indicator, unit, period, map_day, actor) for unit in units]
        return [figure for figure in figures if not figure.is_hidden]
    own = {unit for unit in units if is_exact(indicator, unit, actor)}
    exact = answer.by_unit(indicator, unit_id, period, map_day, level) if own else []
    published = released_values(indicator.key, set(units) - own, period, map_day)
    return [figure for figure in exact if figure.unit_id in own and not figure.own] + [
        Figure(indicator, unit, period, map_day, number.value, released_on=number.day)
        for unit, number in published.items()
    ]


def count_hidden(unit_id: UnitId, map_day: date, level: str, figures: list[Figure]) -> int:
    """How many units of the level inside `unit_id` have no figure among those of `seen_by_unit`,
    whether they have rows or not.
    """
    chart = boundaries(map_day)
    units = {unit for unit in chart.within(unit_id) if chart.level_of(unit) == level}
    return len(units - {figure.unit_id for figure in figures})


def check_period(
    indicator: Indicator, unit_id: UnitId, period: Period, map_day: date, actor: Acting
) -> None:
    """Refused, on "since", where the actor only sees what is published and the period is none that
    is: neither closed years nor the period of a report at the unit. It names the periods that are.
    """
    if is_exact(indicator, unit_id, actor):
        return
    years = whole_years(period)
    if years is not None and today() >= release_day(years[-1]):
        return
    own_periods = report_periods(indicator, unit_id, map_day)
    if period not in own_periods:
        raise Refused(period_words(own_periods), "since")


def report_periods(indicator: Indicator, unit_id: UnitId, map_day: date) -> list[Period]:
    """The periods of reports, which are no years, for which an indicator is published at a unit on
    a map.
    """
    periods = all_released(indicator.key, unit_id, map_day) if indicator.sensitive else {}
    return sorted(period for period in periods if len(whole_years(period) or ()) != 1)


def period_words(report_periods: Iterable[Period] = ()) -> str:
    """The sentence that names the periods for which sensitive figures are published, with those of
    reports.
    """
    sentence = _(
        "Số liệu về đơn thư và tiếp công dân chỉ công khai theo trọn năm dương lịch đã khép, đến "
        "hết năm {year}: từ ngày 01/01 đến hết ngày 31/12. Hãy chọn năm, ví dụ {year}."
    ).format(year=last_release())
    days = [f"{show_day(one.since)} – {show_day(one.last)}" for one in report_periods]
    if not days:
        return sentence
    of_reports = _("Ở nơi này còn có số của kỳ báo cáo đã công bố: {periods}.")
    return f"{sentence} {of_reports.format(periods='; '.join(days))}"


def last_release() -> int:
    """The last year of which sensitive figures may be published today."""
    day = today()
    return day.year - 1 if day >= release_day(day.year - 1) else day.year - 2
