"""Whether the people have decided: votes of households against the thresholds in force on the day,
with the reason.

The denominator is all households of the village, never those who came (Law 10/2022/QH15 article
21). Pure functions of the counts and of `rules`, which gives the rule of a key:
`partial(book().rule, day=day)`. Whole numbers only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _
from danchu.law.book import book
from danchu.law.rule import SHARE, Rule, unit_words

CONTRIBUTION, GENERAL, VILLAGES, ONLINE_FORM = (
    "threshold.contribution",
    "threshold.general",
    "threshold.villages",
    "threshold.online",
)
FIRST_ITEM, LAST_ITEM = 1, 6


class Form(StrEnum):
    MEETING, BALLOT, ONLINE = "meeting", "household_ballot", "online_vote"


class Outcome(StrEnum):
    PASSED, NOT_PASSED = "passed", "not_passed"
    FEW_CAME, FORM_NOT_AGREED = "insufficient_attendance", "form_not_agreed"


class Next(StrEnum):
    """What the law opens or asks for after an outcome."""

    SEND, RECOGNISED_BY_COMMITTEE, RECOGNISED_BY_FRONT = (
        "send",
        "recognised_by_committee",
        "recognised_by_front",
    )
    BALLOT, MEETING_OR_BALLOT, NEW_PROPOSAL, COMMITTEE_CONSIDERS, COMMITTEE_SETS_DAY, NOTHING = (
        "household_ballot",
        "meeting_or_ballot",
        "new_proposal",
        "committee_considers",
        "committee_sets_day",
        "",
    )


@dataclass(frozen=True)
class Judged:
    """`part` of `whole` held against a threshold; `needed` is the smallest part that reaches it."""

    rule: Rule
    part: int
    whole: int
    needed: int
    passed: bool


@dataclass(frozen=True)
class Vote:
    """What was counted in a village on one of the six matters of article 15. `agreed`: households
    for voting online at all.

    `after_meeting`: a meeting was held to which too few came. `by_commune`: the matter is the whole
    commune's.
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
    """The outcome, what comes next, the thresholds it was held against (the deciding one last)
    and the sentences that say why.
    """

    outcome: Outcome
    next: Next
    steps: tuple[Judged, ...]
    why: str


Rules = Callable[[str], Rule]


def threshold(key, day):
    """The threshold of this key in force on the day; Refused where the rule is none."""
    return _threshold(book().rule(key, day))


def judge(part, whole, rule):
    """`part` of `whole` (all households, all villages, those present: whatever the rule is a
    share of) against the rule.
    """
    _threshold(rule)
    for number, name in ((part, "part"), (whole, "whole")):
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise Refused(_("Hãy ghi số nguyên từ 0 trở lên."), name)
    if rule.unit == SHARE and part > whole:
        raise Refused(
            _("%(part)s không thể lớn hơn tổng số %(whole)s. Hãy kiểm tra lại.")
            % {"part": part, "whole": whole},
            "part",
        )
    if rule.unit == SHARE and whole == 0:
        raise Refused(_("Tổng số phải lớn hơn 0."), "whole")
    return Judged(rule, part, whole, needed(rule, whole), rule.met_by(part, whole))


def needed(rule, whole):
    """The smallest number that reaches the threshold (of "at_most" the largest that keeps it),
    without fractions.
    """
    over, under = (
        rule.value.numerator * (whole if rule.unit == SHARE else 1),
        rule.value.denominator,
    )
    if rule.sense == "at_least":
        return -(-over // under)
    return over // under + (rule.sense == "more_than")


def decide(vote, rules: Rules):
    """The Decision of a village on a matter; Refused where the law does not allow the form, or
    the counts cannot be.
    """
    _refuse_impossible(vote)
    _refuse_form(vote, rules)
    rule = rules(CONTRIBUTION if _among(vote.item, "contribution", rules) else GENERAL)
    if vote.form == Form.ONLINE:
        form = judge(vote.agreed, vote.households, rules(ONLINE_FORM))
        if not form.passed:
            return _told(Outcome.FORM_NOT_AGREED, Next.MEETING_OR_BALLOT, [form])
        return _voted(vote, rules, rule, [form])
    if vote.form == Form.MEETING:
        came = judge(vote.attending, vote.households, rule)
        if not came.passed:
            return _told(Outcome.FEW_CAME, Next.BALLOT, [came])
    return _voted(vote, rules, rule, [])


def decide_on(day, vote):
    """The Decision by the law in force on the day."""
    return decide(vote, partial(book().rule, day=day))


def decide_commune(item, villages, agreed, rules: Rules):
    """The second level of a matter of the whole commune: how many of its villages have agreed,
    each by its own threshold.
    """
    if not _among(item, "commune", rules):
        raise Refused(
            _("Việc số %s chỉ do từng thôn, tổ dân phố quyết định, không lấy theo toàn xã.") % item,
            "item",
        )
    found = judge(agreed, villages, rules(VILLAGES))
    if found.passed:
        return _told(Outcome.PASSED, Next.COMMITTEE_SETS_DAY, [found])
    return _told(Outcome.NOT_PASSED, Next.NOTHING, [found])


def why_judged(found):
    """One sentence with the integers compared and the article."""
    rule, over, under = found.rule, found.rule.value.numerator, found.rule.value.denominator
    part, whole, needed, mine, its = map(
        show_number, (found.part, found.whole, found.needed, under * found.part, over * found.whole)
    )
    named = {
        "name": rule.name,
        "part": part,
        "whole": whole,
        "needed": needed,
        "value": unit_words(rule),
        "source": rule.source,
    }
    signs = {"at_least": ("≥", "<"), "more_than": (">", "≤"), "at_most": ("≤", ">")}[rule.sense]
    if rule.unit != SHARE:
        return _("%(name)s: %(part)s %(sign)s %(value)s (%(source)s).") % {
            **named,
            "sign": signs[not found.passed],
        }
    sums = f"{under} × {part} = {mine} {signs[not found.passed]} {over} × {whole} = {its}"
    sentences = {
        "at_least": _(
            "%(name)s: %(part)s trên tổng số %(whole)s, cần ít nhất %(needed)s "
            "(%(value)s); %(sums)s (%(source)s)."
        ),
        "more_than": _(
            "%(name)s: %(part)s trên tổng số %(whole)s, cần ít nhất %(needed)s (quá "
            "%(value)s); %(sums)s (%(source)s)."
        ),
        "at_most": _(
            "%(name)s: %(part)s trên tổng số %(whole)s, nhiều nhất %(needed)s "
            "(%(value)s); %(sums)s (%(source)s)."
        ),
    }
    return sentences[rule.sense] % {**named, "sums": sums}


def outcome_words(outcome):
    """An outcome in words."""
    return {
        Outcome.PASSED: _("Được thông qua."),
        Outcome.NOT_PASSED: _("Không được thông qua."),
        Outcome.FEW_CAME: _("Cuộc họp không đủ người dự để có thể thông qua."),
        Outcome.FORM_NOT_AGREED: _("Cộng đồng chưa đồng ý dùng biểu quyết trực tuyến."),
    }[outcome]


def next_words(following):
    """What comes next, in words; "" where the law names nothing."""
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
        Next.COMMITTEE_SETS_DAY: _("Ủy ban nhân dân cấp xã ấn định ngày có hiệu lực."),
        Next.NOTHING: "",
    }[following]


def _voted(vote, rules, rule, steps):
    found = judge(vote.yes, vote.households, rule)
    if found.passed:
        return _told(Outcome.PASSED, _recognised(vote.item, rules), [*steps, found])
    following = (
        Next.COMMITTEE_CONSIDERS if _among(vote.item, "election", rules) else Next.NEW_PROPOSAL
    )
    return _told(Outcome.NOT_PASSED, following, [*steps, found])


def _recognised(item, rules):
    if _among(item, "committee", rules):
        return Next.RECOGNISED_BY_COMMITTEE
    return Next.RECOGNISED_BY_FRONT if _among(item, "front", rules) else Next.SEND


def _among(item, which, rules):
    """Whether the matter is among those a rule lists; not where the law had no such rule on the
    day.
    """
    try:
        return item in rules(f"decision.items.{which}").value
    except Refused:
        return False


def _told(outcome, following, steps):
    said = [outcome_words(outcome), *map(why_judged, steps), next_words(following)]
    return Decision(outcome, following, tuple(steps), " ".join(part for part in said if part))


def _refuse_impossible(vote):
    if vote.item not in range(FIRST_ITEM, LAST_ITEM + 1):
        raise Refused(_("Điều 15 chỉ có các việc từ số 1 đến số 6."), "item")
    if vote.form not in set(Form):
        raise Refused(_("Hình thức phải là họp, phát phiếu hoặc biểu quyết trực tuyến."), "form")
    if vote.form == Form.MEETING and vote.attending is None:
        raise Refused(_("Hãy ghi số đại diện hộ dự họp."), "attending")
    if vote.form == Form.ONLINE and vote.agreed is None:
        raise Refused(_("Hãy ghi số đại diện hộ đồng ý dùng biểu quyết trực tuyến."), "agreed")
    most = vote.attending if vote.form == Form.MEETING else vote.households
    if vote.yes > most:
        raise Refused(
            _("%(part)s không thể lớn hơn tổng số %(whole)s. Hãy kiểm tra lại.")
            % {"part": vote.yes, "whole": most},
            "yes",
        )


def _refuse_form(vote, rules):
    if vote.by_commune and not _among(vote.item, "commune", rules):
        raise Refused(
            _("Việc số %s chỉ do từng thôn, tổ dân phố quyết định, không lấy theo toàn xã.")
            % vote.item,
            "item",
        )
    if vote.form == Form.ONLINE and (vote.by_commune or not _among(vote.item, "online", rules)):
        raise Refused(
            _("Việc này không được biểu quyết trực tuyến (%s). Hãy họp hoặc phát phiếu.")
            % rules("decision.items.online").source,
            "form",
        )
    if vote.form == Form.BALLOT and not (
        vote.after_meeting or vote.by_commune or _among(vote.item, "ballot", rules)
    ):
        raise Refused(
            _(
                "Chỉ được phát phiếu sau khi đã họp mà không đủ người dự (%s). Hãy tổ "
                "chức họp trước."
            )
            % rules("decision.items.ballot").source,
            "form",
        )


def _threshold(rule):
    if not rule.is_threshold:
        raise Refused(_("Quy tắc “%s” không phải là một ngưỡng.") % rule.key, "key")
    return rule
