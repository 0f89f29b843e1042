"""Bodies at the desk beside their list: the usual ones of a place, opened with one press."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.bodies.actions import open_usual_bodies
from danchu.bodies.lives import BOARD, BODY, may_open_some
from danchu.bodies.sections.bodies import BODIES
from danchu.bodies.sections.usual_form import UsualForm
from danchu.desk.guard import official
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.people.actor import reaches
from danchu.people.offices_held import offices_of
from danchu.staff.installation import unit_of_use
from danchu.units.choices import LONGEST_VALUE
from danchu.units.models import Unit
from danchu.units.named import unit_of_today
from danchu.units.names import name_of, names_on


@official
def usual_bodies(request):
    """The usual bodies that a place lacks; a press opens those that are ticked."""
    actor = request.actor
    require(may_open_some(actor), BODIES.new.denied)
    typed = request.GET.get("unit", "").strip()[:LONGEST_VALUE]
    unit, problem = _unit_typed(typed, actor) if typed else (_own_unit(actor), "")
    typed_form = request.POST if request.method == "POST" else None
    form = UsualForm(actor, unit, typed_form) if unit else None
    if form and request.method == "POST" and form.is_valid():
        try:
            bodies = open_usual_bodies(unit, by=actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            _say(request, bodies)
            return redirect(f"{reverse('desk_bodies')}?{urlencode({'unit': _unit_text(unit)})}")
    return page(
        request,
        "bodies/usual.html",
        status=400 if problem or (form and form.errors) else 200,
        form=form,
        place=name_of(unit, unit.until or today()) if unit else "",
        typed=typed or (_unit_text(unit) if unit else ""),
        problem=problem,
    )


def _reaches(actor, unit_id):
    """Whether the actor may open bodies of some kind at the unit."""
    return any(reaches(actor.scope("reorganise", kind), unit_id) for kind in (BODY, BOARD))


def _own_unit(actor):
    """The unit of the actor's first office where they may open bodies, for an operator of the whole
    country the place of the installation; None without one.
    """
    ids = [unit_id for _office, _place, unit_id in offices_of(actor) if _reaches(actor, unit_id)]
    unit = Unit.objects.get(pk=ids[0]) if ids else None
    is_nation = unit is not None and unit.level == "nation"
    return unit_of_use() or unit if is_nation else unit


def _unit_typed(typed, actor):
    """(the unit that was typed, "") or (None, why there is none)."""
    try:
        unit = unit_of_today(typed)
    except Refused as refusal:
        return None, refusal.message
    if not _reaches(actor, unit.pk):
        return None, _("Nơi này không thuộc phạm vi của ông/bà. Hãy chọn nơi khác.")
    return unit, ""


def _unit_text(unit):
    """The unit as a filter by place reads it: its code, with a day of its own where it ended."""
    day = unit.until - timedelta(days=1) if unit.until else today()
    name = names_on(day)[unit.pk]
    if not name.code:
        return name.name
    return f"{name.code}@{day.isoformat()}" if unit.until else name.code


def _say(request, bodies):
    if bodies:
        messages.success(request, _("Đã lập %s tổ chức.") % len(bodies))
    else:
        messages.info(request, _("Các tổ chức đã chọn đã có: không lập thêm."))
