"""What each act changes of a petition: functions (petition, day, values entered) → {column: value}.

They are Refused by field where the act is not possible so; they write nothing.
"""

from django.utils.translation import gettext as _

from danchu.casework.natures import Fault, Nature, Stage, stage_for
from danchu.casework.rules.resolving import (
    decide,
    extend,
    hold_dialogue,
    invite,
    required_text,
    resume,
    suspend,
)
from danchu.casework.rules.timebars import time_bar
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.subjects.texts import line_of

MOST_PEOPLE = 1_000_000


def classify(petition, on, values):
    """Whether it is eligible and within competence, or its fault; corrected nature, stage, number
    of people and matter. Denunciations neither begin nor end here: their sender is sealed.
    """
    eligible = values.get("eligible")
    competent = values.get("competent")
    fault = values.get("fault") or ""
    if not isinstance(eligible, bool):
        raise Refused(_("Hãy chọn đơn có đủ điều kiện xử lý hay không."), "eligible")
    if not eligible and fault not in Fault.values:
        raise Refused(_("Hãy chọn vì sao đơn không đủ điều kiện."), "fault")
    if eligible and not isinstance(competent, bool):
        raise Refused(_("Hãy chọn đơn có thuộc thẩm quyền hay không."), "competent")
    if eligible and not petition.is_named and petition.nature != Nature.FEEDBACK:
        raise Refused(
            _(
                "Đơn không ghi họ tên, địa chỉ người gửi nên không đủ điều kiện xử lý. "
                "Tố cáo có chứng cứ rõ thì dùng để thanh tra, kiểm tra."
            ),
            "eligible",
        )
    nature = values.get("nature") or petition.nature
    stage = values.get("stage") or petition.stage
    people = values.get("people", petition.people)
    if nature != petition.nature and Nature.DENUNCIATION in (nature, petition.nature):
        raise Refused(
            _(
                "Đơn tố cáo phải niêm phong danh tính: hãy dùng “Xác định là tố cáo”, "
                "hoặc tách đơn."
            ),
            "nature",
        )
    if nature not in Nature.values or stage not in Stage.values:
        raise Refused(_("Hãy chọn loại đơn trong danh sách."), "nature")
    if isinstance(people, bool) or not isinstance(people, int) or not 1 <= people <= MOST_PEOPLE:
        raise Refused(_("Số người phải là số nguyên từ 1."), "people")
    return {
        "eligible": eligible,
        "fault": "" if eligible else fault,
        "competent": competent if eligible else None,
        "nature": nature,
        "stage": stage_for(nature, stage),
        "people": people,
        "matter": values.get("matter") or petition.matter,
        "is_remote": bool(values.get("is_remote", petition.is_remote)),
        "several_places": bool(values.get("several_places", petition.several_places)),
    }


def accept(petition, on, values):
    """Accept an eligible petition within competence; after the time bar only with a reason."""
    if not (petition.eligible and petition.competent):
        raise Refused(
            _(
                "Chỉ thụ lý đơn đủ điều kiện và thuộc thẩm quyền. Hãy phân loại lại, "
                "hoặc hướng dẫn, chuyển, trả lại, lưu đơn."
            )
        )
    bar = time_bar(petition)
    if (
        bar is not None
        and petition.received_on > bar.due_on
        and not clean(values.get("text") or "")
    ):
        raise Refused(
            _(
                "Đã hết thời hiệu. %s Vẫn thụ lý thì ghi lý do chính đáng của người "
                "khiếu nại; không thì từ chối hoặc phân loại lại."
            )
            % bar.why,
            "text",
        )
    return {"accepted_on": on, "processed_on": on}


def refuse(petition, on, values):
    """Refuse to accept, with the reason; not where another body is competent."""
    if petition.eligible and not petition.competent:
        raise Refused(
            _(
                "Đơn không thuộc thẩm quyền thì không từ chối: hãy hướng dẫn, chuyển, "
                "đôn đốc hoặc trả lại."
            )
        )
    required_text(values)
    return {"processed_on": on}


def guide(petition, on, values):
    """Name the competent body (guide, forward, urge); not where it must be accepted here."""
    if petition.eligible and petition.competent:
        raise Refused(_("Đơn đủ điều kiện và thuộc thẩm quyền: phải thụ lý hoặc từ chối có lý do."))
    return {"processed_on": on, "elsewhere": _elsewhere(values)}


def send_back(petition, on, values):
    """Return the petition to its sender, with the reason; not where it is within competence."""
    if petition.competent:
        raise Refused(
            _("Đơn thuộc thẩm quyền thì không trả lại. Hãy thụ lý hoặc từ chối có lý do.")
        )
    required_text(values)
    return {"processed_on": on}


def keep_on_file(petition, on, values):
    """File a petition that is not eligible, without an answer."""
    if petition.eligible is not False:
        raise Refused(_("Chỉ lưu đơn không đủ điều kiện xử lý. Hãy phân loại lại."))
    return {"processed_on": on}


def use(petition, on, values):
    """Use an anonymous denunciation with clear evidence for an inspection (Law 25/2018 art. 25)."""
    if petition.eligible is not False or petition.fault not in (
        Fault.ANONYMOUS,
        Fault.IMPERSONATED,
    ):
        raise Refused(
            _(
                "Chỉ đơn tố cáo không rõ hoặc mạo danh người tố cáo mà có chứng cứ rõ "
                "mới dùng để thanh tra, kiểm tra. Đơn khác hãy thụ lý, chuyển hoặc lưu."
            )
        )
    required_text(values)
    return {
        "processed_on": on,
        "elsewhere": line_of(values.get("elsewhere") or "", "elsewhere", 200),
    }


def reply(petition, on, values):
    """Write down the reply of the body to which it was forwarded."""
    required_text(values)
    return {"replied_on": on}


def answer(petition, on, values):
    """The text of the answer; whether it solved the matter is open again."""
    return {"answer_text": required_text(values), "resolved_on": on, "is_solved": None}


def publish(petition, on, values):
    """The public title and text of a decision on a second complaint or a denunciation."""
    if petition.nature == Nature.COMPLAINT and petition.stage == Stage.FIRST:
        raise Refused(
            _("Chỉ quyết định giải quyết khiếu nại lần hai và kết luận tố cáo phải công khai.")
        )
    title = clean(values.get("shown_title") or petition.title)
    if len(title) > 180:
        raise Refused(_("Hãy ghi tóm tắt, không quá %s ký tự.") % 180, "shown_title")
    return {"shown_title": title, "shown_text": required_text(values)}


def close(petition, on, values):
    """End the petition; the decision on a second complaint must be published before."""
    if (
        petition.nature == Nature.COMPLAINT
        and petition.stage != Stage.FIRST
        and petition.state != "published"
    ):
        raise Refused(
            _("Quyết định giải quyết khiếu nại lần hai phải được công khai trước khi kết thúc.")
        )
    return {"is_solved": values.get("is_solved", petition.is_solved)}


def reopen(petition, on, values):
    """Reopen feedback that was not solved: its answer and its result are cleared."""
    required_text(values)
    return {
        "resolved_on": None,
        "is_solved": False,
        "reopened": petition.reopened + 1,
        "answer_text": "",
    }


def with_reason(petition, on, values):
    """No column changes; the act needs a text."""
    required_text(values)
    return {}


def no_change(petition, on, values):
    """No column changes."""
    return {}


CHANGES = {
    "classify": classify,
    "accept": accept,
    "refuse": refuse,
    "guide": guide,
    "forward": guide,
    "urge": guide,
    "return": send_back,
    "file": keep_on_file,
    "use": use,
    "reply": reply,
    "notify": no_change,
    "verify": no_change,
    "extend": extend,
    "invite": invite,
    "hold_dialogue": hold_dialogue,
    "decide": decide,
    "send": no_change,
    "publish": publish,
    "answer": answer,
    "close": close,
    "reopen": reopen,
    "suspend": suspend,
    "resume": resume,
    "stop": with_reason,
    "withdraw": with_reason,
    "retract": with_reason,
}


def _elsewhere(values):
    """The name of the competent body; Refused on "elsewhere" when empty or too long."""
    body_name = clean(values.get("elsewhere") or "")
    if not body_name or len(body_name) > 200:
        raise Refused(_("Hãy ghi cơ quan có thẩm quyền, không quá 200 ký tự."), "elsewhere")
    return body_name
