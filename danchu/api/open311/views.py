"""The calls of GeoReport v2. Only feedback comes in this way: complaints and denunciations ask
for more than it has fields for.
"""

from datetime import UTC, datetime, timedelta
from functools import wraps

from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from danchu.api.open311.answers import answer, fault
from danchu.api.open311.places import place_of
from danchu.casework.access.codes import read_code
from danchu.casework.access.rate_limits import TooOften, limit_rate
from danchu.casework.actions import register_petition
from danchu.casework.models import Matter, Petition
from danchu.casework.moves import FINAL, State
from danchu.casework.natures import Channel, Nature
from danchu.casework.queries.history import nearest_clocks
from danchu.kernel.days import VIETNAM, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.kernel.words import local_name
from danchu.look.askers import asker_of
from danchu.people.actor import Actor
from danchu.units.find import find_units
from danchu.units.maps import boundaries
from danchu.units.names import names_of

MOST, SPAN_DAYS = 1000, 90  # the specification's own limit, as its limit of 90 days
CLOSED = (*FINAL, State.ANSWERED)
MEMBERS = {"name": ("first_name", "last_name"), "phone": ("phone",), "email": ("email",)}


class NotServed(Refused):
    """A jurisdiction we do not serve: 404 by the specification."""


def call(*methods):
    """A call of the specification: json or xml, one of these methods, within a jurisdiction we
    serve; refusals as it has errors.
    """

    def wrapped(view):
        def answered(request, ending, **more):
            if ending not in ("json", "xml"):
                return fault(_("Chỉ có json hoặc xml."), "json", 404)
            if request.method not in methods:
                told = fault(_("Lời gọi này chỉ nhận %s.") % ", ".join(methods), ending, 405)
                told.headers["Allow"] = ", ".join(methods)
                return told
            try:
                given = request.POST if request.method == "POST" else request.GET
                return view(
                    request,
                    ending=ending,
                    area=_area(
                        given.get("jurisdiction_id") or request.GET.get("jurisdiction_id", "")
                    ),
                    **more,
                )
            except NotServed as refusal:
                return fault(refusal.message, ending, 404)
            except TooOften as refusal:
                return fault(refusal.message, ending, 429)
            except Refused as refusal:
                return fault(refusal.message, ending)

        return wraps(view)(answered)

    return wrapped


def _area(text):
    """The units of a jurisdiction: the code of a place today, or a name of the whole; None for
    everything.
    """
    if text in ("", "vn"):
        return None
    found = next(
        (one for one in find_units(text[:20], day=today(), limit=5) if one.code == text), None
    )
    if found is None:
        raise NotServed(
            _("Không có jurisdiction_id này: hãy dùng mã tỉnh, xã hiện nay, hoặc bỏ trống.")
        )
    return frozenset(boundaries(today()).sources(found.id))


@call("GET", "HEAD")
def discovery(request, ending, area):
    """Where the endpoint is and what it speaks."""
    here = request.build_absolute_uri("/open311/v2/").rstrip("/")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": here,
        "changeset": "2026-11-24T00:00:00+07:00",
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    return answer(
        "discovery",
        {
            "changeset": "2026-11-24T00:00:00+07:00",
            "contact": "",
            "key_service": "",
            "endpoints": [endpoint],
        },
        ending,
    )


@call("GET", "HEAD")
def services(request, ending, area):
    """What can be sent."""
    return answer(
        "services",
        [_offered(matter) for matter in Matter.objects.filter(is_open=True).order_by("pk")],
        ending,
    )


@call("GET", "HEAD")
def service_definition(request, code, ending, area):
    """A service has no questions of its own."""
    if not Matter.objects.filter(is_open=True, key=code[:40]).exists():
        return fault(_("Không có loại việc này."), ending, 404)
    return answer("service_definition", {"service_code": code, "attributes": []}, ending)


@csrf_exempt
@call("GET", "HEAD", "POST")
def requests(request, ending, area):
    """GET: feedback that may be shown. POST: a new one; the notice tells the secret this once."""
    return (
        _send(request, ending, area) if request.method == "POST" else _list(request, ending, area)
    )


def _send(request, ending, area):
    limit_rate("open311", asker_of(request))
    given = {name: str(value) for name, value in request.POST.items()}
    matter = Matter.objects.filter(is_open=True, key=given.get("service_code", "")[:40]).first()
    if matter is None:
        return fault(_("Thiếu service_code, hoặc không có loại việc này."), ending)
    description = given.get("description", "").strip()
    place = place_of(given)
    if area is not None and place.pk not in area:
        raise Refused(_("Nơi này không thuộc jurisdiction_id đã gửi."), "address_string")
    person = {
        field: clean(" ".join(given.get(name, "") for name in names))
        for field, names in MEMBERS.items()
    }
    made, secret = register_petition(
        by=Actor.public(),
        nature=Nature.FEEDBACK,
        channel=Channel.OPEN311,
        matter=matter,
        place=place,
        content=description,
        title=clean(given.get("title") or local_name(matter))[:180],
        persons=[person] if any(person.values()) else [],
    )
    notice = _("Đã nhận. Mã bí mật để theo dõi (chỉ hiện một lần): %s") % secret
    return answer(
        "service_requests",
        [{"service_request_id": made.code, "service_notice": notice, "account_id": ""}],
        ending,
        201,
    )


def _list(request, ending, area):
    rows, asked = (
        Petition.objects.shown()
        .filter(nature=Nature.FEEDBACK)
        .select_related("matter")
        .order_by("-received_on", "-pk"),
        request.GET,
    )
    if area is not None:
        rows = rows.filter(unit__in=area)
    if asked.get("service_request_id"):
        rows = rows.filter(
            code__in=[read_code(code) for code in asked["service_request_id"].split(",")[:MOST]]
        )
    elif not (asked.get("start_date") or asked.get("end_date")):
        rows = rows.filter(received_on__gt=today() - timedelta(days=SPAN_DAYS))
    for name, lookup in (("start_date", "gte"), ("end_date", "lte")):
        if asked.get(name):
            rows = rows.filter(**{f"received_on__{lookup}": _day(asked[name], name)})
    if asked.get("service_code"):
        rows = rows.filter(
            matter__in=[code[:40] for code in asked["service_code"].split(",")[:100]]
        )
    if asked.get("status"):
        wanted = set(asked["status"].split(","))
        if not wanted <= {"open", "closed"}:
            raise Refused(_("status phải là open hoặc closed."))
        if len(wanted) == 1:
            rows = (
                rows.filter(state__in=CLOSED)
                if "closed" in wanted
                else rows.exclude(state__in=CLOSED)
            )
    return answer("service_requests", _requests(list(rows[:MOST])), ending)


@call("GET", "HEAD")
def request_of(request, code, ending, area):
    """The state of one; what it says only when it may be shown."""
    found = (
        Petition.objects.filter(nature=Nature.FEEDBACK, code=read_code(code))
        .select_related("matter")
        .first()
    )
    if found is None or area is not None and found.unit_id not in area:
        limit_rate("follow", asker_of(request))
        return fault(_("Không có đơn này."), ending, 404)
    return answer("service_requests", _requests([found]), ending)


@call("GET", "HEAD")
def token(request, token, ending, area):
    """Requests get their number at once: the token is the number."""
    found = Petition.objects.filter(
        nature=Nature.FEEDBACK, channel=Channel.OPEN311, code=read_code(token)
    ).first()
    if found is None:
        limit_rate("follow", asker_of(request))
        return fault(_("Không có đơn này."), ending, 404)
    return answer("service_requests", [{"token": token, "service_request_id": found.code}], ending)


def _offered(matter):
    return {
        "service_code": matter.pk,
        "service_name": local_name(matter),
        "description": local_name(matter),
        "metadata": False,
        "type": "realtime",
        "keywords": matter.pk,
        "group": matter.get_field_display(),
    }


def _requests(found):
    """Each as the specification has it; what it says and where it is only when it may be shown."""
    due, names = (
        nearest_clocks(found),
        names_of(
            {
                (unit, it.received_on)
                for it in found
                for unit in (it.unit_id, it.place_id or it.unit_id)
            }
        ),
    )
    return [_request(it, due.get(it.pk), names) for it in found]


def _request(it, due, names):
    place, is_shown = it.place_id or it.unit_id, bool(it.shown_text)
    return {
        "service_request_id": it.code,
        "status": "closed" if it.state in CLOSED else "open",
        "status_notes": it.get_state_display(),
        "service_name": local_name(it.matter),
        "service_code": it.matter_id,
        "description": it.shown_text if is_shown else "",
        "agency_responsible": names[it.unit_id, it.received_on],
        "service_notice": "",
        "requested_datetime": _instant(it.received_on),
        "updated_datetime": _instant(it.moved_on),
        "expected_datetime": _instant(due.due_on) if due else "",
        "address": names[place, it.received_on] if is_shown else "",
        "address_id": str(place) if is_shown else "",
        "zipcode": "",
        "lat": "",
        "long": "",
        "media_url": "",
    }


def _instant(day):
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM).isoformat()


def _day(text, name):
    try:
        instant = datetime.fromisoformat(text[:40].replace("Z", "+00:00"))
    except ValueError:
        raise Refused(_("%s phải có dạng 2026-01-31T00:00:00+07:00.") % name) from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(VIETNAM).date()
