"""What each act on a petition asks for in its form, and how what was typed is read."""

from django.utils.translation import gettext_lazy as _

from danchu.casework import actions
from danchu.casework.input.signers import listed_signers, typed_signers
from danchu.casework.models import Matter
from danchu.casework.natures import Complexity, Fault, Nature, Stage, Verdict
from danchu.casework.queries.answer_texts import offered_at
from danchu.casework.words import STEP_WORDS
from danchu.desk.act_forms import Asked
from danchu.kernel.days import parse_day
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.subjects.fields import unit_at

ON = Asked("on", _("Ngày"), "day")
REASON = Asked("text", _("Lý do, người gửi đọc được"), "text")
SAID = Asked("text", _("Nội dung, người gửi đọc được"), "text")
YES_NO = (("", "–"), ("yes", _("Có")), ("no", _("Không")))
ELSEWHERE = Asked("elsewhere", _("Cơ quan có thẩm quyền"))


def _matters():
    return [
        (matter.key, local_name(matter))
        for matter in Matter.objects.filter(is_open=True).order_by("pk")
    ]


FIELDS = {
    "classify": (
        ON,
        Asked("nature", _("Loại đơn"), "choice", Nature.choices),
        Asked("matter", _("Về việc gì"), "choice", _matters),
        Asked("stage", _("Lần"), "choice", Stage.choices),
        Asked("people", _("Số người"), "number"),
        Asked("eligible", _("Đủ điều kiện xử lý"), "choice", YES_NO),
        Asked("fault", _("Vì sao không đủ điều kiện"), "choice", (("", "–"), *Fault.choices)),
        Asked("competent", _("Thuộc thẩm quyền"), "choice", YES_NO),
    ),
    "accept": (ON, SAID),
    "refuse": (ON, REASON),
    "guide": (ON, ELSEWHERE, SAID),
    "forward": (ON, ELSEWHERE, SAID),
    "urge": (ON, ELSEWHERE, SAID),
    "return": (ON, REASON),
    "file": (ON, REASON),
    "use": (ON, Asked("elsewhere", _("Cơ quan thanh tra, kiểm tra")), REASON),
    "reply": (ON, SAID),
    "notify": (ON,),
    "verify": (ON,),
    "extend": (ON, Asked("complexity", _("Mức phức tạp"), "choice", Complexity.choices), REASON),
    "invite": (ON, Asked("dialogue_on", _("Ngày đối thoại"), "day"), SAID),
    "hold_dialogue": (ON, SAID),
    "decide": (ON, Asked("verdict", _("Kết luận"), "choice", (("", "–"), *Verdict.choices)), SAID),
    "send": (ON,),
    "publish": (
        ON,
        Asked("shown_title", _("Tóm tắt sẽ công khai")),
        Asked("text", _("Nội dung công khai, không nêu người tố cáo"), "text"),
    ),
    "answer": (ON, SAID),
    "close": (ON,),
    "reopen": (ON, REASON),
    "suspend": (ON, REASON),
    "resume": (ON,),
    "stop": (ON, REASON),
    "withdraw": (ON, REASON),
    "retract": (ON, REASON),
    "hand_over": (ON, Asked("to", _("Chuyển đến đơn vị")), SAID),
    "split": (
        Asked("nature", _("Loại đơn"), "choice", Nature.choices),
        Asked("matter", _("Về việc gì"), "choice", _matters),
        Asked("title", _("Tóm tắt")),
        Asked("content", _("Nội dung"), "text"),
        Asked("rest_title", _("Khi tách phần tố cáo: tóm tắt phần còn lại")),
        Asked(
            "rest_content",
            _("Khi tách phần tố cáo: nội dung phần còn lại, không nêu việc tố cáo"),
            "text",
        ),
    ),
    "signers": (
        Asked("signers", _("Mỗi dòng một người: họ tên; địa chỉ"), "text"),
        Asked("signers_file", _("Hoặc danh sách CSV, XLSX"), "file"),
        Asked("people", _("Tổng số người ký"), "number"),
    ),
    "turn": (
        Asked("title", _("Tóm tắt, không nêu người tố cáo")),
        Asked("content", _("Nội dung, không nêu người tố cáo"), "text"),
    ),
    "show": (
        Asked("title", _("Tóm tắt sẽ công khai")),
        Asked("text", _("Nội dung sẽ công khai, không nêu tên ai; để trống để gỡ"), "text"),
    ),
    "claim": (),
    "release": (),
}
WORDS = {
    **STEP_WORDS,
    "hand_over": _("Chuyển đến đơn vị dùng hệ thống này"),
    "split": _("Tách đơn"),
    "signers": _("Thêm người cùng ký"),
    "turn": _("Xác định là tố cáo, niêm phong danh tính"),
    "show": _("Công khai nội dung"),
    "claim": _("Nhận xử lý"),
    "release": _("Thôi nhận xử lý"),
}


def do_act(act, petition, by, typed, files=None):
    """Do the act with what was typed and the files that came; (petition to show next, secret or
    "").
    """
    if act in ("claim", "release"):
        done = {
            "claim": lambda: actions.claim_petition(
                petition, by=by, take_over=bool(typed.get("take_over"))
            ),
            "release": lambda: actions.release_petition(petition, by=by),
        }[act]()
        return done, ""
    given = {asked.name: _read(asked, typed.get(asked.name, "")) for asked in FIELDS[act]}
    if act == "signers":
        listed = (files or {}).get("signers_file")
        persons = typed_signers(given["signers"]) + (
            listed_signers(listed, listed.name) if listed else []
        )
        return actions.add_signers(petition, by=by, persons=persons, people=given["people"])[0], ""
    if act == "split":
        return actions.split_petition(petition, by=by, **given)
    if act == "turn":
        return actions.turn_into_denunciation(petition, by=by, **given), ""
    if act == "show":
        return actions.show_petition(petition, by=by, **given), ""
    if act == "hand_over":
        return actions.hand_over_petition(
            petition, by=by, **{**given, "to": _unit(given["to"], given["on"])}
        ), ""
    return actions.take_step(petition, act, by=by, **given), ""


def _read(asked, text):
    if asked.kind == "day":
        return parse_day(text)
    if asked.kind == "number":
        return parse_count(text) if text.strip() else 1
    if asked.choices is YES_NO:
        return {"yes": True, "no": False}.get(text)
    if asked.name == "matter":
        found = Matter.objects.filter(key=text).first()
        if found is None:
            raise Refused(_("Hãy chọn về việc gì."), "matter")
        return found
    return text


def _unit(text, day):
    try:
        return unit_at(text, day, None)
    except Refused as refusal:
        raise Refused(refusal.message, "to") from None


def forms_of(acts, petition, typed, today):
    """[(act, word, [(Asked, value, choices)], [texts to begin from])] of the acts offered; what
    was typed in the one that was refused stays.
    """
    texts = offered_at(petition.unit_id)
    told_now = {
        "nature": petition.nature,
        "matter": petition.matter_id,
        "stage": petition.stage,
        "people": str(petition.people),
        "on": today,
        "fault": petition.fault,
        "eligible": _yes_no(petition.eligible),
        "competent": _yes_no(petition.competent),
        "complexity": petition.complexity,
    }
    return [
        (
            act,
            WORDS[act],
            [
                (
                    asked,
                    typed.get(asked.name, "")
                    if typed.get("act") == act
                    else _told(act, asked, petition, told_now),
                    asked.choices() if callable(asked.choices) else asked.choices,
                )
                for asked in FIELDS[act]
            ],
            [text for text in texts if text.fits(petition, act)],
        )
        for act in acts
    ]


def left_over(acts, typed):
    """(word of the act, [(label, text)]) of what was typed for an act that is offered no more,
    to be copied from; None where nothing is lost.
    """
    act = typed.get("act", "")
    if act in acts or act not in FIELDS:
        return None
    kept = [
        (asked.label, typed[asked.name])
        for asked in FIELDS[act]
        if asked.kind in ("text", "line") and typed.get(asked.name, "").strip()
    ]
    return (WORDS[act], kept) if kept else None


def _told(act, asked, petition, told_now):
    if act == "show":
        return {"title": petition.shown_title or petition.title, "text": petition.shown_text}[
            asked.name
        ]
    return (
        told_now.get(asked.name, "") if act in ("classify", "extend") or asked.name == "on" else ""
    )


def _yes_no(value):
    return {True: "yes", False: "no"}.get(value, "")
