"""What each step changes of a petition, as plain functions: (petition, day, what was given) → the
fields that change.

They refuse by field what cannot be; they write nothing.
"""

from django.utils.translation import gettext as _

from danchu.casework.natures import Complexity, Fault, Nature, Stage, Verdict
from danchu.casework.rules.timebars import time_bar
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean

MOST_PEOPLE = 1_000_000
ORDER = list(Complexity.values)


def classify(it, on, given):
    eligible = given.get("eligible")
    competent = given.get("competent")
    fault = given.get("fault") or ""
    if not isinstance(eligible, bool):
        raise Refused(_("Hãy chọn đơn có đủ điều kiện xử lý hay không."), "eligible")
    if not eligible and fault not in Fault.values:
        raise Refused(_("Hãy chọn vì sao đơn không đủ điều kiện."), "fault")
    if eligible and not isinstance(competent, bool):
        raise Refused(_("Hãy chọn đơn có thuộc thẩm quyền hay không."), "competent")
    if eligible and not it.is_named and it.nature != Nature.FEEDBACK:
        raise Refused(
            _(
                "Đơn không ghi họ tên, địa chỉ người gửi nên không đủ điều kiện xử lý. "
                "Tố cáo có chứng cứ rõ thì dùng để thanh tra, kiểm tra."
            ),
            "eligible",
        )
    nature = given.get("nature") or it.nature
    stage = given.get("stage") or it.stage
    people = given.get("people", it.people)
    if nature != it.nature and Nature.DENUNCIATION in (nature, it.nature):
        raise Refused(
            _(
                "Đơn tố cáo phải niêm phong danh tính: hãy dùng “Chuyển thành tố cáo”, "
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
        "stage": stage,
        "people": people,
        "matter": given.get("matter") or it.matter,
        "is_remote": bool(given.get("is_remote", it.is_remote)),
        "several_places": bool(given.get("several_places", it.several_places)),
    }


def accept(it, on, given):
    if not (it.eligible and it.competent):
        raise Refused(
            _(
                "Chỉ thụ lý đơn đủ điều kiện và thuộc thẩm quyền. Hãy phân loại lại, "
                "hoặc hướng dẫn, chuyển, trả lại, lưu đơn."
            )
        )
    bar = time_bar(it)
    if bar is not None and it.received_on > bar.due_on and not clean(given.get("text") or ""):
        raise Refused(
            _(
                "Đã hết thời hiệu. %s Vẫn thụ lý thì ghi lý do chính đáng của người "
                "khiếu nại; không thì từ chối hoặc phân loại lại."
            )
            % bar.why,
            "text",
        )
    return {"accepted_on": on, "processed_on": on}


def refuse(it, on, given):
    if it.eligible and not it.competent:
        raise Refused(
            _(
                "Đơn không thuộc thẩm quyền thì không từ chối: hãy hướng dẫn, chuyển, "
                "đôn đốc hoặc trả lại."
            )
        )
    _said(given)
    return {"processed_on": on}


def guide(it, on, given):
    if it.eligible and it.competent:
        raise Refused(_("Đơn đủ điều kiện và thuộc thẩm quyền: phải thụ lý hoặc từ chối có lý do."))
    return {"processed_on": on, "elsewhere": _elsewhere(given)}


def send_back(it, on, given):
    if it.competent:
        raise Refused(
            _("Đơn thuộc thẩm quyền thì không trả lại. Hãy thụ lý hoặc từ chối có lý do.")
        )
    _said(given)
    return {"processed_on": on}


def keep_on_file(it, on, given):
    if it.eligible is not False:
        raise Refused(_("Chỉ lưu đơn không đủ điều kiện xử lý. Hãy phân loại lại."))
    return {"processed_on": on}


def use(it, on, given):
    if it.eligible is not False or it.fault not in (Fault.ANONYMOUS, Fault.IMPERSONATED):
        raise Refused(
            _(
                "Chỉ đơn tố cáo không rõ hoặc mạo danh người tố cáo mà có chứng cứ rõ "
                "mới dùng để thanh tra, kiểm tra. Đơn khác hãy thụ lý, chuyển hoặc lưu."
            )
        )
    _said(given)
    return {"processed_on": on, "elsewhere": clean(given.get("elsewhere") or "")[:200]}


def reply(it, on, given):
    _said(given)
    return {"replied_on": on}


def extend(it, on, given):
    wanted = given.get("complexity") or ""
    allowed = ORDER if it.nature == Nature.DENUNCIATION else ORDER[:2]
    if wanted not in allowed or ORDER.index(wanted) <= ORDER.index(it.complexity):
        raise Refused(_("Hãy chọn mức phức tạp cao hơn mức hiện nay."), "complexity")
    _said(given)
    return {"complexity": wanted}


def invite(it, on, given):
    day = given.get("dialogue_on")
    if day is None or day < on:
        raise Refused(_("Hãy ghi ngày đối thoại, từ ngày mời trở đi."), "dialogue_on")
    return {"dialogue_on": day}


def hold_dialogue(it, on, given):
    _said(given)
    return {"dialogue_on": on}


def decide(it, on, given):
    if given.get("verdict") not in Verdict.values:
        raise Refused(_("Hãy chọn kết luận: đúng, đúng một phần hoặc sai."), "verdict")
    return {"verdict": given["verdict"], "answer_text": _said(given), "resolved_on": on}


def answer(it, on, given):
    return {"answer_text": _said(given), "resolved_on": on, "is_solved": None}


def publish(it, on, given):
    if it.nature == Nature.COMPLAINT and it.stage == Stage.FIRST:
        raise Refused(
            _("Chỉ quyết định giải quyết khiếu nại lần hai và kết luận tố cáo phải công khai.")
        )
    title = clean(given.get("shown_title") or it.title)
    if len(title) > 180:
        raise Refused(_("Hãy ghi tóm tắt, không quá %s ký tự.") % 180, "shown_title")
    return {"shown_title": title, "shown_text": _said(given)}


def close(it, on, given):
    if it.nature == Nature.COMPLAINT and it.stage != Stage.FIRST and it.state != "published":
        raise Refused(
            _("Quyết định giải quyết khiếu nại lần hai phải được công khai trước khi kết thúc.")
        )
    return {"is_solved": given.get("is_solved", it.is_solved)}


def reopen(it, on, given):
    _said(given)
    return {"resolved_on": None, "is_solved": False, "reopened": it.reopened + 1, "answer_text": ""}


def suspend(it, on, given):
    _said(given)
    return {"suspended_on": on}


def resume(it, on, given):
    return {"suspended_on": None, "suspended_days": it.suspended_days + (on - it.suspended_on).days}


def with_reason(it, on, given):
    _said(given)
    return {}


def nothing(it, on, given):
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
    "notify": nothing,
    "verify": nothing,
    "extend": extend,
    "invite": invite,
    "hold_dialogue": hold_dialogue,
    "decide": decide,
    "send": nothing,
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


def _said(given):
    if not clean(given.get("text") or ""):
        raise Refused(_("Hãy ghi nội dung."), "text")
    return str(given["text"]).strip()


def _elsewhere(given):
    named = clean(given.get("elsewhere") or "")
    if not named or len(named) > 200:
        raise Refused(_("Hãy ghi cơ quan có thẩm quyền, không quá 200 ký tự."), "elsewhere")
    return named
