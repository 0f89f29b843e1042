"""The methods of GeoReport v2. Only feedback is received this way: the specification lacks fields
that complaints and denunciations need.
"""

from datetime import datetime, timedelta
from functools import wraps

from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from danchu.api.open311.answers import answer, fault
from danchu.api.open311.sending import receive_feedback
from danchu.casework.access.codes import read_code
from danchu.casework.access.rate_limits import TooOften, limit_rate, limit_wrong
from danchu.casework.models import Matter, Petition
from danchu.casework.moves import FINAL, State
from danchu.casework.natures import Channel, Nature
from danchu.casework.queries.history import nearest_clocks
from danchu.kernel.days import VIETNAM, day_of, parse_machine_instant, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.words import local_name
from danchu.look.idempotent import KeyReused, answered_once
from danchu.people.askers import asker_of
from danchu.units.find import find_units
from danchu.units.maps import boundaries
from danchu.units.names import names_of

# Limits of the specification for one list of requests.
MOST = 1000
TOTAL = "X-Total-Count"  # a header, where there are more than MOST
SPAN_DAYS = 90
CLOSED = (*FINAL, State.ANSWERED)


class NotServed(Refused):
    """An unknown jurisdiction: 404 by the specification."""


STATUSES = {NotServed: 404, TooOften: 429, KeyReused: 422}


def call(*methods):
    """Decorator of a method of the specification: the address ends in json or xml, the HTTP method
    is one of `methods`, `area` is passed as the units of the jurisdiction, and refusals become
    errors in the form of the specification.
    """

    def wrapped(view):
        def checked(request, ending, **more):
            if ending not in ("json", "xml"):
                return fault(_("Chỉ có json hoặc xml."), "json", 404)
            if request.method not in methods:
                response = fault(_("Lời gọi này chỉ nhận %s.") % ", ".join(methods), ending, 405)
                response.headers["Allow"] = ", ".join(methods)
                return response
            try:
                fields = request.POST if request.method == "POST" else request.GET
                jurisdiction = fields.get("jurisdiction_id")
                area = _area(jurisdiction or request.GET.get("jurisdiction_id", ""))
                return view(request, ending=ending, area=area, **more)
            except Refused as refusal:
                return fault(refusal, ending, STATUSES.get(type(refusal), 400))

        return wraps(view)(checked)

    return wrapped


def _area(text):
    """The ids of the units in a jurisdiction, named by the code of a unit of today; None for the
    whole country ("" or "vn"). Raises NotServed.
    """
    if text in ("", "vn"):
        return None
    matches = find_units(text[:20], day=today(), limit=5)
    unit = next((match for match in matches if match.code == text), None)
    if unit is None:
        raise NotServed(
            _("Không có jurisdiction_id này: hãy dùng mã tỉnh, xã hiện nay, hoặc bỏ trống.")
        )
    return frozenset(boundaries(today()).sources(unit.id))


@call("GET", "HEAD")
def discovery(request, ending, area):
    """The address of the endpoint and its formats."""
    address = request.build_absolute_uri("/open311/v2/").rstrip("/")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": address,
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
    """The services: the matters that are open for feedback."""
    return answer(
        "services",
        [_service_of(matter) for matter in Matter.objects.filter(is_open=True).order_by("pk")],
        ending,
    )


@call("GET", "HEAD")
def service_definition(request, code, ending, area):
    """The definition of a service: it has no attributes of its own."""
    if not Matter.objects.filter(is_open=True, key=code[:40]).exists():
        return fault(_("Không có loại việc này."), ending, 404)
    return answer("service_definition", {"service_code": code, "attributes": []}, ending)


@csrf_exempt
@call("GET", "HEAD", "POST")
def requests(request, ending, area):
    """GET: feedback that may be shown. POST: register feedback; the answer has its secret. What is
    sent twice is registered once (look/idempotent.py).
    """
    if request.method != "POST":
        return _list(request, ending, area)
    limit_rate("open311", asker_of(request))
    return answered_once(
        request, lambda: receive_feedback(request.POST, ending, area), is_alike=True
    )


def _list(request, ending, area):
    fields = request.GET
    with all_refusals() as rule:
        with rule():
            since = _day(fields, "start_date")
        with rule():
            last = _day(fields, "end_date")
        with rule():
            statuses = _statuses(fields)
    rows = (
        Petition.objects.shown()
        .filter(nature=Nature.FEEDBACK)
        .select_related("matter")
        .order_by("-received_on", "-pk")
    )
    if area is not None:
        rows = rows.filter(unit__in=area)
    if fields.get("service_request_id"):
        rows = rows.filter(
            code__in=[read_code(code) for code in fields["service_request_id"].split(",")]
        )
    elif not (since or last):
        rows = rows.filter(received_on__gt=today() - timedelta(days=SPAN_DAYS))
    if since:
        rows = rows.filter(received_on__gte=since)
    if last:
        rows = rows.filter(received_on__lte=last)
    if fields.get("service_code"):
        rows = rows.filter(matter__in=[code[:40] for code in fields["service_code"].split(",")])
    if len(statuses) == 1:
        closed = {"state__in": CLOSED}
        rows = rows.filter(**closed) if "closed" in statuses else rows.exclude(**closed)
    first = list(rows[: MOST + 1])
    response = answer("service_requests", _requests(first[:MOST]), ending)
    if len(first) > MOST:  # the specification has no other place for it
        response.headers[TOTAL] = str(rows.count())
    return response


def _day(fields, name):
    """The day of a parameter, None where it is empty."""
    return day_of(parse_machine_instant(fields[name], name)) if fields.get(name) else None


def _statuses(fields):
    """The set of the states asked for, empty for any."""
    statuses = set(fields["status"].split(",")) if fields.get("status") else set()
    if not statuses <= {"open", "closed"}:
        raise Refused(_("status phải là open hoặc closed."), "status")
    return statuses


@call("GET", "HEAD")
def request_of(request, code, ending, area):
    """One feedback: its state, and its text only if that may be shown."""
    with limit_wrong("follow", asker_of(request), NotServed):
        petition = (
            Petition.objects.filter(nature=Nature.FEEDBACK, code=read_code(code))
            .select_related("matter")
            .first()
        )
        if petition is None or area is not None and petition.unit_id not in area:
            raise NotServed(_("Không có đơn này."))
    return answer("service_requests", _requests([petition]), ending)


@call("GET", "HEAD")
def token(request, token, ending, area):
    """The request of a token. Requests get their code at once, so the token is the code."""
    with limit_wrong("follow", asker_of(request), NotServed):
        petition = Petition.objects.filter(
            nature=Nature.FEEDBACK, channel=Channel.OPEN311, code=read_code(token)
        ).first()
        if petition is None:
            raise NotServed(_("Không có đơn này."))
    return answer(
        "service_requests", [{"token": token, "service_request_id": petition.code}], ending
    )


def _service_of(matter):
    return {
        "service_code": matter.pk,
        "service_name": local_name(matter),
        "description": local_name(matter),
        "metadata": False,
        "type": "realtime",
        "keywords": matter.pk,
        "group": matter.get_field_display(),
    }


def _requests(petitions):
    """Petitions in the form of the specification."""
    due = nearest_clocks(petitions)
    names = names_of(
        {
            (unit, petition.received_on)
            for petition in petitions
            for unit in (petition.unit_id, petition.place_id or petition.unit_id)
        }
    )
    return [_request(petition, due.get(petition.pk), names) for petition in petitions]


def _request(petition, due, names):
    """One petition; its text and its address are empty unless they may be shown."""
    place = petition.place_id or petition.unit_id
    is_shown = bool(petition.shown_text)
    return {
        "service_request_id": petition.code,
        "status": "closed" if petition.state in CLOSED else "open",
        "status_notes": petition.get_state_display(),
        "service_name": local_name(petition.matter),
        "service_code": petition.matter_id,
        "description": petition.shown_text if is_shown else "",
        "agency_responsible": names[petition.unit_id, petition.received_on],
        "service_notice": "",
        "requested_datetime": _instant(petition.received_on),
        "updated_datetime": _instant(petition.moved_on),
        "expected_datetime": _instant(due.due_on) if due else "",
        "address": names[place, petition.received_on] if is_shown else "",
        "address_id": str(place) if is_shown else "",
        "zipcode": "",
        "lat": "",
        "long": "",
        "media_url": "",
    }


def _instant(day):
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM).isoformat()
