"""What the box of a place is offered while somebody types, and the places near a device."""

from hashlib import sha256

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_POST, require_safe

from danchu.kernel.days import parse_day, today
from danchu.kernel.refusals import Refused
from danchu.portal.grounds import country_picture
from danchu.units.choices import near_choices, place_choices
from danchu.units.kinds import Level
from danchu.units.maps import map_version

LONGEST = 80
FEWEST_LETTERS = 2
FRESH_SECONDS = 300
A_YEAR = 31_536_000


def _question(request):
    """(text, day, level) of the address; today where the day does not read."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    level = request.GET.get("level", "")
    try:
        day = parse_day(request.GET["on"]) if request.GET.get("on", "").strip() else today()
    except Refused:
        day = today()  # a day that is still being typed
    return text, day, level if level in Level.values else ""


def _etag(request):
    return f'"{sha256(f"{map_version()} {_question(request)}".encode()).hexdigest()[:20]}"'


@require_safe
@condition(etag_func=_etag)
def choices(request):
    """{"choices": [{id, code, name, under, former, value}]} for what was typed so far: present
    names and former ones, without marks, by abbreviation or code. The same for everyone, so that
    caches may keep it.
    """
    text, day, level = _question(request)
    rows = place_choices(text, day, level) if len(text) >= FEWEST_LETTERS else []
    answer = JsonResponse({"choices": [row.as_json() for row in rows]})
    patch_cache_control(answer, public=True, max_age=FRESH_SECONDS)
    return answer


@require_safe
def ground(request, version):
    """The dots of the whole country as a picture that a browser keeps: its address changes with
    it.
    """
    text, digest = country_picture()
    if version != digest:
        raise Http404
    answer = HttpResponse(text, content_type="image/svg+xml")
    patch_cache_control(answer, public=True, max_age=A_YEAR, immutable=True)
    return answer


@csrf_exempt  # changes nothing; a token would set a cookie on public pages
@require_POST
def near(request):
    """The same for the units near `lat` and `lon`, which are sent in the body so that no log keeps
    where somebody is. A point that does not read is near nothing.
    """
    try:
        lat, lon = float(request.POST["lat"]), float(request.POST["lon"])
    except (KeyError, ValueError):
        return JsonResponse({"choices": []})
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return JsonResponse({"choices": []})
    return JsonResponse({"choices": [row.as_json() for row in near_choices(lat, lon)]})
