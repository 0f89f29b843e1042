"""What the acts by which a petition is resolved change: extension, dialogue, decision, suspension.
Functions as in `rules.changes`.
"""

from django.utils.translation import gettext as _

from danchu.casework.natures import Complexity, Nature, Stage, Verdict
from danchu.casework.rules.clocks import suspension_rule
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, paragraphs
from danchu.law.book import book

ORDER = list(Complexity)
# The share of second complaints that need a dialogue before they are decided: 1, all of them.
SECOND_DIALOGUE = "complaint.second_dialogue"


def extend(petition, on, values):
    """Extend the time limit by the next complexity: once for a complaint, twice for a denunciation,
    each time by its own decision (Law 25/2018 art. 30.2 and 30.3).
    """
    complexity = values.get("complexity") or ""
    next_complexity = next_of(petition)
    if next_complexity is None:
        raise Refused(_("Đã gia hạn đến mức cao nhất: không gia hạn được nữa."), "complexity")
    if complexity != next_complexity:
        raise Refused(
            _("Mỗi quyết định chỉ gia hạn một lần: hãy chọn “%s”.") % next_complexity.label,
            "complexity",
        )
    required_text(values)
    return {"complexity": complexity}


def next_of(petition):
    """The complexity to which the next extension takes the petition; None after the last one."""
    order = ORDER if petition.nature == Nature.DENUNCIATION else ORDER[:2]
    place = order.index(Complexity(petition.complexity)) + 1
    return order[place] if place < len(order) else None


def next_choices(petition):
    """[(value, word)] of the complexity that an extension may choose; empty after the last one."""
    complexity = next_of(petition)
    return [(complexity.value, complexity.label)] if complexity else []


def invite(petition, on, values):
    """Invite to a dialogue on a day, not before the invitation."""
    day = values.get("dialogue_on")
    if day is None or day < on:
        raise Refused(_("Hãy ghi ngày đối thoại, từ ngày mời trở đi."), "dialogue_on")
    return {"dialogue_on": day}


def hold_dialogue(petition, on, values):
    """Write down the dialogue that was held on the day."""
    required_text(values)
    return {"dialogue_on": on}


def decide(petition, on, values):
    """The verdict and the text of the decision; on a second complaint after its dialogue."""
    if values.get("verdict") not in Verdict.values:
        raise Refused(_("Hãy chọn kết luận: đúng, đúng một phần hoặc sai."), "verdict")
    if _lacks_dialogue(petition, on):
        rule = book().rule(SECOND_DIALOGUE, on)
        raise Refused(
            _(
                "Khiếu nại lần hai phải đối thoại trước khi có quyết định (%s). Hãy mời và "
                "ghi biên bản đối thoại; người khiếu nại vắng mặt thì biên bản nêu rõ."
            )
            % rule.source
        )
    return {"verdict": values["verdict"], "answer_text": required_text(values), "resolved_on": on}


def suspend(petition, on, values):
    """Suspend the proceedings, with the reason; not on a day whose law had no suspension."""
    if not book().is_in_force(suspension_rule(petition), on):
        raise Refused(
            _("Chỉ tạm đình chỉ từ khi luật cho phép: vào ngày %s đơn loại này chưa được.")
            % show_day(on),
            "on",
        )
    required_text(values)
    return {"suspended_on": on}


def resume(petition, on, values):
    """Resume the proceedings; the days of suspension are added up."""
    return {
        "suspended_on": None,
        "suspended_days": petition.suspended_days + (on - petition.suspended_on).days,
    }


def _lacks_dialogue(petition, on):
    """Whether the law of the day asks for a dialogue that was not held: at the second stage of
    every complaint (Law 02/2011 art. 39), at the first only where views still differ (art. 30).
    """
    if petition.nature != Nature.COMPLAINT or petition.stage != Stage.SECOND:
        return False
    if not book().is_in_force(SECOND_DIALOGUE, on):
        return False
    return not petition.steps.filter(act="hold_dialogue").exists()


def required_text(values):
    """The text of the act; Refused on "text" when empty."""
    if not clean(values.get("text") or ""):
        raise Refused(_("Hãy ghi nội dung."), "text")
    return paragraphs(values["text"])
