"""The filtered book as a file: what is on the list, nothing more, nothing less."""

from django.utils.translation import gettext as _

from danchu.desk.guard import official
from danchu.desk.lists import filtered
from danchu.kernel.days import show_day
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.register.models import NUMBERS
from danchu.register.words import NUMBER_WORDS
from danchu.units.models import Standing
from danchu.units.names import names_of

PIECE = 2000


@official
def records_csv(request):
    return csv_answer("so-viec", _head(), _lines(filtered(request).order_by("-held_on", "-pk")))


@official
def records_xlsx(request):
    return xlsx_answer("so-viec", _head(), _lines(filtered(request).order_by("-held_on", "-pk")))


def _head():
    head = [
        _("Số hiệu"),
        _("Loại việc"),
        _("Hình thức"),
        _("Ngày"),
        _("Mã đơn vị"),
        _("Nơi"),
        _("Nội dung"),
        _("Trạng thái"),
    ]
    return head + [str(NUMBER_WORDS[name]) for name in NUMBERS]


def _lines(rows):
    """The rows in pieces, so that a long book is never in memory at once."""
    piece = []
    for event in rows.iterator(PIECE):
        piece.append(event)
        if len(piece) == PIECE:
            yield from _lines_of(piece)
            piece = []
    yield from _lines_of(piece)


def _lines_of(events):
    names = names_of({(e.unit_id, e.held_on) for e in events})
    codes = _codes({e.unit_id for e in events})
    for e in events:
        code = next(
            (
                code
                for since, until, code in codes.get(e.unit_id, ())
                if since <= e.held_on and (until is None or e.held_on < until)
            ),
            "",
        )
        yield [
            e.reference,
            e.kind,
            e.form,
            show_day(e.held_on),
            code,
            names[e.unit_id, e.held_on],
            e.title,
            e.state,
        ] + [getattr(e, name) for name in NUMBERS]


def _codes(units):
    """{unit: [(since, until, code)]} of the units."""
    found = {}
    for unit, since, until, code in Standing.objects.filter(unit__in=units).values_list(
        "unit", "since", "until", "code"
    ):
        found.setdefault(unit, []).append((since, until, code))
    return found
