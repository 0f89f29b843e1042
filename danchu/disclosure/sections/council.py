"""Reports to the People's Council, at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import actions
from danchu.disclosure.actions.council import LONGEST
from danchu.disclosure.lives import COUNCIL_LIFE, DISCLOSURE, CouncilState
from danchu.disclosure.models import CouncilReport
from danchu.kernel.days import show_day, today
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.fields import DayField
from danchu.subjects.filters import Choice, Last, Place, Since
from danchu.subjects.forms import DayForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Record, Section
from danchu.subjects.verbs import KNOW
from danchu.subjects.waiting import Wait


class SendForm(DayForm):
    """To which session, when, and the copy to the Front."""

    session = forms.CharField(
        label=_("Kỳ họp của Hội đồng nhân dân"),
        max_length=LONGEST,
        help_text=_("Ví dụ: kỳ họp thứ 5, khóa I."),
    )
    document = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=LONGEST)
    copied_on = DayField(label=_("Ngày gửi Mặt trận"))

    def prepare(self):
        super().prepare()
        self.initial["copied_on"] = show_day(today())


def _rows(actor):
    return CouncilReport.objects.viewed_by(actor).select_related("obligation")


LISTING = Listing(
    name="council-reports",
    title=_("Báo cáo gửi Hội đồng nhân dân"),
    rows=_rows,
    placed=lambda report: (report.unit_id, report.since),
    columns=(
        Column("since", _("Từ ngày"), sort="since"),
        Column("title", _("Báo cáo"), links=True, under=lambda line: line.where),
        Column(
            "due_on",
            _("Hạn"),
            lambda line: line.row.obligation and line.row.obligation.due_on,
            is_due=True,
        ),
        state_column(),
        PLACE,
        Column("sent_on", _("Ngày gửi"), sort="sent_on"),
        Column("copied_on", _("Ngày gửi Mặt trận"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "state": Choice(CouncilState.choices, _("Trạng thái"), "state"),
        "since": Since("since"),
        "last": Last("since"),
    },
    lacks={"q": "each is called by its place and days"},
    file_name="bao-cao-hdnd",
    empty=_("Chưa có báo cáo nào."),
    advice=_("Báo cáo tự viết khi hết kỳ (31/5 và 30/11), từ các hồ sơ đã ghi."),
)

COUNCIL_REPORTS = Section(
    one="council_report",
    verb=KNOW,
    listing=LISTING,
    life=COUNCIL_LIFE,
    above=("desk_disclosures", _("Nội dung công khai")),
    record=Record(
        template="disclosure/council_report.html",
        rows=_rows,
        facts=lambda report, actor: {"lines": report.text.splitlines()},
    ),
    acts=(Act("send", _("Ghi đã gửi"), actions.send_council_report, SendForm),),
    waits=(Wait("send", (CouncilState.OWED,), "draft", DISCLOSURE),),
)
