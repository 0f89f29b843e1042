"""The inspection sector's tables of one unit and period; each number links to its rows."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.queries.official_tables import TABLES, table_rows, to_be_processed
from danchu.desk.guard import official
from danchu.kernel.days import Period, show_day, today
from danchu.kernel.reading import reading
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.people.offices_held import offices_of
from danchu.subjects.fields import DayField
from danchu.subjects.filters import shown_number, with_day
from danchu.subjects.forms import RefusingForm, refuse_errors
from danchu.subjects.places import PlaceInput, UnitField
from danchu.units.named import unit_named


class PeriodForm(RefusingForm):
    """A place and a period; what the address leaves out is the reader's own place and this year.

    Once valid, `unit` in `cleaned_data` is the id of a unit, None where the reader holds no office.
    """

    unit = UnitField(required=False)
    since = DayField(label=gettext_lazy("Từ ngày"))
    last = DayField(label=gettext_lazy("Đến ngày"))

    def __init__(self, actor, query):
        offices = offices_of(actor)
        self.own_unit, own_place = (offices[0][2], offices[0][1]) if offices else (None, "")
        place = PlaceInput().value_from_datadict(query, None, "unit") or ""
        self.is_own = not place.strip()
        defaults = {
            "unit": own_place,
            "since": show_day(today().replace(month=1, day=1)),
            "last": show_day(today()),
        }
        typed = {name: query.get(name, "").strip() for name in defaults} | {
            "unit": shown_number(place.strip()) or place.strip()
        }
        super().__init__({name: typed[name] or value for name, value in defaults.items()})

    def clean_unit(self):
        if self.is_own:
            return self.own_unit
        unit = self.check(unit_named, with_day(self.cleaned_data["unit"]), today())
        return unit and unit.pk

    def clean(self):
        cleaned = super().clean()
        since = cleaned.get("since")
        last = cleaned.get("last")
        if since and last and last < since:
            sentence = _("Kỳ phải có ít nhất một ngày: ngày bắt đầu phải trước ngày kết thúc.")
            self.add_error("last", sentence)
        return cleaned

    @property
    def period(self):
        """The typed days, both inclusive, as a Period."""
        return Period(self.cleaned_data["since"], self.cleaned_data["last"] + timedelta(days=1))


@official
def tables(request):
    """All tables on one page; where the reader has no right to the files of the place only numbers
    that were published.
    """
    form = PeriodForm(request.actor, request.GET)
    is_valid = form.is_valid()
    unit = form.cleaned_data["unit"] if is_valid else None
    shown_tables = []
    with reading():
        for table in TABLES if unit else ():
            rows = table_rows(table, unit, form.period, today(), request.actor)
            masked = [
                (number, name, None if cell.is_hidden else cell) for number, name, cell in rows
            ]
            shown_tables.append((table, masked, to_be_processed(rows)))
    return page(
        request,
        "desk/petition_tables.html",
        status=200 if is_valid else 400,
        form=form,
        tables=shown_tables,
        unit_id=unit,
        period=form.period if is_valid else None,
        query=request.GET.urlencode(),
    )


@official
def tables_csv(request):
    """The same as CSV: table, column, name, value."""
    form = PeriodForm(request.actor, request.GET)
    refuse_errors(form)
    unit = form.cleaned_data["unit"]
    rows = []
    with reading():
        for table in TABLES if unit else ():
            rows += [
                [
                    table.name,
                    number,
                    name,
                    "" if cell.value is None else str(cell.value),
                ]
                for number, name, cell in table_rows(
                    table, unit, form.period, today(), request.actor
                )
            ]
    return csv_answer("bieu-don-thu", [_("Biểu"), _("Cột"), _("Chỉ tiêu"), _("Số liệu")], rows)
