"""api/v1: figures with their evidence, units. Described by OpenAPI at api/v1/openapi.json."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from danchu.api.asked import asked
from danchu.api.faces import of_figure, of_row
from danchu.api.imports import imports
from danchu.api.law import law
from danchu.api.lists import lists
from danchu.figures import answer
from danchu.figures.blur import hidden_units, is_hidden
from danchu.figures.catalogue import INDICATORS
from danchu.figures.evidence import evidence as evidence_page
from danchu.kernel.days import parse_day, today
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Denied, Refused
from danchu.units.find import find_units, unit_from
from danchu.units.names import names_on

api = NinjaAPI(title="Dân Chủ", version="1", docs_url=None, urls_namespace="api")

api.add_router("", imports)
api.add_router("", law)
api.add_router("lists", lists)


@api.exception_handler(Refused)
def refused(request, refusal):
    return api.create_response(
        request, {"error": refusal.message, "field": refusal.field}, status=400
    )


@api.exception_handler(Denied)
def denied(request, denial):
    return api.create_response(
        request, {"error": denial.message or _("Không có quyền.")}, status=403
    )


@api.exception_handler(ValidationError)
def unread(request, error):
    names = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors}))
    told = _("Thiếu hoặc không đọc được tham số: %s.") % names
    return api.create_response(request, {"error": told, "field": names}, status=422)


def _link(figure):
    query = {
        "unit": figure.unit_id,
        "since": figure.period.since,
        "until": figure.period.until,
        "map": figure.map_day,
    }
    return f"/api/v1/figures/{figure.indicator.key}/evidence?{urlencode(query)}"


@api.get("figures")
def catalogue(request):
    """All indicators, in order of their codes."""
    found = sorted(INDICATORS.values(), key=lambda i: (i.code or "Z", i.key))
    return [
        {"key": i.key, "code": i.code, "vi": i.vi, "en": i.en, "kind": i.kind, "law": i.law}
        for i in found
    ]


@api.get("figures/{key}")
def figure(request, key: str, unit: str, since: str = "", until: str = "", map: str = ""):
    """One figure; `since` inclusive, `until` exclusive, `unit` an id or CODE@DAY, `map` the day
    of the map.
    """
    found = answer.figure(*asked(key, unit, since, until, map))
    return of_figure(found, _link(found), is_hidden(found, request.actor))


@api.get("figures/{key}/evidence")
def evidence(
    request, key: str, unit: str, since: str = "", until: str = "", map: str = "", after: str = ""
):
    """The rows a figure is the sum of, 1,000 a page; `next` leads on. A ratio names its two
    sums instead.
    """
    what, unit_id, period, day = asked(key, unit, since, until, map)
    if what.kind not in ("flow", "level"):
        parts = [what.over.key, what.under.key] if what.kind == "ratio" else []
        return {
            "rows": [],
            "parts": parts,
            "records": 0,
            "withheld": 0,
            "blurred": False,
            "next": None,
        }
    page = evidence_page(what, unit_id, period, day, request.actor, after, 1000)
    query = {
        "unit": unit_id,
        "since": period.since,
        "until": period.until,
        "map": day,
        "after": page.after,
    }
    link = f"/api/v1/figures/{key}/evidence?{urlencode(query)}" if page.after else None
    return {
        "rows": [of_row(row) for row in page.rows],
        "parts": [],
        "records": None if page.blurred else page.records,
        "withheld": None if page.blurred else page.withheld,
        "blurred": page.blurred,
        "next": link,
    }


@api.get("figures/{key}/by-unit")
def by_unit(
    request, key: str, unit: str, level: str, since: str = "", until: str = "", map: str = ""
):
    """The figures of the units of a level inside the unit; small counts of persons' matters are
    blurred in public.
    """
    if level not in ("province", "district", "commune", "village"):
        raise Refused(_("Cấp phải là province, district, commune hoặc village."), "level")
    with reading():  # the marks of three thousand figures ask for the map and the law each
        found = answer.by_unit(*asked(key, unit, since, until, map), level)
        blurred = hidden_units(found, request.actor)
        return {
            "rows": [of_figure(f, _link(f), f.unit_id in blurred) for f in found],
            "blurred": len(blurred),
        }


@api.get("units")
def units(request, q: str = "", on: str = "", level: str = ""):
    """Units by name (without marks, old names, abbreviations), on a day when one is given."""
    found = find_units(q, day=parse_day(on) if on else None, level=level or None) if q else []
    return [{"id": f.id, "name": f.name, "code": f.code} for f in found]


@api.get("units/{unit}")
def unit(request, unit: str, on: str = ""):
    """One unit, an id or CODE@DAY, as it stands on a day."""
    found = unit_from(unit)
    day = parse_day(on) if on else today()
    name = names_on(day).get(found.pk)
    return {
        "id": found.pk,
        "level": found.level,
        "since": found.since,
        "until": found.until,
        "name": name.name if name else None,
        "code": name.code if name else None,
    }
