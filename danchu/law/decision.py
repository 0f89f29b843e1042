"""Decisions of the households of a village or commune: the outcome of a vote under the thresholds
in force on its day, with the reason.

The denominator is all households of the village, never only those present (Law 10/2022/QH15 article
21). Pure functions of the counts and of `rules`, which returns the rule of a key:
`partial(book().rule, day=day)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _
from danchu.law.book import book
from danchu.law.rule import Rule
from danchu.law.thresholds import Judgement, check_part, explain_judgement, judge

# Keys of the rules.
CONTRIBUTION = "threshold.contribution"
GENERAL = "threshold.general"
VILLAGES = "threshold.villages"
ONLINE_FORM = "threshold.online"
# The matters of article 15.
FIRST_ITEM = 1
LAST_ITEM = 6


class Form(StrEnum):
    """How the households voted."""

    MEETING = "meeting"
    BALLOT = "household_ballot"
    ONLINE = "online_vote"


class Outcome(StrEnum):
    """The outcome of a vote."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    TOO_FEW_PRESENT = "insufficient_attendance"
    FORM_NOT_AGREED = "form_not_agreed"


class Next(StrEnum):
    """What the law allows or requires after an outcome."""

    SEND = "send"
    RECOGNISED_BY_COMMITTEE = "recognised_by_committee"
    RECOGNISED_BY_FRONT = "recognised_by_front"
    BALLOT = "household_ballot"
    MEETING_OR_BALLOT = "meeting_or_ballot"
    NEW_PROPOSAL = "new_proposal"
    COMMITTEE_CONSIDERS = "committee_considers"
    COMMITTEE_SETS_DAY = "committee_sets_day"
    NOTHING = ""


@dataclass(frozen=True)
class Vote:
    """The counts of a vote in a village on one of the six matters of article 15, in households.
    `agreed` are those who agreed to vote online.

    `after_meeting`: a meeting was held before, and too few were present. `by_commune`: the matter
    concerns the whole commune.
    """

    item: int
    households: int
    yes: int = 0
    attending: int | None = None
    form: str = Form.MEETING
    agreed: int | None = None
    after_meeting: bool = False
    by_commune: bool = False


@dataclass(frozen=True)
class Decision:
    """The outcome, the next step, the thresholds that were compared (the deciding one last) and
    the reason in sentences.
    """

    outcome: Outcome
    next: Next
    steps: tuple[Judgement, ...]
    why: str


Rules = Callable[[str], Rule]


def decide(vote: Vote, rules: Rules) -> Decision:
    """The Decision of a village on a matter. Refused, on the field, where the law does not allow
    the form of the vote or the counts are impossible.
    """
    _check_counts(vote)
    _check_form(vote, rules)
    rule = rules(CONTRIBUTION if is_listed(vote.item, "contribution", rules) else GENERAL)
    if vote.form == Form.ONLINE:
        agreement = judge(
            _required_count(vote.agreed, "agreed"), vote.households, rules(ONLINE_FORM)
        )
        if not agreement.passed:
            return _decision(Outcome.FORM_NOT_AGREED, Next.MEETING_OR_BALLOT, [agreement])
        return _by_votes(vote, rules, rule, [agreement])
    if vote.form == Form.MEETING:
        attendance = judge(_required_count(vote.attending, "attending"), vote.households, rule)
        if not attendance.passed:
            return _decision(Outcome.TOO_FEW_PRESENT, Next.BALLOT, [attendance])
    return _by_votes(vote, rules, rule, [])


def decide_on(day: date, vote: Vote) -> Decision:
    """The Decision under the law in force on the day. Refused as `decide`."""
    return decide(vote, partial(book().rule, day=day))


def decide_commune(item: int, villages: int, agreed: int, rules: Rules) -> Decision:
    """The Decision on a matter of the whole commune from the number of its villages that agreed,
    each under its own threshold. Refused, on "item", for a matter that only villages decide.
    """
    if not is_listed(item, "commune", rules):
        raise Refused(
            _("Việc số %s chỉ do từng thôn, tổ dân phố quyết định, không lấy theo toàn xã.") % item,
            "item",
        )
    judgement = judge(agreed, villages, rules(VILLAGES))
    if judgement.passed:
        return _decision(Outcome.PASSED, Next.COMMITTEE_SETS_DAY, [judgement])
    return _decision(Outcome.NOT_PASSED, Next.NOTHING, [judgement])


def outcome_words(outcome: Outcome) -> str:
    """An outcome in the reader's language."""
    return {
        Outcome.PASSED: _("Được thông qua."),
        Outcome.NOT_PASSED: _("Không được thông qua."),
        Outcome.TOO_FEW_PRESENT: _("Cuộc họp không đủ người dự để có thể thông qua."),
        Outcome.FORM_NOT_AGREED: _("Cộng đồng chưa đồng ý dùng biểu quyết trực tuyến."),
    }[outcome]


def next_words(next_step: Next) -> str:
    """The next step in the reader's language; "" where the law names none."""
    return {
        Next.SEND: _(
            "Gửi quyết định tới Ủy ban nhân dân và Ủy ban Mặt trận Tổ quốc cấp xã; có "
            "hiệu lực từ ngày biểu quyết."
        ),
        Next.RECOGNISED_BY_COMMITTEE: _(
            "Ủy ban nhân dân cấp xã công nhận; có hiệu lực từ ngày công nhận."
        ),
        Next.RECOGNISED_BY_FRONT: _(
            "Ủy ban Mặt trận Tổ quốc cấp xã công nhận; có hiệu lực từ ngày công nhận."
        ),
        Next.BALLOT: _("Được phát phiếu lấy ý kiến hộ gia đình."),
        Next.MEETING_OR_BALLOT: _("Họp hoặc phát phiếu lấy ý kiến hộ gia đình."),
        Next.NEW_PROPOSAL: _("Muốn làm tiếp thì phải đề xuất lại."),
        Next.COMMITTEE_CONSIDERS: _("Ủy ban nhân dân cấp xã xem xét việc bầu lại."),
        Next.COMMITTEE_SETS_DAY: _(
            "Ủy ban nhân dân cấp xã tổng hợp kết quả của các thôn và ấn định ngày có hiệu lực."
        ),
        Next.NOTHING: "",
    }[next_step]


def _by_votes(vote: Vote, rules: Rules, rule: Rule, steps: Sequence[Judgement]) -> Decision:
    """The Decision from the votes in favour; `steps` are the thresholds that were met before."""
    judgement = judge(vote.yes, vote.households, rule)
    if judgement.passed:
        return _decision(Outcome.PASSED, _after_passing(vote, rules), [*steps, judgement])
    next_step = (
        Next.COMMITTEE_CONSIDERS if is_listed(vote.item, "election", rules) else Next.NEW_PROPOSAL
    )
    return _decision(Outcome.NOT_PASSED, next_step, [*steps, judgement])


def _after_passing(vote: Vote, rules: Rules) -> Next:
    """The step after a vote in favour. On a matter of the whole commune the People's Committee sets
    the day from which it is in force (article 21.2 paragraph 2).
    """
    if vote.by_commune:
        return Next.COMMITTEE_SETS_DAY
    if is_listed(vote.item, "committee", rules):
        return Next.RECOGNISED_BY_COMMITTEE
    return Next.RECOGNISED_BY_FRONT if is_listed(vote.item, "front", rules) else Next.SEND


def is_listed(item: int, which: str, rules: Rules) -> bool:
    """Whether the rule `decision.items.<which>` lists the matter; False where no such rule was in
    force on the day.
    """
    try:
        items = rules(f"decision.items.{which}").value
    except Refused:
        items = ()
    return isinstance(items, tuple) and item in items


def _with_source(sentence: str, key: str, rules: Rules) -> str:
    """The sentence with the article of the rule in brackets at its %s; without it where no such
    rule was in force on the day, so that a refusal never fails for its own text.
    """
    try:
        return sentence % f" ({rules(key).source})"
    except Refused:
        return sentence % ""


def _decision(outcome: Outcome, next_step: Next, steps: Sequence[Judgement]) -> Decision:
    # Nobody has agreed yet: those who came are compared with those who must agree.
    is_attendance = outcome == Outcome.TOO_FEW_PRESENT
    name = _("Số hộ dự họp, so với số hộ phải tán thành") if is_attendance else ""
    reasons = [explain_judgement(step, name) for step in steps]
    sentences = [outcome_words(outcome), *reasons, next_words(next_step)]
    why = " ".join(sentence for sentence in sentences if sentence)
    return Decision(outcome, next_step, tuple(steps), why)


def _required_count(number: int | None, field: str) -> int:
    """A count that the form of the vote requires. Refused where it is missing."""
    if number is not None:
        return number
    if field == "attending":
        raise Refused(_("Hãy ghi số đại diện hộ dự họp."), field)
    raise Refused(_("Hãy ghi số đại diện hộ đồng ý dùng biểu quyết trực tuyến."), field)


def _check_counts(vote: Vote) -> None:
    if vote.item not in range(FIRST_ITEM, LAST_ITEM + 1):
        raise Refused(_("Điều 15 chỉ có các việc từ số 1 đến số 6."), "item")
    if vote.form not in set(Form):
        raise Refused(_("Hình thức phải là họp, phát phiếu hoặc biểu quyết trực tuyến."), "form")
    if vote.form == Form.ONLINE:
        _required_count(vote.agreed, "agreed")
    if vote.form == Form.MEETING:
        check_part(vote.yes, _required_count(vote.attending, "attending"), "yes")
    else:
        check_part(vote.yes, vote.households, "yes")


def _check_form(vote: Vote, rules: Rules) -> None:
    if vote.by_commune and not is_listed(vote.item, "commune", rules):
        raise Refused(
            _("Việc số %s chỉ do từng thôn, tổ dân phố quyết định, không lấy theo toàn xã.")
            % vote.item,
            "item",
        )
    if vote.form == Form.ONLINE and (vote.by_commune or not is_listed(vote.item, "online", rules)):
        raise Refused(
            _with_source(
                _("Việc này không được biểu quyết trực tuyến%s. Hãy họp hoặc phát phiếu."),
                "decision.items.online",
                rules,
            ),
            "form",
        )
    if vote.form == Form.BALLOT and not (
        vote.after_meeting or vote.by_commune or is_listed(vote.item, "ballot", rules)
    ):
        raise Refused(
            _with_source(
                _(
                    "Chỉ được phát phiếu sau khi đã họp mà không đủ người dự%s. Hãy tổ "
                    "chức họp trước."
                ),
                "decision.items.ballot",
                rules,
            ),
            "form",
        )
