"""What waits at the desk: what is due, what waits for the reader, what waits for others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.desk.events import EVENTS
from danchu.desk.sections import Face
from danchu.journal.chain import kind_of
from danchu.journal.models import Entry
from danchu.kernel.days import show_day, today
from danchu.obligations.models import Obligation
from danchu.obligations.sections.obligations import OBLIGATIONS, SOON
from danchu.reports.owed import unreported
from danchu.reports.sections.office_reports import OFFICE_REPORTS
from danchu.subjects.room import sections
from danchu.subjects.scoped import within
from danchu.subjects.sections import Section
from danchu.subjects.waiting import MOST_NAMED, Names, owners_of, waiting_for, waiting_for_others
from danchu.units.names import names_of, names_on

OVERDUE, SOON_DUE = "overdue", "soon"
SHOWN = 5
MOST_COUNTED = 100


@dataclass(frozen=True)
class Item:
    """One thing that waits: its page, where it is, its state or due day in words, the names of
    whom it waits for and since when; `subject` is its kind and key in the journal.
    """

    title: str
    url: str
    where: str
    state: str
    owners: tuple[str, ...] = ()
    subject: tuple[str, str] = ("", "")
    since: datetime | None = None


@dataclass(frozen=True)
class Group:
    """Things of one kind that wait: the first of them, and how many there are (`is_more` than
    `number`); `url` is the page of all.
    """

    title: str
    url: str
    items: list[Item]
    number: int
    is_more: bool
    batch_url: str = ""


def waiting_sections(actor: Any) -> Iterator[Section]:
    """The sections of the desk whose records wait for somebody, of those that the actor may see."""
    for section in sections():
        if section.waits and section.listing.allows(actor):
            yield replace(section, record=EVENTS.record) if section.one == EVENTS.one else section


def waiting_rows(actor: Any) -> list[tuple[str, QuerySet[Any]]]:
    """[(address of a list, its rows that wait for the actor)], and before them the obligations
    that are overdue and those due soon under the addresses of their lists.
    """
    pieces = [(url, rows) for url, _title, rows in _obligation_groups(actor)]
    for section in waiting_sections(actor):
        rows = waiting_for(section.record.rows(actor), section.waits, actor)
        pieces.append((reverse(Face(section).list_address), rows))
    return pieces


def _obligation_groups(actor: Any) -> list[tuple[str, Any, QuerySet[Any]]]:
    """[(address, title, rows)] of the obligations that the actor may meet: overdue, due soon."""
    rows = within(Obligation.objects.all(), actor.scope("draft", "obligation"))
    rows = rows.select_related("rule").order_by("due_on", "pk")
    day = today()
    return [
        (obligations_address(OVERDUE), _("Quá hạn"), rows.overdue(day)),
        (
            obligations_address(SOON_DUE),
            _("Đến hạn trong 7 ngày"),
            rows.due_between(day, day + timedelta(days=SOON)),
        ),
    ]


def obligations_address(which: str) -> str:
    """The address of the obligations that are overdue or soon due."""
    return f"{reverse(Face(OBLIGATIONS).list_address)}?which={which}"


def for_me(actor: Any) -> list[Group]:
    """What waits for an act of the actor, by subject."""
    groups = []
    for section in waiting_sections(actor):
        rows = waiting_for(section.record.rows(actor), section.waits, actor)
        group = _group(section, rows.order_by("-pk"))
        if group and section.one == EVENTS.one:
            group = replace(group, batch_url=reverse("desk_confirm_many"))
        groups.append(group)
    return _with_instants([group for group in groups if group])


def for_others(actor: Any) -> list[Group]:
    """What the actor sees and waits for somebody else, by subject."""
    groups = []
    for section in waiting_sections(actor):
        rows = waiting_for_others(section.record.rows(actor), section.waits, actor)
        groups.append(_group(section, rows.order_by("-pk"), with_owners=True))
    return _with_instants([group for group in groups if group])


def _with_instants(groups: list[Group]) -> list[Group]:
    """The groups whose items say since when they wait: since the last act on them. One query."""
    subjects = [item.subject for group in groups for item in group.items]
    condition = Q(pk__in=[])
    for kind in {kind for kind, _key in subjects}:
        condition |= Q(kind=kind, subject__in=[key for of, key in subjects if of == kind])
    entries = Entry.objects.filter(condition).order_by("kind", "subject", "-number")
    latest = entries.distinct("kind", "subject").values_list("kind", "subject", "at")
    instants = {(kind, key): at for kind, key, at in latest}
    return [
        replace(group, items=[replace(one, since=instants.get(one.subject)) for one in group.items])
        for group in groups
    ]


def due(actor: Any) -> list[Group]:
    """The obligations that the actor may meet: those overdue, those due soon."""
    groups = [
        _group(OBLIGATIONS, rows, title=title, url=url)
        for url, title, rows in _obligation_groups(actor)
    ]
    return [group for group in groups if group]


def not_reported(actor: Any) -> Group | None:
    """The places below the actor whose report of the last quarter is not sealed; None for none."""
    quarter, places = unreported(actor, today())
    if not places:
        return None
    names = names_on(today())
    face = Face(OFFICE_REPORTS)
    url = reverse(face.list_address)
    items = [
        Item(
            title=names[place.unit].name,
            url=face.record_url(place.report) if place.report else f"{url}?unit={place.unit}",
            where="",
            state=str(place.report.get_state_display() if place.report else _("Chưa lập")),
            owners=place.writers[:MOST_NAMED],
        )
        for place in places
    ]
    last = show_day(quarter.period.last)
    title = _("%(period)s: chưa có báo cáo niêm phong") % {"period": quarter.words}
    return Group(title, f"{url}?since={last}&last={last}", items, len(items), False)


def _group(
    section: Section,
    rows: QuerySet[Any],
    with_owners: bool = False,
    title: Any = "",
    url: str = "",
) -> Group | None:
    """The Group of ordered rows; None where there are none."""
    waiting = list(rows[: MOST_COUNTED + 1])
    if not waiting:
        return None
    face = Face(section)
    owner_names: Names = {}
    names = names_of({section.listing.placed(row) for row in waiting[:SHOWN]})
    items = [
        Item(
            title=str(section.record.title(row)),
            url=reverse(face.record_address, kwargs=section.named(row)),
            where=names[section.listing.placed(row)],
            state=str(section.record.state(row)),
            owners=_owners(section, row, owner_names) if with_owners else (),
            subject=(kind_of(row), str(row.pk)),
        )
        for row in waiting[:SHOWN]
    ]
    return Group(
        title=str(title or section.listing.title),
        url=url or reverse(face.list_address),
        items=items,
        number=min(len(waiting), MOST_COUNTED),
        is_more=len(waiting) > MOST_COUNTED,
    )


def _owners(section: Section, row: Any, read: Names) -> tuple[str, ...]:
    owners = owners_of(row, section.waits, section.life, read)
    return tuple(dict.fromkeys(name for owner in owners for name in owner.names))
