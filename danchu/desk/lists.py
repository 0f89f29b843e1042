"""Lists of events at the desk: filters, order, pages by key, so that a million rows page like a
thousand.
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.register.kinds import KINDS
from danchu.register.models import Event, State
from danchu.subjects.scoped import within
from danchu.units.find import find_units
from danchu.units.maps import boundaries

PAGE, MOST_COUNTED = 50, 1000
MOST_FOUND = 100  # by words: each title has to be read
NAMES = ("kind", "state", "unit", "since", "last", "q", "mine", "batch")


@dataclass(frozen=True)
class EventList:
    """A page of events and what leads on from it; `total` is exact up to MOST_COUNTED (by words
    MOST_FOUND), then `more`.
    """

    rows: list
    total: int
    more: bool
    next_url: str
    first_url: str


def filtered(actor, query):
    """The events the actor may see that meet the filters in the query; Refused by field when
    one does not read.
    """
    asked = {name: query.get(name, "").strip() for name in NAMES}
    rows = Event.objects.visible_to(actor)
    if asked["mine"]:
        scope = actor.scope("draft", asked["kind"] or "*")
        rows = within(rows, scope)
    if asked["kind"]:
        rows = rows.filter(kind=among(asked["kind"], KINDS, "kind"))
    if asked["state"]:
        rows = rows.filter(state=among(asked["state"], State.values, "state"))
    if asked["since"]:
        rows = rows.filter(held_on__gte=parse_day(asked["since"]))
    if asked["last"]:
        rows = rows.filter(held_on__lt=parse_day(asked["last"]) + timedelta(days=1))
    if asked["unit"]:
        rows = rows.filter(unit__among=units_named(asked["unit"]))
    if asked["batch"].isdecimal() and len(asked["batch"]) < 18:
        rows = rows.filter(batch=int(asked["batch"]))
    if asked["q"]:
        if len(fold(asked["q"])) < 3:
            raise Refused(_("Hãy gõ ít nhất ba chữ để tìm."), "q")
        rows = rows.matching(asked["q"])
    return rows


def among(value, known, field):
    """The value; Refused by field where it is none of those known."""
    if value not in known:
        raise Refused(_("Không có lựa chọn “%s”.") % value[:30], field)
    return value


def units_named(text):
    """Every unit, past and present, that lies in a place of that name."""
    found = find_units(text, limit=10)
    if not found:
        raise Refused(_("Không tìm thấy nơi “%s”.") % text[:60], "unit")
    best = [f for f in found if fold(f.name) == fold(text) or f.code == text] or found[:1]
    units = set()
    for f in best:
        day = f.since if f.until is None else f.until - timedelta(days=1)
        units |= set(boundaries(max(day, f.since)).sources(f.id))
    return units


def page_of(request):
    """The page of the filtered list that the address asks for."""
    rows = filtered(request.actor, request.GET)
    most = MOST_FOUND if request.GET.get("q", "").strip() else MOST_COUNTED
    counted = rows.order_by()[: most + 1].count()
    shown = page_after(rows, request.GET.get("after", ""), "held_on").select_related("unit")[
        : PAGE + 1
    ]
    shown = list(shown)
    here = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
    last = shown[PAGE - 1] if len(shown) > PAGE else None
    return EventList(
        shown[:PAGE],
        min(counted, most),
        counted > most,
        f"?{urlencode({**here, 'after': f'{last.held_on.isoformat()}.{last.pk}'})}" if last else "",
        f"?{urlencode(here)}" if request.GET.get("after") else "",
    )


def page_after(rows, key, day_field):
    """The rows behind the one of `key` ("day.pk"), the newest first."""
    rows = rows.order_by(f"-{day_field}", "-pk")
    if not key:
        return rows
    day, _dot, pk = key.partition(".")
    if not pk.isdecimal() or len(pk) > 18:
        raise Refused(_("Địa chỉ trang tiếp theo không đúng. Hãy quay lại đầu danh sách."), "after")
    day = parse_day(day)
    before, same = {f"{day_field}__lt": day}, {day_field: day, "pk__lt": int(pk)}
    return rows.filter(Q(**before) | Q(**same), **{f"{day_field}__lte": day})
