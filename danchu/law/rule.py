"""A rule as it was in force from one day until another: how long, how many or which share, and
under which article.
"""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_noop

from danchu.kernel.words import gettext as _
from danchu.kernel.words import language, local_name

# Units of time; a list of numbered matters; the key of a whole law; every other unit measures a
# threshold.
WORKING_DAY = "working_day"
DAY = "day"
MONTH = "month"
TIMES = (WORKING_DAY, DAY, MONTH)
SHARE = "share"
ITEM = "item"
LAW = "law"
UNITS = (*TIMES, SHARE, "person", "household", "dong", ITEM, LAW)

# within: at the latest so long after. before: at the latest so long before. lasting: at least so
# long. through: in force so long.
DEADLINES = ("within", "before", "lasting", "through")
THRESHOLDS = ("at_least", "at_most", "more_than")
# only_for: holds for the numbered matters it lists. governs: the law as a whole that was in force.
OTHERS = {"only_for": ITEM, "governs": LAW}
SENSES = (*DEADLINES, *THRESHOLDS, *OTHERS)
# What an obligation can rest on: a limit can be overdue, a duration can only be ended too soon.
LIMITS = ("within", "before")
OWED = (*LIMITS, "lasting")

# How far the text of the rule was checked.
MARKS = ("verified", "secondary", "memory_high", "memory_med", "memory_low", "operator")
# A new version counts for events from its first day on, or also for what is still running on that
# day.
TRANSITIONS = ("new", "running")

# A number of days or months, a share, a count or an amount in đồng; of ITEM the numbers of the
# matters; of LAW the key of the law.
Value = Fraction | tuple[int, ...] | str

ARTICLE_WORDS = (
    gettext_noop("Điều"),
    gettext_noop("khoản"),
    gettext_noop("Chương"),
    gettext_noop("Mẫu"),
)


def read_value(text: str, unit: str) -> Value:
    """The value of a unit from text: "1,2" of matters, the key of a law, else an exact number.
    ValueError or ZeroDivisionError where it is none.
    """
    if unit == LAW:
        if not re.fullmatch(r"[a-z0-9.-]+", text):
            raise ValueError(text)
        return text
    if unit == ITEM:
        return tuple(sorted({int(part) for part in text.split(",")}))
    return Fraction(text)


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. `until` exclusive, None while in force; `article` is the place in the
    document `text`; `number` is the key of its row.
    """

    key: str
    vi: str
    en: str
    sense: str
    value: Value
    unit: str
    article: str
    text: str
    since: date
    until: date | None
    mark: str
    transition: str = "new"
    number: int = 0
    text_en: str = ""

    @property
    def is_deadline(self) -> bool:
        """Whether a due day can be worked out from it."""
        return self.sense in DEADLINES and self.unit in TIMES

    @property
    def is_threshold(self) -> bool:
        """Whether a count can be judged by it."""
        return self.sense in THRESHOLDS

    @property
    def quantity(self) -> Fraction:
        """The value of a deadline or threshold. TypeError where the value is no number."""
        if isinstance(self.value, str | tuple):
            raise TypeError(f"the rule {self.key} has no number: {self.value}")
        return self.value

    @property
    def written(self) -> str:
        """The value as it is written down: 5, 2/3, 1,2."""
        if isinstance(self.value, tuple):
            return ",".join(map(str, self.value))
        return str(self.value)

    @property
    def is_verified(self) -> bool:
        """Whether it was checked against the text of the law."""
        return self.mark == "verified"

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return local_name(self)

    def in_force(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return self.since <= day and (self.until is None or day < self.until)

    def met_by(self, part: int, whole: int = 1) -> bool:
        """Whether `part` of `whole` reaches a threshold; in integers, so 2/3 of 99 is 66 and
        never 65.99…
        """
        reached = part * self.quantity.denominator
        threshold = self.quantity.numerator * (whole if self.unit == SHARE else 1)
        return {
            "at_least": reached >= threshold,
            "at_most": reached <= threshold,
            "more_than": reached > threshold,
        }[self.sense]

    @property
    def source(self) -> str:
        """Where it stands, in the reader's language: "Điều 12 khoản 3, Luật …"."""
        text = self.text_en if language() == "en" and self.text_en else self.text
        return ", ".join(part for part in (_article_words(self.article), text) if part)


def _article_words(article: str) -> str:
    """The place in the text in the reader's language; as written where it has other words."""
    for word in ARTICLE_WORDS:
        article = article.replace(word, _(word))
    return article


def unit_words(rule: Rule) -> str:
    """The value with its unit, in the reader's language: "5 ngày làm việc", "3 tháng", "2/3"; ""
    for the key of a law.
    """
    if isinstance(rule.value, tuple):
        return _("việc số %s") % ", ".join(map(str, rule.value))
    if isinstance(rule.value, str):
        return ""
    units = {
        WORKING_DAY: _("ngày làm việc"),
        DAY: _("ngày"),
        MONTH: _("tháng"),
        SHARE: "",
        "person": _("người"),
        "household": _("hộ"),
        "dong": _("đồng"),
    }
    return f"{_grouped(rule.value)} {units[rule.unit]}".strip()


def amount_words(rule: Rule) -> str:
    """What a rule requires: "chậm nhất 5 ngày làm việc", "trên 1/2", "chỉ việc số 6"."""
    return f"{sense_words(rule.sense)} {unit_words(rule) or rule.name}"


def sense_words(sense: str) -> str:
    """How a value is meant, in the reader's language: "chậm nhất", "tối đa"."""
    return {
        "within": _("chậm nhất"),
        "before": _("trước ít nhất"),
        "lasting": _("kéo dài ít nhất"),
        "through": _("có giá trị"),
        "at_least": _("từ"),
        "at_most": _("tối đa"),
        "more_than": _("trên"),
        "only_for": _("chỉ"),
        "governs": _("áp dụng"),
    }[sense]


def _grouped(value: Fraction) -> str:
    """5.000.000, or 2/3."""
    if value.denominator != 1:
        return str(value)
    text = f"{value.numerator:,}"
    return text if language() == "en" else text.replace(",", ".")


def mark_words(mark: str) -> str:
    """How far a rule was checked, in the reader's language."""
    return {
        "verified": _("đã đối chiếu với văn bản"),
        "secondary": _("theo nguồn thứ cấp, chưa đối chiếu với văn bản"),
        "memory_high": _("chưa đối chiếu với văn bản"),
        "memory_med": _("chưa đối chiếu với văn bản"),
        "memory_low": _("chưa đối chiếu với văn bản, cần kiểm tra trước khi dùng"),
        "operator": _("do nơi vận hành đặt"),
    }[mark]
