"""Preview of a change of the law: the due days it would move."""

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.numbers import show_number
from danchu.look.sheets import csv_answer, with_missing
from danchu.obligations.outlook import moved_rows, rows_of_groups
from danchu.subjects.first_rows import FirstRows
from danchu.units.names import names_of

SHOWN = 50
MOST = 20_000


def outlook(moves):
    """{"rows": FirstRows of (row, its place, its new due day), "total" of them, "unruled":
    FirstRows of (row, its place) that are left without a rule} for the page; None where `moves` is
    None.
    """
    if moves is None:
        return None
    rows = moved_rows(moves, SHOWN)
    left = rows_of_groups(moves.unruled, SHOWN)
    names = names_of({(row.unit_id, row.event_on) for row in [*(row for row, _d in rows), *left]})
    total = _total(moves)
    return {
        "rows": [(row, names[row.unit_id, row.event_on], day) for row, day in rows],
        "total": total,
        "more": total - len(rows),
        "unruled": FirstRows(
            ((row, names[row.unit_id, row.event_on]) for row in left), number_unruled(moves)
        ),
    }


def number_unruled(moves):
    """How many open obligations the change leaves without a rule."""
    return sum(group.number for group in moves.unruled)


def unruled_words(number):
    """What becomes of them, as a sentence of its own; "" where there are none."""
    if not number:
        return ""
    return " " + _(
        "%(number)s việc chưa làm không còn quy tắc nào của ngày phát sinh: giữ hạn cũ, theo phiên "
        "bản đã đính chính."
    ) % {"number": show_number(number)}


def moves_csv(moves):
    """Every open obligation whose due day would move, as CSV; of more than MOST the last line says
    how many are missing.
    """
    rows = moved_rows(moves, MOST)
    names = names_of({(row.unit_id, row.event_on) for row, _day in rows})
    head = [_("Việc phải làm"), _("Nơi"), _("Ngày phát sinh"), _("Hạn hiện nay"), _("Hạn sẽ là")]
    return csv_answer(
        "han-se-doi",
        head,
        with_missing(
            (
                [
                    row.title,
                    names[row.unit_id, row.event_on],
                    show_day(row.event_on),
                    show_day(row.due_on),
                    show_day(day),
                ]
                for row, day in rows
            ),
            _total(moves),
        ),
    )


def _total(moves):
    return sum(move.number for move in moves if move.to_day != move.due_on)
