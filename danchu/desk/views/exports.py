"""The filtered book as a file: what is on the list, nothing more, nothing less."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.desk.guard import official
from danchu.desk.lists import filtered, page_after
from danchu.desk.views.long_exports import offer
from danchu.exports.tables import Table, exportable
from danchu.kernel.days import show_day
from danchu.kernel.refusals import require
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.register.models import NUMBERS
from danchu.register.words import NUMBER_WORDS
from danchu.units.models import Standing
from danchu.units.names import names_of

PIECE = 2000


@official
def records_csv(request):
    return _file(request, "csv")


@official
def records_xlsx(request):
    return _file(request, "xlsx")


def _file(request, ending):
    """The list as a file at once, or the page that offers it in the background when it is long."""
    rows = filtered(request.actor, request.GET)
    if rows.order_by()[: settings.EXPORT_ROWS + 1].count() > settings.EXPORT_ROWS:
        return offer(request, "records", ending)
    answer = csv_answer if ending == "csv" else xlsx_answer
    return answer("so-viec", _head(), _lines(rows.order_by("-held_on", "-pk")))


@exportable("records", gettext_lazy("Sổ việc"), "so-viec")
def records_table(actor, query):
    """The book of events with the filters of its list."""
    require(not actor.is_public)
    rows = filtered(actor, query)
    return Table(_head(), lambda after: _rows_after(rows, after))


def _rows_after(rows, after):
    """(key, cells) in the order of the list, a piece a query, behind the key."""
    while True:
        key = f"{after[0]}.{after[1]}" if after else ""
        piece = list(page_after(rows, key, "held_on")[:PIECE])
        for event, cells in zip(piece, _lines_of(piece), strict=True):
            after = [event.held_on.isoformat(), event.pk]
            yield after, cells
        if len(piece) < PIECE:
            return


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
