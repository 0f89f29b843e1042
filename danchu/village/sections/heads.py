"""Heads of villages at the desk: the list, one who serves already, the page, the acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.subjects.fields import CountField, DayField
from danchu.subjects.forms import DayForm
from danchu.subjects.listing import Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.verbs import DISCUSS
from danchu.village import actions
from danchu.village.lives import HEAD_LIFE, OFFICE, head_state
from danchu.village.models import VillageHead
from danchu.village.models.heads import LONGEST_NAME, Ground
from danchu.village.sections.shared import HEAD_COLUMNS, HEADS_TITLE, NO_NAMES, head_filters
from danchu.village.sections.village_form import VillageForm, village_field
from danchu.village.writes.owing import owed_by


class HeadForm(VillageForm):
    """A head who was recognised outside this system, or an interim one."""

    kind = OFFICE
    day = "since"
    unit = village_field("since")
    name = forms.CharField(label=_("Họ và tên"), max_length=LONGEST_NAME)
    since = DayField(label=_("Từ ngày"))
    document = forms.CharField(label=_("Số văn bản công nhận hoặc chỉ định"), max_length=60)
    is_interim = forms.BooleanField(label=_("Lâm thời"), required=False)
    term_until = DayField(
        label=_("Nhiệm kỳ đến trước ngày"),
        required=False,
        help_text=_("Người lâm thời: để trống là hết thời hạn luật cho."),
    )


class ReleaseForm(DayForm):
    on = DayField(label=_("Ngày xin, đề nghị, kiến nghị"))
    ground = forms.ChoiceField(label=_("Vì sao"), choices=Ground.choices)
    asking = CountField(
        label=_("Số hộ kiến nghị"), help_text=_("Chỉ khi các hộ gia đình kiến nghị.")
    )


class DecideForm(DayForm):
    wide = ("reason",)
    document = forms.CharField(label=_("Số văn bản"), max_length=60)
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class VacateForm(DayForm):
    wide = ("reason",)
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        help_text=_("Chết, chuyển đi, bị kết án; không công khai."),
    )


def _rows(actor):
    return VillageHead.objects.viewed_by(actor)


def _facts(head, actor):
    """The context of the page of a head at the desk."""
    releases = head.releases.select_related("decision").order_by("-pk")
    return {"releases": list(releases), "owed": list(owed_by(head))}


def _saved(head):
    return _("Đã ghi: %s.") % head_state(head).label


def _state(head):
    return head_state(head).label


LISTING = Listing(
    name="village-heads",
    title=HEADS_TITLE,
    rows=_rows,
    placed=lambda head: (head.unit_id, head.since),
    columns=HEAD_COLUMNS,
    filters=head_filters(),
    file_name="truong-thon",
    empty=_("Chưa ghi trưởng thôn, tổ trưởng nào."),
    advice=_("Người được bầu và công nhận tự vào đây; người đang làm từ trước thì ghi thêm."),
    lacks={"q": NO_NAMES},
)

HEADS = Section(
    one="village_head",
    verb=DISCUSS,
    listing=LISTING,
    life=HEAD_LIFE,
    links=(Link("desk_head_elections", _("Bầu trưởng thôn, tổ trưởng")),),
    record=Record(
        template="village/head.html",
        rows=_rows,
        title=lambda head: head.name,
        state=_state,
        facts=_facts,
    ),
    new=New(
        title=_("Trưởng thôn, tổ trưởng đang làm, lâm thời"),
        word=_("Ghi người đang làm, lâm thời"),
        form=HeadForm,
        create=actions.enter_head,
        allows=may_begin("draft", OFFICE),
        denied=_("Chức trách của ông/bà không ghi trưởng thôn, tổ trưởng."),
        saved=_saved,
    ),
    acts=(
        Act(
            "ask_release",
            _("Đưa việc cho thôi ra các hộ"),
            actions.ask_release,
            ReleaseForm,
            saved=lambda decision: _("Đã đưa ra: %s.") % decision.title,
        ),
        Act(
            "decide_release",
            _("Ủy ban nhân dân quyết định cho thôi"),
            actions.decide_release,
            DecideForm,
            saved=_saved,
        ),
        Act("vacate", _("Ghi khuyết trưởng thôn"), actions.vacate_head, VacateForm, saved=_saved),
    ),
)
