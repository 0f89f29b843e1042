"""The offices an account holds today, and where."""

from django.utils.translation import get_language

from danchu.kernel.days import today
from danchu.people.actor import reaches
from danchu.people.models import Holding
from danchu.units.choices import typed_of_unit
from danchu.units.models import Unit
from danchu.units.names import name_of


def offices_of(actor):
    """[(name of the office, name of the unit, id of the unit)] in the order of appointment."""
    holdings = (
        Holding.objects.in_force(today())
        .filter(account=actor.account_id)
        .select_related("office_kind")
    )
    return [
        (office_name(holding.office_kind), name_of(holding.unit_id, today()), holding.unit_id)
        for holding in holdings.order_by("pk")
    ]


def place_of(actor, scope, level=""):
    """What a form suggests as the unit: the name of that of the actor's first office within the
    scope, with its code where several have the name; "" without one, or where the form takes only
    units of another level.
    """
    unit = unit_of_office(actor, scope)
    if unit is None or (level and not Unit.objects.filter(pk=unit, level=level).exists()):
        return ""
    return typed_of_unit(unit, today())


def unit_of_office(actor, scope):
    """The id of the unit of the actor's first office within the scope; None without one."""
    units = (unit for _office, _place, unit in offices_of(actor) if reaches(scope, unit))
    return next(units, None)


def office_name(office):
    """The name of a kind of office in the language of the reader."""
    return office.name_en if (get_language() or "vi").startswith("en") else office.name_vi
