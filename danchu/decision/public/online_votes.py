"""A poll on line: a household votes and looks at its choice while it is open; afterwards everybody
reads the numbers, downloads the file, and finds a receipt in it.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.decision.models import OnlinePoll
from danchu.decision.online_codes import household_meant
from danchu.decision.online_file import has_receipt, masked_participants
from danchu.decision.writes.choices import (
    LONGEST_OPINION,
    NO,
    OTHER,
    YES,
    standing_choice,
    write_choice,
)
from danchu.kernel.codes import plain_letters
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.kernel.text import clean
from danchu.subjects.sections import Record, Reply, Unlisted
from danchu.subjects.texts import check_length

CHOICES = {"yes": YES, "no": NO, "other": OTHER}
CHOICE_WORDS = {
    YES: gettext_lazy("Đồng ý"),
    NO: gettext_lazy("Không đồng ý"),
    OTHER: gettext_lazy("Ý kiến khác"),
}
_RECEIPT = str.maketrans("OIL", "011")


def reply(poll, typed):
    """Vote, look at the choice that stands, or look for a receipt in the file. Denied where the
    four things that name a household do not fit together.
    """
    act = typed.get("act", "")
    if act == "find":
        code = plain_letters(typed.get("receipt", "")).translate(_RECEIPT)
        return Reply({"looked_for": code, "in_file": bool(code) and has_receipt(poll, code)})
    if act not in ("vote", "look"):
        raise Refused(_("Hãy chọn trong danh sách."))
    entry = household_meant(
        poll,
        *(typed.get(name, "")[:200] for name in ("number", "secret", "name", "address")),
    )
    if entry is None:
        raise Denied(
            _("Số hộ, mã trên thẻ, họ tên và địa chỉ thường trú phải khớp với danh sách hộ.")
        )
    if act == "look":
        if not _is_open(poll):
            raise Refused(_("Đã hết thời gian biểu quyết. Nay không ai xem được phiếu của ai."))
        choice = standing_choice(poll, entry)
        word = CHOICE_WORDS[choice] if choice is not None else _("chưa biểu quyết")
        return Reply({"standing": word})
    choice = CHOICES.get(typed.get("choice", ""))
    if choice is None:
        raise Refused(_("Hãy chọn: đồng ý, không đồng ý hoặc ý kiến khác."))
    opinion = clean(typed.get("opinion", "")) if choice == OTHER else ""
    check_length(opinion, "opinion", LONGEST_OPINION)
    return Reply({"receipt": write_choice(poll, entry, choice, opinion)})


def _is_open(poll):
    return poll.closed_at is None and today() <= poll.until


def _facts(poll, actor):
    """The context of the page of a poll."""
    return {
        "open": _is_open(poll),
        "people": masked_participants(poll, (poll.yes, poll.no, poll.other))
        if poll.content
        else [],
        "longest": LONGEST_OPINION,
        "choices": [(name, CHOICE_WORDS[place]) for name, place in CHOICES.items()],
    }


def _rows(actor):
    return OnlinePoll.objects.public().select_related("vote__decision")


def _state(poll):
    if poll.closed_at:
        return _("Đã có kết quả") if poll.content else _("Đã dừng, không kiểm phiếu")
    return _("Đang nhận phiếu") if _is_open(poll) else _("Hết hạn, chờ kiểm phiếu")


PUBLIC_ONLINE_VOTES = Unlisted(
    one="online_vote",
    folder="online-votes",
    record=Record(
        template="decision/public_online_vote.html",
        rows=_rows,
        title=lambda poll: f"{poll.get_step_display()}: {poll.vote.decision.title}",
        state=_state,
        facts=_facts,
        reply=reply,
    ),
    placed=lambda poll: (poll.vote.unit_id, poll.vote.planned_on),
    above=("decisions", gettext_lazy("Việc Nhân dân quyết định")),
)
