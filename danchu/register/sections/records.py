"""The section of events at the desk: its list, with keyset paging for a million rows.

The page of one event belongs to the desk, because rooms above the register add to it.
"""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.words import local_name
from danchu.register.kinds import KINDS
from danchu.register.lives import EVENT_LIFE
from danchu.register.models import NUMBERS, Event
from danchu.register.querysets import State
from danchu.register.words import NUMBER_WORDS, STATE_WORDS
from danchu.subjects.filters import Choice, Last, Matching, Place, Since
from danchu.subjects.listing import Column, Listing
from danchu.subjects.scoped import within
from danchu.subjects.sections import Link, New, Section
from danchu.subjects.waiting import Wait
from danchu.units.models import Standing

MOST_COUNTED = 1000
MOST_FOUND = 100  # by words: each title has to be read
LARGEST_KEY = 10**18 - 1


class AtMyUnits(django_filters.Filter):
    """Events of the units where the actor may draft events of the chosen kind."""

    field_class = forms.CharField

    def filter(self, qs, value):
        if not value:
            return qs
        kind = self.parent.form.cleaned_data.get("kind") or "*"
        return within(qs, self.parent.actor.scope("draft", kind))


class Batch(django_filters.Filter):
    """Events of one import, by the number of its batch."""

    field_class = forms.IntegerField


def kind_words():
    """[(key, name in the reader's language)] of the kinds."""
    return [(key, local_name(kind)) for key, kind in KINDS.items()]


def count_limit(query):
    """How many matching rows are counted at most; `query` are the list's filters."""
    return MOST_FOUND if query.get("q", "").strip() else MOST_COUNTED


def unit_codes(events):
    """{event id: {"code": code of its unit on its day}}"""
    by_unit = {}
    standings = Standing.objects.filter(unit__in={event.unit_id for event in events})
    for standing in standings:
        by_unit.setdefault(standing.unit_id, []).append(standing)
    return {event.pk: {"code": _code(by_unit.get(event.unit_id, ()), event)} for event in events}


def _code(standings, event):
    for standing in standings:
        ended = standing.until is not None and standing.until <= event.held_on
        if standing.since <= event.held_on and not ended:
            return standing.code
    return ""


def _number(name):
    return Column(name, NUMBER_WORDS[name], lambda line: getattr(line.row, name), on_page=False)


LISTING = Listing(
    name="records",
    title=_("Sổ việc"),
    rows=lambda actor: Event.objects.visible_to(actor),
    placed=lambda event: (event.unit_id, event.held_on),
    more=unit_codes,
    columns=(
        Column("held_on", _("Ngày"), sort="held_on"),
        Column(
            "title", _("Nội dung"), links=True, under=lambda line: local_name(KINDS[line.row.kind])
        ),
        Column("place", _("Nơi"), lambda line: line.where),
        Column("reference", _("Số hiệu")),
        Column(
            "state_name",
            _("Trạng thái"),
            lambda line: STATE_WORDS[line.row.state],
            is_state=True,
            tag=lambda line: line.row.state,
            in_files=False,
        ),
        Column("recorded_at", _("Ngày ghi"), sort="id"),
        Column("kind", _("Loại việc"), on_page=False),
        Column("form", _("Hình thức"), on_page=False),
        Column("code", _("Mã đơn vị"), lambda line: line.more["code"], on_page=False),
        Column("state", _("Trạng thái"), on_page=False),
        *(_number(name) for name in NUMBERS),
    ),
    filters={
        "q": Matching(label=_("Tìm trong nội dung, số hiệu")),
        "kind": Choice(kind_words, _("Loại việc"), "kind"),
        "state": Choice(list(STATE_WORDS.items()), _("Trạng thái"), "state"),
        "unit": Place(),
        "since": Since("held_on"),
        "last": Last("held_on"),
        "mine": AtMyUnits(label=_("Nơi tôi ghi việc"), widget=forms.HiddenInput),
        "batch": Batch(
            "batch",
            label=_("Lần nhập tệp"),
            min_value=1,
            max_value=LARGEST_KEY,
            widget=forms.HiddenInput,
        ),
    },
    count_to=count_limit,
    file_name="so-viec",
    empty=_("Không có việc nào khớp."),
    advice=_("Hãy bỏ bớt điều kiện lọc."),
)

RECORDS = Section(
    one="record",
    listing=LISTING,
    life=EVENT_LIFE,
    waits=tuple(
        Wait("confirm", (State.DRAFT,), "confirm", kind, only={"kind": kind}) for kind in KINDS
    ),
    new=New(
        title=_("Ghi việc mới"),
        word=_("Ghi việc mới"),
        allows=lambda actor: True,
        denied="",
        address="desk_new",
        offline=True,
    ),
    links=(Link("desk_exports", _("Tệp xuất")),),
)
