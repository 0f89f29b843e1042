"""The page of one record, the same at the desk and in public."""

from danchu.kernel.days import today
from danchu.look.pages import page
from danchu.units.names import name_of


def record_page(request, template, row, *, placed, title, state, above=None, status=200, **facts):
    """The page of one record, whose template fills the slots of a page of records.

    `placed` is (unit id or unit, day) of the name of its place, `state` the word of its tag,
    `above` the (name of an address, word) with which the trail begins, `facts` the rest of the
    context.
    """
    unit, day = placed
    return page(
        request,
        template,
        status=status,
        record=row,
        day=today(),
        where=name_of(unit, day),
        placed_on=day,
        title=title,
        state=state,
        above=above,
        **facts,
    )
