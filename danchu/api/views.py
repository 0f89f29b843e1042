"""api/v1: figures with their evidence, units. Described by OpenAPI at api/v1/openapi.json."""

from typing import Literal
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from danchu.api.figure_question import figure_question
from danchu.api.imports import imports
from danchu.api.law import law
from danchu.api.lists import lists
from danchu.api.parameters import (
    REFUSED,
    DayText,
    IndicatorKey,
    LevelText,
    UnitText,
    refusal_of_place,
)
from danchu.api.representations import evidence_json, figure_json, remainder_json
from danchu.api.schemas import (
    EvidenceList,
    FigureList,
    FigureRow,
    IndicatorRow,
    UnitMatch,
    UnitRow,
    answers,
)
from danchu.figures.blur import (
    check_period,
    count_hidden,
    is_exact,
    seen_by_unit,
    seen_figure,
)
from danchu.figures.catalogue import INDICATORS
from danchu.figures.evidence import evidence as evidence_page
from danchu.figures.remainder import remainder
from danchu.kernel.days import parse_day, today
from danchu.kernel.licence import DATA_LICENCE, DATA_LICENCE_URL
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Denied, Refused
from danchu.look.machines import choices_json
from danchu.units.find import find_units, unit_from
from danchu.units.names import names_on

# The levels of which a unit may have a part of its own; "" for the whole unit.
OwnLevel = Literal["", "province", "district", "commune", "village"]

api = NinjaAPI(
    title="Dân Chủ",
    version="1",
    docs_url=None,
    urls_namespace="api",
    openapi_extra={"info": {"license": {"name": DATA_LICENCE, "url": DATA_LICENCE_URL}}},
)

api.add_router("", imports)
api.add_router("", law)
api.add_router("lists", lists)


@api.exception_handler(Refused)
def refused(request, refusal):
    """400 with every message and its field; `choices` where a place is not certain."""
    failures = [(one.field, str(one.message)) for one in refusal.every]
    return _failure(request, 400, failures, choices_json(refusal))


@api.exception_handler(Denied)
def denied(request, denial):
    """403 with the message."""
    return _failure(request, 403, [("", str(denial.message or _("Không có quyền.")))])


@api.exception_handler(AuthenticationError)
def unauthorized(request, error):
    """401: neither a session nor a token of an account."""
    return _failure(request, 401, [("", _("Hãy đăng nhập hoặc gửi mã truy cập."))])


@api.exception_handler(Http404)
def missing(request, error):
    """404."""
    return _failure(request, 404, [("", _("Không tìm thấy."))])


@api.exception_handler(ValidationError)
def invalid(request, error):
    """422 with the parameters that are missing or cannot be read; 400 where all can be read, and
    are wrong.
    """
    failures = [
        (
            str(problem["loc"][-1]),
            problem["msg"]
            if problem["type"] == REFUSED
            else _("Thiếu hoặc không đọc được tham số: %s.") % problem["loc"][-1],
        )
        for problem in error.errors
    ]
    is_read = all(problem["type"] == REFUSED for problem in error.errors)
    refusal = refusal_of_place(request)
    if refusal is None or "unit" in dict(failures):
        return _failure(request, 400 if is_read else 422, failures)
    failures += [("unit", str(one.message)) for one in refusal.every]
    return _failure(request, 400 if is_read else 422, failures, choices_json(refusal))


def _failure(request, status, failures, more=None):
    """The answer to a refused call: `failures` are (field, message), the first also on its own."""
    failures = list(dict.fromkeys(failures))
    answer = {
        "error": " ".join(dict.fromkeys(message for _field, message in failures)),
        "field": failures[0][0],
        "errors": [{"field": field, "detail": message} for field, message in failures],
        **(more or {}),
    }
    return api.create_response(request, answer, status=status)


def _evidence_link(figure):
    query = {
        "unit": figure.unit_id,
        "since": figure.period.since,
        "until": figure.period.until,
        "map": figure.map_day,
        **({"own": figure.own} if figure.own else {}),
    }
    return f"/api/v1/figures/{figure.indicator.key}/evidence?{urlencode(query)}"


@api.get("figures", response=answers(list[IndicatorRow]), operation_id="catalogue")
def catalogue(request):
    """All indicators, in order of their codes."""
    indicators = sorted(INDICATORS.values(), key=lambda row: (row.code or "Z", row.key))
    return [
        {name: getattr(indicator, name) for name in ("key", "code", "vi", "en", "kind", "law")}
        for indicator in indicators
    ]


@api.get("figures/{key}", response=answers(FigureRow), operation_id="figure")
def figure(
    request,
    key: IndicatorKey,
    unit: UnitText,
    since: DayText = "",
    until: DayText = "",
    map: DayText = "",
    own: OwnLevel = "",
):
    """One figure; `since` inclusive, `until` exclusive, `unit` an id or CODE@DAY, `map` the day
    of the map. `own` is a level below the unit: then only what counts at the unit itself and at
    none of its units of that level. Figures of persons' matters are published for whole calendar
    years, and of a province for the periods of its reports, only.
    """
    question = figure_question(key, unit, since, until, map)
    _check_period(question, request.actor)
    value = seen_figure(*question, request.actor, own)
    return figure_json(value, _evidence_link(value))


def _check_period(question, actor):
    """Refused where the period of the question is none for which its figure is published."""
    check_period(*question, actor)


@api.get("figures/{key}/evidence", response=answers(EvidenceList), operation_id="evidence")
def evidence(
    request,
    key: IndicatorKey,
    unit: UnitText,
    since: DayText = "",
    until: DayText = "",
    map: DayText = "",
    after: str = "",
    own: OwnLevel = "",
):
    """The rows a figure is the sum of, 1,000 a page; `next` is the address of the next page. A
    ratio names its numerator and denominator in `parts` instead. `own` as for the figure.
    """
    question = figure_question(key, unit, since, until, map)
    _check_period(question, request.actor)
    indicator, unit_id, period, day = question
    if indicator.kind not in ("flow", "level"):
        parts = [indicator.over.key, indicator.under.key] if indicator.kind == "ratio" else []
        return {
            "rows": [],
            "parts": parts,
            "records": 0,
            "withheld": 0,
            "blurred": False,
            "next": None,
        }
    page = evidence_page(indicator, unit_id, period, day, request.actor, after, 1000, own)
    query = {
        "unit": unit_id,
        "since": period.since,
        "until": period.until,
        "map": day,
        **({"own": own} if own else {}),
        "after": page.after,
    }
    link = f"/api/v1/figures/{key}/evidence?{urlencode(query)}" if page.after else None
    return {
        "rows": [evidence_json(row) for row in page.rows],
        "parts": [],
        "records": None if page.blurred else page.records,
        "withheld": None if page.blurred else page.withheld,
        "blurred": page.blurred,
        "next": link,
    }


@api.get("figures/{key}/by-unit", response=answers(FigureList), operation_id="by_unit")
def by_unit(
    request,
    key: IndicatorKey,
    unit: UnitText,
    level: LevelText,
    since: DayText = "",
    until: DayText = "",
    map: DayText = "",
):
    """The figures of the units of a level inside the unit; the row of what was recorded at the unit
    itself has `own`. The values and `remainder` add up to the figure of the unit: `remainder` is
    of former units that were divided without agreed shares. Of figures of persons' matters, which
    are published for whole calendar years, only the published rows, without a remainder; `blurred`
    is the number of units without one.
    """
    with reading():  # one read context: three thousand figures read the map and the law once
        question = figure_question(key, unit, since, until, map)
        _check_period(question, request.actor)
        figures = seen_by_unit(*question, level, request.actor)
        indicator, unit_id, _period, day = question
        exact = is_exact(indicator, unit_id, request.actor)
        return {
            "rows": [figure_json(row, _evidence_link(row)) for row in figures],
            "blurred": 0 if exact else count_hidden(unit_id, day, level, figures),
            "remainder": remainder_json(remainder(*question, level)) if exact else None,
        }


@api.get("units", response=answers(list[UnitMatch]), operation_id="units")
def units(request, q: str = "", on: DayText = "", level: LevelText = ""):
    """Units by name: diacritics may be left out, old names and abbreviations are found; only those
    of the day `on`, if it is given.
    """
    matches = find_units(q, day=parse_day(on) if on else None, level=level or None) if q else []
    return [{"id": match.id, "name": match.name, "code": match.code} for match in matches]


@api.get("units/{unit}", response=answers(UnitRow), operation_id="unit")
def unit(request, unit: UnitText, on: DayText = ""):
    """One unit, named by its id or CODE@DAY, with its name and code on a day."""
    row = unit_from(unit)
    day = parse_day(on) if on else today()
    name = names_on(day).get(row.pk)
    return {
        "id": row.pk,
        "level": row.level,
        "since": row.since,
        "until": row.until,
        "name": name.name if name else None,
        "code": name.code if name else None,
    }
