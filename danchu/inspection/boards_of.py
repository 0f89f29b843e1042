"""The boards for which an official may write."""

from danchu.inspection.rules.membership import KINDS
from danchu.kernel.addresses import number_in
from danchu.kernel.days import today
from danchu.subjects.scoped import within
from danchu.units.models import Body
from danchu.units.names import names_of

MOST = 80


def boards_of(actor, verb, kind, chosen_pk=""):
    """{pk as text: board} that exist today, where the actor may `verb` things of `kind`; at most
    MOST, and the one with `chosen_pk`, which an address or a form names.
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
    boards = list(rows[:MOST])
    number = number_in(chosen_pk)
    if number is not None and number not in {board.pk for board in boards}:
        boards += list(rows.filter(pk=number))
    return {str(board.pk): board for board in boards}


def board_choices(boards):
    """[(pk as text, "name, place")], the choices of a form."""
    day = today()
    names = names_of({(board.unit_id, day) for board in boards.values()})
    return [
        (key, f"{board.name_on(day)}, {names[board.unit_id, day]}") for key, board in boards.items()
    ]
