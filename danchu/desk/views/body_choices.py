"""What the box of a body is offered while somebody types."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from danchu.desk.guard import official
from danchu.kernel.days import parse_day, today
from danchu.kernel.refusals import Refused
from danchu.subjects.fields import unit_at
from danchu.units.body_choices import body_choices
from danchu.units.kinds import BodyKind

LONGEST = 200


@official
@require_safe
@never_cache
def choices(request):
    """{"choices": [{id, name, under, former, value}]}: the bodies of the unit and the day that the
    form says, of the kinds that it takes. None where the place or the day does not read yet.
    """
    query = request.GET
    kinds = [kind for kind in query.get("kinds", "").split(",") if kind in BodyKind.values]
    try:
        day = parse_day(query["on"][:20]) if query.get("on", "").strip() else today()
        unit = unit_at(query.get("unit", "")[:LONGEST], day, None)
    except Refused:
        return JsonResponse({"choices": []})
    rows = body_choices(query.get("q", "")[:LONGEST], unit, day, kinds)
    return JsonResponse({"choices": [row.as_json() for row in rows]})
