"""The acts on a decision beside its own vote: of the whole commune, and after the result."""

from django.utils.translation import gettext_lazy as _

from danchu.decision import actions
from danchu.decision.lives import DECISION, RECOGNITION, State
from danchu.decision.sections import scope_form as forms
from danchu.subjects.forms import DayForm
from danchu.subjects.sections import Act
from danchu.subjects.waiting import Wait

COMMUNE_ACTS = (
    Act(
        "open_villages",
        _("Giao cho các thôn, tổ dân phố quyết định"),
        actions.open_villages,
        forms.OpenVillagesForm,
    ),
    Act("close_villages", _("Tổng hợp kết quả của các thôn"), actions.close_villages),
    Act("add_villages", _("Cập nhật thôn đã nhập, chia"), actions.add_villages),
    Act("set_day", _("Ấn định ngày có hiệu lực"), actions.set_day, forms.SetDayForm),
)
FOLLOWING_ACTS = (
    Act("copy_plan", _("Ghi đã gửi kế hoạch phát phiếu lên xã"), actions.copy_plan, DayForm),
    Act("ask_again", _("Yêu cầu làm lại"), actions.ask_again, forms.AskAgainForm),
    Act("redo", _("Đưa ra lại"), actions.redo_decision, DayForm),
    Act(
        "report",
        _("Ghi đã báo cáo tại hội nghị thôn cuối năm"),
        actions.report_execution,
        DayForm,
    ),
)
WAITS = (
    Wait("close_villages", (State.VILLAGES,), "confirm", RECOGNITION),
    Wait(
        "set_day",
        (State.PASSED,),
        "confirm",
        RECOGNITION,
        only={"proposer": "commune", "unit__level": "commune"},
    ),
    Wait("redo", (State.AGAIN,), "draft", DECISION),
)
