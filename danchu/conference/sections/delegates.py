"""The delegates of one conference: the list, what narrows it, its files.

Names are typed into the search only in the body of a request: no address names anyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danchu.conference.models import BridgePoint, Conference, Delegate
from danchu.conference.models.programme import HALL
from danchu.conference.rules import ANNOUNCED, NO_RIGHT, UNFINISHED, may_prepare
from danchu.conference.sections.conferences import CONFERENCES
from danchu.conference.words import DelegateState, LetterState
from danchu.conference.writes.letters import with_letters
from danchu.kernel.addresses import number_in
from danchu.kernel.days import day_of
from danchu.kernel.refusals import require
from danchu.subjects.columns import state_column
from danchu.subjects.filters import Choice, Matching
from danchu.subjects.listing import Column, Line, Listing
from danchu.subjects.scoped import within
from danchu.subjects.sections import Parent, Section, may_begin

LARGEST_KEY = 10**18 - 1
REMOTE = "-"  # stands for no bridge point
TAGS = {
    DelegateState.CANCELLED: "withdrawn",
    DelegateState.DECLINED: "withdrawn",
    DelegateState.WAITING: "warning",
}


class OfConference(django_filters.Filter):
    """Delegates of the conference of this number."""

    field_class = forms.IntegerField


class AtPoint(Choice):
    """Delegates of one bridge point of the conference, or of none."""

    def __init__(self) -> None:
        super().__init__((), _("Điểm cầu"), "point")

    def read_choices(self) -> Any:
        return point_choices(number_in(self.parent.data.get("conference", "")))

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if value == REMOTE:
            return qs.filter(point=None)
        return qs.filter(point=int(value)) if value else qs


def point_choices(conference_id: int | None) -> list[tuple[str, Any]]:
    """[(key, name)] of the bridge points of a conference, and the choice of none."""
    points = BridgePoint.objects.filter(conference=conference_id).order_by("position", "pk")
    names = points.values_list("pk", "name")
    return [(REMOTE, _("Dự từ xa")), *((str(key), name) for key, name in names)]


def delegates_among(conference: Conference, query: Mapping[str, str]) -> QuerySet:
    """The delegates of a conference that the choices of the list mean: `state`, `point`,
    `entitled`, `letter`; an invalid choice narrows nothing.
    """
    return delegate_filters(conference, query).qs


def delegate_filters(conference: Conference, query: Mapping[str, str]) -> django_filters.FilterSet:
    """The filters behind `delegates_among`: `.qs` are the delegates, `.form` has the choices."""
    rows = with_letters(Delegate.objects.filter(conference=conference)).select_related("point")
    choices = {name: query.get(name, "") for name in CHOICES}
    return LISTING.filter_set({**choices, "conference": str(conference.pk)}, queryset=rows)


def _rows(actor: Any) -> QuerySet:
    """Delegates of the conferences that the actor may prepare."""
    rows = within(Delegate.objects.all(), actor.scope("draft", HALL), "conference__unit")
    return with_letters(rows).select_related("point", "conference")


def _conference(actor: Any, pk: int) -> Conference | None:
    """None where the actor has no right of their own to view it; Denied where they may not prepare
    it.
    """
    conference = CONFERENCES.record.rows(actor).filter(pk=pk).first()
    if conference is not None:
        require(may_prepare(actor, conference), NO_RIGHT)
    return conference


def _page_of(conference: Conference) -> dict[str, Any]:
    return {
        "record": conference,
        "living": conference.state in UNFINISHED,
        "may_invite": conference.state in ANNOUNCED,
    }


def _under(line: Line) -> str:
    parts = [line.row.office, "" if line.row.entitled else str(_("không biểu quyết"))]
    return " · ".join(part for part in parts if part)


def _point(line: Line) -> str:
    return line.row.point.name if line.row.point else ""


LISTING = Listing(
    name="delegates",
    title=pgettext_lazy("list", "Đại biểu"),
    rows=_rows,
    allows=may_begin("draft", HALL),
    denied=NO_RIGHT,
    placed=lambda delegate: (
        delegate.conference.unit_id,
        day_of(delegate.conference.starts_at),
    ),
    columns=(
        Column("name", _("Họ và tên"), sort="name", links=True, under=_under),
        Column("office", _("Chức vụ, nơi công tác"), on_page=False),
        Column("contact", _("Điện thoại hoặc thư điện tử"), on_page=False),
        Column("point", _("Điểm cầu"), _point),
        Column("entitled", _("Được biểu quyết"), on_page=False),
        state_column(sort="state", tag=lambda line: TAGS.get(line.row.state, "")),
        Column("letter", _("Thư mời"), lambda line: LetterState(line.row.letter).label),
        Column("made_at", _("Mời lúc"), sort="made_at", on_page=False, in_files=False),
    ),
    filters={
        "conference": OfConference(
            "conference",
            label=_("Của hội nghị"),
            min_value=1,
            max_value=LARGEST_KEY,
            widget=forms.HiddenInput,
        ),
        "q": Matching(label=_("Tìm theo tên, chức vụ"), is_of_names=True),
        "state": Choice(DelegateState.choices, _("Trạng thái"), "state"),
        "point": AtPoint(),
        "entitled": Choice(
            (("1", _("có")), ("0", _("không"))),
            _("Được biểu quyết"),
            conditions={
                "1": lambda rows: rows.filter(entitled=True),
                "0": lambda rows: rows.filter(entitled=False),
            },
        ),
        "letter": Choice(LetterState.choices, _("Thư mời"), "letter"),
    },
    in_body=("q",),
    lacks={
        "unit": "all delegates of the page belong to one conference; its bridge points narrow it",
        "since": "all delegates of the page belong to one conference, which has one day",
        "last": "all delegates of the page belong to one conference, which has one day",
    },
    sorted_by="-made_at",
    files_sorted_by="name",
    file_name="dai-bieu",
    empty=_("Không có đại biểu nào."),
    advice=_("Mời từng người, nhập từ tệp, hoặc mời theo chức trách."),
)

# The choices of the list that also say whom to invite and whose sheets to print.
CHOICES = ("point", "state", "entitled", "letter")

DELEGATES = Section(
    one="delegate",
    listing=LISTING,
    parent=Parent(
        route="conferences/<int:pk>/",
        filter="conference",
        key=lambda delegate: delegate.conference_id,
        find=_conference,
        context=_page_of,
    ),
    template="conference/delegates.html",
    is_secret=True,
)
