"""The minutes of a vote with the fields of article 20.2 of Law 10/2022: what is not known yet is
to be filled in by hand, what did not come to pass is left out.
"""

from django.utils import translation

from danchu.decision.models import Step
from danchu.decision.models.decisions import OUTCOMES
from danchu.decision.models.votes import Way
from danchu.decision.online_codes import masked
from danchu.decision.online_file import FEWEST_NAMED, are_alike, participants
from danchu.decision.papers.shared import (
    DOTS,
    FRONT_SIGNS,
    HEAD_SIGNS,
    HOUSEHOLDS_SIGN,
    fact,
    form_words,
    matter_lines,
)
from danchu.decision.rules.outcomes import agreed_online, judged
from danchu.kernel.days import show_day
from danchu.law.decision import Form, Outcome
from danchu.papers.official import Line, Table

# Outcomes of a vote that did not come to a count of votes.
UNVOTED = (Outcome.TOO_FEW_PRESENT, Outcome.FORM_NOT_AGREED)


def minutes(decision, vote, with_names):
    roll = {True: (vote.households, vote.unrepresented, vote.attending), False: (DOTS,) * 3}
    households, unrepresented, attending = roll[vote.frozen_at is not None]
    lines = [
        *matter_lines(decision),
        fact("Hình thức", form_words(vote)),
        fact("Ngày", show_day(vote.until or vote.planned_on)),
        fact("Tổng số hộ", households),
        fact("Số hộ không có người đại diện", unrepresented),
    ]
    if vote.is_meeting:
        lines += [
            fact("Số đại diện hộ dự họp", attending),
            fact("Chủ trì", vote.chair or DOTS),
            *_procedure(vote),
        ]
    elif vote.form == Form.ONLINE:
        lines += _online(vote, with_names)
    else:
        lines += _numbers(vote, {"Phát ra": "issued", "Thu về": "returned"})
    lines += [*_votes(vote), *_conclusion(decision, vote)]
    signers = (HEAD_SIGNS, FRONT_SIGNS, HOUSEHOLDS_SIGN)
    return lines, signers, "Biên bản\n" + form_words(vote), vote.until or vote.planned_on


def _procedure(vote):
    """What those who attend a meeting chose; nothing where too few came to choose."""
    if vote.secretary:
        way = {Way.HANDS.value: "giơ tay", Way.SECRET.value: "bỏ phiếu kín"}.get(vote.way, DOTS)
        return [
            fact("Thư ký", f"{vote.secretary} ({vote.secretary_yes} người tán thành)"),
            fact("Cách biểu quyết", f"{way} ({vote.way_yes} người tán thành)"),
        ]
    if vote.outcome:
        return []
    return [
        fact(name, f"{DOTS} ({DOTS} người tán thành)") for name in ("Thư ký", "Cách biểu quyết")
    ]


def _votes(vote):
    """The votes; nothing where it did not come to a vote."""
    if vote.outcome in UNVOTED:
        return []
    counts = {
        "Tán thành": "yes",
        "Không tán thành": "no",
        "Ý kiến khác": "other",
        "Phiếu trắng": "blank",
    }
    if vote.form == Form.BALLOT:
        counts |= {
            "Không đọc được": "unreadable",
            "Chọn hai lần": "double",
            "Không phải phiếu của lần này": "foreign",
            "Nộp muộn": "late",
        }
    return [
        fact("Ban kiểm phiếu, tổ phát phiếu", "; ".join(vote.team.splitlines()) or DOTS),
        fact("Hộ chứng kiến", "; ".join(vote.witnesses.splitlines()) or DOTS),
        *_numbers(vote, counts),
    ]


def _numbers(vote, counts):
    """The lines of {word: field}, to be filled in by hand until they were counted."""
    return [
        fact(word, getattr(vote, field) if vote.outcome else DOTS) for word, field in counts.items()
    ]


def _online(vote, with_names):
    """What the minutes of a vote on line say besides (Decree 59/2023 article 5): start, end, how
    many took part, and who.
    """
    polls = {poll.step: poll for poll in vote.polls.all()}
    lines = [
        fact("Bắt đầu", show_day(vote.planned_on)),
        fact("Kết thúc", show_day(vote.until)),
        fact("Số hộ đồng ý dùng biểu quyết trực tuyến", agreed_online(vote)),
    ]
    matter = polls.get(Step.MATTER)
    if matter is None:
        return lines
    rows = tuple(
        (f"Hộ số {number}", name if with_names else masked(name))
        for number, name in participants(matter)
    )
    lines.append(fact("Số hộ tham gia", matter.cast))
    counts = (matter.yes, matter.no, matter.other)
    if matter.cast < FEWEST_NAMED or not with_names and are_alike(counts):
        return lines
    return [*lines, Table("Danh sách hộ tham gia", ("Hộ", "Người đại diện"), rows)]


def _conclusion(decision, vote):
    if not vote.outcome:
        return []
    with translation.override("vi"):
        return [
            fact("Kết quả", dict(OUTCOMES)[vote.outcome]),
            Line.of(judged(decision, vote).why),
        ]
