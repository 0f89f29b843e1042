"""The offices an account holds today, and where."""

from django.utils.translation import get_language

from danchu.kernel.days import today
from danchu.people.actor import reaches
from danchu.people.models import Holding
from danchu.units.names import name_of


def offices_of(actor):
    """[(office, where, unit)] in the order they were given."""
    held = (
        Holding.objects.in_force(today())
        .filter(account=actor.account_id)
        .select_related("office_kind")
    )
    return [
        (_name(h.office_kind), name_of(h.unit_id, today()), h.unit_id) for h in held.order_by("pk")
    ]


def place_of(actor, scope):
    """What a form suggests as the place: the unit of the first office within the scope; empty
    for several levels.
    """
    for _office, where, unit in offices_of(actor):
        if reaches(scope, unit):
            return where
    return ""


def _name(office):
    return office.name_en if (get_language() or "vi").startswith("en") else office.name_vi
