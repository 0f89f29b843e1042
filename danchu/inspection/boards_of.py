"""The boards an official may write for."""

from danchu.inspection.rules.membership import KINDS
from danchu.kernel.addresses import number_in
from danchu.kernel.days import today
from danchu.subjects.scoped import within
from danchu.units.models import Body
from danchu.units.names import names_of

MOST = 80


def boards_of(actor, verb, kind, named=""):
    """{pk as text: board}: those in being today where the actor may `verb` things of `kind`;
    `named` is kept in a long list.
    """
    scope = actor.scope(verb, kind)
    rows = (
        Body.objects.on(today())
        .filter(kind__in=KINDS)
        .select_related("unit")
        .prefetch_related("standings")
        .order_by("-pk")
    )
    rows = within(rows, scope)
    found = list(rows[:MOST])
    number = number_in(named)
    if number is not None and number not in {board.pk for board in found}:
        found += list(rows.filter(pk=number))
    return {str(board.pk): board for board in found}


def board_choices(boards):
    """[(pk, name, place)] as the form shows them."""
    day = today()
    names = names_of({(board.unit_id, day) for board in boards.values()})
    return [
        (key, f"{board.name_on(day)}, {names[board.unit_id, day]}") for key, board in boards.items()
    ]
