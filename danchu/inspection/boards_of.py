"""The boards for which an official may write."""

from django.db.models import Case, Value, When

from danchu.inspection.rules.membership import KINDS
from danchu.kernel.days import today
from danchu.people.offices_held import offices_of
from danchu.subjects.scoped import within
from danchu.units.models import Body
from danchu.units.names import names_of


def boards_of(actor, verb, kind):
    """The boards that exist today where the actor may `verb` things of `kind`. First those of the
    units where the actor holds an office, for whose board that is, then those within; in the order
    of KINDS, the latest first.
    """
    scope = actor.scope(verb, kind)
    own_units = [unit_id for _office, _place, unit_id in offices_of(actor)]
    is_elsewhere = Case(When(unit__in=own_units, then=Value(0)), default=Value(1))
    kind_order = Case(*(When(kind=one, then=Value(place)) for place, one in enumerate(KINDS)))
    rows = (
        Body.objects.on(today())
        .filter(kind__in=KINDS)
        .select_related("unit")
        .prefetch_related("standings")
        .order_by(is_elsewhere, kind_order, "-pk")
    )
    return within(rows, scope)


def board_choices(boards):
    """[(pk as text, "name, place")], the choices of a form."""
    day = today()
    names = names_of({(board.unit_id, day) for board in boards})
    return [
        (str(board.pk), f"{board.name_on(day)}, {names[board.unit_id, day]}") for board in boards
    ]


def project_names(projects):
    """[(pk as text, name)], the choices of a form."""
    return [(str(project.pk), project.name) for project in projects]
