"""The navigation of the desk: today, the lists that rooms declare by the six verbs, pages that
belong to no room; with how many things wait.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danchu.desk import inbox
from danchu.desk.sections import Face
from danchu.jobs.actions import JOB
from danchu.subjects.room import sections
from danchu.subjects.sections import Link
from danchu.subjects.verbs import VERBS

LAST = (
    Link("desk_notices", _("Thông báo")),
    Link("desk_reminders", _("Việc theo lịch"), lambda actor: bool(actor.places())),
    Link("desk_imports", _("Nhập từ tệp")),
    Link("desk_figures", _("Số liệu của tôi")),
    Link("desk_rights", _("Ai được làm gì")),
    Link(
        "desk_rules", _("Quy tắc, lịch, báo lên"), lambda actor: actor.may("correct", "law", None)
    ),
    Link("desk_setup", _("Thiết lập"), lambda actor: actor.may("appoint", "office", None)),
    Link("desk_jobs", _("Việc chạy nền"), lambda actor: actor.may("correct", JOB, None)),
    Link("mfa_index", _("Tài khoản, đăng xuất")),
)
# The keys that lead to a list after g, as the help of the keys lists them.
KEYS = {
    "desk": "h",
    "desk_records": "s",
    "desk_obligations": "n",
    "desk_petitions": "d",
    "desk_recommendations": "k",
    "desk_rounds": "r",
    "desk_commitments": "c",
    "desk_minutes_list": "b",
    "desk_office_reports": "o",
    "desk_notices": "t",
}


@dataclass(frozen=True)
class Entry:
    """One page: its address, word, the key that leads to it after g ("" for none), and how many
    things wait there ("" for none, "100+" for more than are counted).
    """

    url: str
    word: Any
    key: str
    waiting: str


@dataclass(frozen=True)
class Group:
    """Entries under one word; `is_here`: the page that is open is among them."""

    word: Any
    entries: list[Entry]
    is_here: bool

    @property
    def waiting(self) -> str:
        """How many things wait in the group, in words as of an entry."""
        return total(entry.waiting for entry in self.entries)


def total(numbers: Iterable[str]) -> str:
    """The sum of numbers as the navigation shows them."""
    shown_numbers = [number for number in numbers if number]
    number = sum(int(one.rstrip("+")) for one in shown_numbers)
    more = "+" if any(one.endswith("+") for one in shown_numbers) else ""
    return f"{number}{more}" if number else ""


def totals(numbers: dict[str, str]) -> tuple[str, str, str]:
    """(overdue obligations, obligations soon due, all that waits for the actor) of the numbers of
    `numbers_of`.
    """
    waiting = total(number for url, number in numbers.items() if "?" not in url)
    overdue, soon = (
        numbers.get(inbox.obligations_address(which), "")
        for which in (inbox.OVERDUE, inbox.SOON_DUE)
    )
    return overdue, soon, waiting


def groups(actor: Any, path: str, numbers: dict[str, str]) -> list[Group]:
    """The Groups of the navigation: the six verbs with a subject, then what belongs to none.
    `numbers` are those of `numbers_of`, `path` that of the page that is open.
    """
    by_verb: dict[Any, list[Entry]] = {key: [] for key in (*VERBS, "")}
    for verb, link in _links(actor):
        by_verb[verb].append(_entry(link, numbers))
    words = {key: verb.word for key, verb in VERBS.items()} | {"": _("Sổ và quản trị")}
    return [
        Group(words[key], rows, any(path.startswith(row.url) for row in rows))
        for key, rows in by_verb.items()
        if rows
    ]


def numbers_of(actor: Any) -> dict[str, str]:
    """{address of a list: how many of its records wait for the actor}, and under those of the
    overdue and of the soon due obligations how many there are. One query; up to MOST_COUNTED each.
    """
    first, *others = (_repeat_address(url, rows) for url, rows in inbox.waiting_rows(actor))
    counts = Counter(first.union(*others, all=True))
    return {url: shown(number) for url, number in counts.items()}


def shown(number: int) -> str:
    """The number as the navigation shows it: "" for none, "100+" for more."""
    if number > inbox.MOST_COUNTED:
        return f"{inbox.MOST_COUNTED}+"
    return str(number) if number else ""


def _repeat_address(url: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The address once for each of the rows, at most one more than are counted."""
    mark = Value(url, output_field=CharField())
    marked = rows.order_by().annotate(waits_at=mark).values_list("waits_at", flat=True)
    return marked[: inbox.MOST_COUNTED + 1]


def _links(actor: Any) -> list[tuple[str, Link]]:
    """[(key of the verb, "" for none; Link)] of what the actor may open: lists of rooms in their
    order, those that belong to another list left out.
    """
    lists = [
        (
            section.verb.key if section.verb else "",
            Link(Face(section).list_address, section.listing.title, section.listing.allows),
        )
        for section in sections()
        if section.above is None and section.parent is None
    ]
    rest = [("", link) for link in LAST]
    return [(verb, link) for verb, link in (*lists, *rest) if link.allows(actor)]


def _entry(link: Link, numbers: dict[str, str]) -> Entry:
    url = reverse(link.address)
    return Entry(url, link.word, KEYS.get(link.address, ""), numbers.get(url, ""))
