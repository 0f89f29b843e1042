"""Villages and residential groups at the desk: the list, a new one, its page, its acts."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.bodies.lives import (
    STATE_WORDS,
    VILLAGE,
    VILLAGE_LIFE,
    commune_of,
    state_today,
)
from danchu.bodies.sections.lasting import DAYS_AND_STATE, state_choice
from danchu.bodies.sections.village_form import (
    CloseVillageForm,
    DivideVillageForm,
    MergeVillagesForm,
    RenameVillageForm,
    VillageForm,
    neighbours,
)
from danchu.kernel.days import today
from danchu.subjects.filters import Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.scoped import within
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.units.actions import (
    close_village,
    divide_village,
    merge_villages,
    open_village,
    rename_village,
)
from danchu.units.history import history_of
from danchu.units.kinds import UnitKind
from danchu.units.models import Standing, Unit
from danchu.units.names import name_of, names_on


def has_name(words):
    """The condition that a name of the village, present or past, contains the words."""
    names = Standing.objects.filter(search__contains=words)
    return Q(pk__in=names.values("unit"))


def _rows(actor):
    rows = Unit.objects.filter(level="village")
    return within(rows, actor.scope("view", VILLAGE), place="pk")


def day_shown(village):
    """The day whose names a page of the village shows: today, its first day or its last."""
    day = today()
    if village.until is not None and village.until <= day:
        return village.until - timedelta(days=1)
    return max(village.since, day)


def _beside(villages):
    """{pk: its name, kind, code and the name of its commune on the day that is shown}"""
    more = {}
    for village in villages:
        day = day_shown(village)
        names = names_on(day)
        name = names[village.pk]
        above = names[name.parent_id].name if name.parent_id else ""
        more[village.pk] = {"name": name, "commune": above}
    return more


def facts(village, actor):
    """The context of the page of a village."""
    commune = commune_of(village)
    return {
        "history": history_of(village),
        "commune": name_of(commune, day_shown(village)) if commune else "",
    }


def merge(village, *, by, others, name, kind, on, decree):
    """Merge the village with the chosen ones."""
    return merge_villages([village, *others], by=by, name=name, kind=kind, on=on, decree=decree)


def _create(*, by, unit, **values):
    return open_village(unit, by=by, **values)


LISTING = Listing(
    name="villages",
    title=_("Thôn, tổ dân phố"),
    rows=_rows,
    placed=lambda village: (village.pk, day_shown(village)),
    columns=(
        Column(
            "name",
            _("Tên"),
            lambda line: line.where,
            links=True,
            under=lambda line: line.more["commune"],
        ),
        Column("kind", _("Loại"), lambda line: UnitKind(line.more["name"].kind).label),
        Column("code", _("Mã"), lambda line: line.more["name"].code),
        *DAYS_AND_STATE,
        Column("commune", _("Thuộc"), lambda line: line.more["commune"], on_page=False),
    ),
    filters={
        "unit": Place("pk"),
        "state": state_choice(),
        "since": Since("since"),
        "last": Last("since"),
        "q": Words(also=has_name, label=_("Tên")),
    },
    more=_beside,
    lacks={"sorts": "the name of a village is in another table, one for each span of days"},
    file_name="thon-to-dan-pho",
    empty=_("Chưa có thôn, tổ dân phố nào."),
    advice=_("Không có danh mục chung của cả nước: mỗi xã, phường ghi thôn, tổ dân phố của mình."),
)

VILLAGES = Section(
    one="village",
    listing=LISTING,
    key="pk",
    life=VILLAGE_LIFE,
    above=("desk_bodies", _("Cơ quan, tổ chức")),
    links=(Link("desk_villages_sheet_upload", _("Nhập từ tệp"), may_begin("reorganise", VILLAGE)),),
    record=Record(
        template="bodies/village.html",
        rows=_rows,
        title=lambda village: name_of(village, day_shown(village)),
        state=lambda village: STATE_WORDS[state_today(village)],
        facts=facts,
    ),
    new=New(
        title=_("Thôn, tổ dân phố mới"),
        word=_("Lập thôn, tổ dân phố"),
        form=VillageForm,
        create=_create,
        allows=may_begin("reorganise", VILLAGE),
        denied=_("Chức trách của ông/bà không lập thôn, tổ dân phố."),
        carries=("unit", "kind", "since", "decision", "decided_on"),
    ),
    acts=(
        Act("rename", _("Đổi tên"), rename_village, RenameVillageForm),
        Act(
            "merge",
            _("Nhập với thôn, tổ dân phố khác"),
            merge,
            MergeVillagesForm,
            offered=lambda village: bool(neighbours(village)),
            warns=_("Các nơi này kết thúc; số liệu của chúng được tính ở nơi mới."),
        ),
        Act(
            "divide",
            _("Chia thành nhiều thôn, tổ dân phố"),
            divide_village,
            DivideVillageForm,
            warns=_("Số liệu cũ không chia cho các nơi mới; tổng ở xã, phường không đổi."),
        ),
        Act("close", _("Kết thúc"), close_village, CloseVillageForm),
    ),
)
