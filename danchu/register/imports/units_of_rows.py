"""The unit that a row of a table of bodies or villages means."""

from django.utils.translation import gettext as _

from danchu.people.actor import reaches
from danchu.register.imports.typed_cells import text_of_cell
from danchu.register.imports.units_written import unit_written


def unit_of_row(row, since, lookup, scope, denied):
    """The UnitSpan of the columns unit_code and unit_name on the day; None, with a Problem, where
    there is none or it lies outside `scope`, for which `denied` is the sentence.
    """
    code = row.read("unit_code", text_of_cell)
    name = row.read("unit_name", text_of_cell)
    if code == "":
        row.report("unit_code", _("Hãy ghi mã của đơn vị, đủ số 0 đứng đầu."))
    if not code or name is None or since is None:
        return None
    unit = row.check(unit_written, code, name, since, lookup, scope, column="unit_code")
    if unit and not reaches(scope, unit.pk):
        row.report("unit_code", denied)
        return None
    return unit
