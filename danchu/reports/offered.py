"""Which reports of files are offered to readers."""

from danchu.figures.among import array
from danchu.kernel.dependence import declaring, note_rows
from danchu.kernel.refusals import Refused
from danchu.register.models import Event, Statement
from danchu.reports.document import blank
from danchu.reports.template import FOLDER, form_files, read_form
from danchu.units.maps import boundaries


def offered_forms():
    """[Form] of the operator's files, and of those that come with the product where something was
    recorded at their unit in their time: elsewhere they would be reports of nothing.
    """
    forms = []
    for name, path in form_files().items():
        form = read_form(name)
        if path.parent != FOLDER or _is_recorded(form):
            forms.append(form)
    return forms


def _is_recorded(form):
    try:
        document = blank(form)
    except Refused:  # the unit is not on the map of this installation
        return False
    since, until = form.period.since, form.period.until
    units = array(boundaries(document.map_day).sources(document.unit_id))
    events = Event.objects.counted().filter(
        unit__among=units, held_on__gte=since, held_on__lt=until
    )
    statements = Statement.objects.counted().filter(
        unit__among=units, since__lt=until, until__gt=since
    )
    for rows in (events, statements):
        note_rows(rows.model._meta.db_table, units=units.text)
    with declaring(Event._meta.db_table, Statement._meta.db_table):
        return events.exists() or statements.exists()
