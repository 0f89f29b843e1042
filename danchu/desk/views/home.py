"""The first page of the desk: what is due and what waits, latest records, links to begin from."""

from datetime import timedelta

from danchu.desk import inbox
from danchu.desk.beginnings import beginnings
from danchu.desk.guard import official
from danchu.desk.offline_forms import on_device
from danchu.desk.reminders import due_group
from danchu.desk.rows import lines
from danchu.figures.blur import read_ahead, seen_figure
from danchu.figures.catalogue import INDICATORS, unit_of_measure
from danchu.kernel.days import Period, today
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.notices.models import Notice
from danchu.obligations.outlook import years_to_enter
from danchu.people.offices_held import offices_of
from danchu.register.kinds import KINDS
from danchu.register.models import Event, State
from danchu.staff.set_up import missing_things
from danchu.subjects.first_rows import FirstRows, first_rows

MINE = (
    "supervisions_217",
    "opinions",
    "dialogues",
    "pib_supervisions",
    "reception_visitors",
    "petitions_received",
)


@official
def home(request):
    """What waits for the reader and for others, the figures of their place, links to record."""
    actor = request.actor
    due = inbox.due(actor)
    by_calendar = due_group(actor, today())
    for_me = inbox.for_me(actor)
    # The navigation shows the numbers that are read here anyway.
    request.desk_numbers = {
        group.url: f"{group.number}{'+' if group.is_more else ''}" for group in (*due, *for_me)
    }
    return page(
        request,
        "desk/home.html",
        beginnings=beginnings(actor),
        due=[*due, by_calendar] if by_calendar else due,
        for_me=for_me,
        for_others=inbox.for_others(actor),
        not_reported=inbox.not_reported(actor),
        offices=offices_of(actor),
        figures=_figures(actor),
        unread=Notice.objects.filter(account=actor.account_id, seen_at=None).count(),
        missing=_missing_calendars(actor),
        wanting=_wanting(actor),
        offline=on_device(actor),
        latest=_first_lines(_own_events(actor).exclude(state=State.DRAFT).order_by("-pk"), 8),
    )


def _first_lines(events, most):
    """FirstRows of the events as lines."""
    first = first_rows(events, most)
    return FirstRows(lines(first), first.total)


def _missing_calendars(actor):
    """The years whose calendar is to be entered, for those who may enter it."""
    return years_to_enter() if actor.may("correct", "law", None) else []


def _wanting(actor):
    """What the installation still lacks, for those who set it up."""
    return list(missing_things()) if actor.may("appoint", "office", None) else []


def _own_events(actor):
    """Events of the places where the actor may draft or confirm."""
    scopes = {actor.scope(verb, kind) for verb in ("draft", "confirm") for kind in KINDS}
    if None in scopes:
        return Event.objects.all()
    return Event.objects.visible_to(actor).filter(unit__among=frozenset().union(*scopes))


def _figures(actor):
    """[(name, value, measure, key, unit, where)] of this year at the places of the actor's
    offices.
    """
    year = Period(today().replace(month=1, day=1), today() + timedelta(days=1))
    figures = []
    for _office, where, unit in offices_of(actor)[:1]:
        indicators = [INDICATORS[key] for key in MINE]
        read_ahead([(one, unit, year, today()) for one in indicators], actor)
        for key, indicator in zip(MINE, indicators, strict=True):
            figures.append(
                (
                    local_name(indicator),
                    seen_figure(indicator, unit, year, today(), actor).value,
                    unit_of_measure(indicator),
                    key,
                    unit,
                    where,
                )
            )
    return figures
