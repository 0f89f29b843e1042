"""The places where a commune discloses, at the desk."""

from uuid import uuid4

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import actions
from danchu.disclosure.actions.places import LONGEST_NAME
from danchu.disclosure.lives import DISCLOSURE, PLACE_LIFE, PlaceKind, PlaceState, place_state
from danchu.disclosure.models import PostingPlace
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.fields import DayField, unit_at
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import DayForm, RecordForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.places import UnitField
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import KNOW
from danchu.units.names import name_of

STATES = {"used": Q(until=None), "closed": Q(until__isnull=False)}


class PlaceForm(RecordForm):
    """One place of a commune."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="since")
    kind = forms.ChoiceField(label=_("Loại"), choices=PlaceKind.choices)
    name = forms.CharField(label=_("Tên nơi công khai"), max_length=LONGEST_NAME)
    since = DayField(label=_("Dùng từ ngày"))
    village = UnitField(
        label=_("Thôn, tổ dân phố"),
        required=False,
        day_field="since",
        level="village",
        help_text=_("Với nhà văn hóa, điểm sinh hoạt, trưởng thôn."),
    )

    def prepare(self):
        self.scope = self.actor.scope("draft", DISCLOSURE)
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "since": show_day(today()),
        }

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("since")
        if day and cleaned.get("unit"):
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        if day:
            text = cleaned.get("village")
            cleaned["village"] = (
                self.check(unit_at, text, day, self.scope, "village") if text else None
            )
        return cleaned


class CloseForm(DayForm):
    on = DayField(label=_("Ngày đầu tiên không còn dùng"))


def _rows(actor):
    return PostingPlace.objects.viewed_by(actor)


def _village(line):
    place = line.row
    return name_of(place.village_id, place.since) if place.village_id else ""


LISTING = Listing(
    name="posting-places",
    title=_("Nơi công khai"),
    rows=_rows,
    placed=lambda place: (place.unit_id, place.since),
    columns=(
        Column("since", _("Dùng từ ngày"), sort="since"),
        Column("name", _("Nơi công khai"), sort="name", links=True, under=lambda line: line.where),
        Column("kind", _("Loại"), lambda line: line.row.get_kind_display()),
        Column("village", _("Thôn, tổ dân phố"), _village),
        state_column(lambda line: place_state(line.row).label),
        PLACE,
        Column("until", _("Đến trước ngày"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "kind": Choice(PlaceKind.choices, _("Loại"), "kind"),
        "state": Choice(PlaceState.choices, _("Trạng thái"), conditions=STATES),
        "since": Since("since"),
        "last": Last("since"),
        "q": Words("name"),
    },
    file_name="noi-cong-khai",
    empty=_("Chưa có nơi nào."),
    advice=_(
        "Trụ sở, nhà văn hóa, điểm sinh hoạt, loa, trang điện tử, trưởng thôn: mỗi nơi một dòng. "
        "Nội dung phải công khai ở đâu được tính từ đây."
    ),
)

PLACES = Section(
    one="posting_place",
    verb=KNOW,
    listing=LISTING,
    life=PLACE_LIFE,
    above=("desk_disclosures", _("Nội dung công khai")),
    record=Record(
        template="disclosure/place.html",
        rows=_rows,
        title=lambda place: place.name,
        state=lambda place: place_state(place).label,
        facts=lambda place, actor: {
            "village": name_of(place.village_id, place.since) if place.village_id else "",
            "hanging": list(
                place.postings.filter(until=None).select_related("content").order_by("since", "pk")
            ),
        },
    ),
    new=New(
        title=_("Nơi công khai mới"),
        word=_("Ghi nơi công khai"),
        form=PlaceForm,
        create=actions.open_place,
        allows=may_begin("draft", DISCLOSURE),
        denied=_("Chức trách của ông/bà không ghi nơi công khai."),
    ),
    acts=(Act("close", _("Thôi dùng"), actions.close_place, CloseForm),),
)
