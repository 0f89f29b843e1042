"""A rule as it was in force from one day until another: how long, how many, which share, and
under which article.
"""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_noop

from danchu.kernel.words import gettext as _
from danchu.kernel.words import language

# Units of time; a list of numbered matters; the key of a whole law; every other unit measures a
# threshold.
WORKING_DAY, DAY, MONTH = "working_day", "day", "month"
TIMES = (WORKING_DAY, DAY, MONTH)
SHARE, ITEM, LAW = "share", "item", "law"
UNITS = (*TIMES, SHARE, "person", "household", "dong", ITEM, LAW)

# within: at the latest so long after. before: at the latest so long before. lasting: at least so
# long. through: in force so long.
DEADLINES = ("within", "before", "lasting", "through")
THRESHOLDS = ("at_least", "at_most", "more_than")
# only_for: holds for the numbered matters it lists. governs: the law as a whole that was in force.
OTHERS = {"only_for": ITEM, "governs": LAW}
SENSES = (*DEADLINES, *THRESHOLDS, *OTHERS)
# What can be owed; of these a limit can be overdue, a duration only be ended too soon.
LIMITS = ("within", "before")
OWED = (*LIMITS, "lasting")

# How far the text of the rule was checked.
MARKS = ("verified", "secondary", "memory_high", "memory_med", "memory_low", "operator")
# A new version counts for events from its first day on, or also for what is still running on that
# day.
TRANSITIONS = ("new", "running")


ARTICLE_WORDS = (
    gettext_noop("Điều"),
    gettext_noop("khoản"),
    gettext_noop("Chương"),
    gettext_noop("Mẫu"),
)


def read_value(text, unit):
    """A value as written: "1,2" of matters, the key of a law, else an exact number; ValueError
    where it is none.
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
    """One version of a rule. `until` exclusive, None while in force; `text` is the number of the
    document.

    `value` is a Fraction; of "only_for" the numbers of the matters, of "governs" the key of the
    law.
    """

    key: str
    vi: str
    en: str
    sense: str
    value: Fraction | tuple | str
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
    def is_deadline(self):
        return self.sense in DEADLINES and self.unit in TIMES

    @property
    def is_threshold(self):
        return self.sense in THRESHOLDS

    @property
    def written(self):
        """The value as it is written down: 5, 2/3, 1,2."""
        return ",".join(map(str, self.value)) if self.unit == ITEM else str(self.value)

    @property
    def is_verified(self):
        return self.mark == "verified"

    @property
    def name(self):
        return getattr(self, language())

    def in_force(self, day):
        return self.since <= day and (self.until is None or day < self.until)

    def met_by(self, part, whole=1):
        """Whether `part` of `whole` reaches a threshold; in integers, so 2/3 of 99 is 66 and
        never 65.99…
        """
        over, under = (
            part * self.value.denominator,
            self.value.numerator * (whole if self.unit == SHARE else 1),
        )
        return {"at_least": over >= under, "at_most": over <= under, "more_than": over > under}[
            self.sense
        ]

    @property
    def source(self):
        """Điều 12 khoản 3, Luật …"""
        parts = (_told(self.article), language() == "en" and self.text_en or self.text)
        return ", ".join(part for part in parts if part)


def _told(article):
    """The place in the text in the reader's language; as written where it has other words."""
    for word in ARTICLE_WORDS:
        article = article.replace(word, _(word))
    return article


def unit_words(rule):
    """ "5 ngày làm việc", "3 tháng", "2/3" in the reader's language."""
    if rule.unit == ITEM:
        return _("việc số %s") % ", ".join(map(str, rule.value))
    if rule.unit == LAW:
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


def amount_words(rule):
    """The whole of what a rule asks: "chậm nhất 5 ngày làm việc", "trên 1/2", "chỉ việc số 6"."""
    return f"{sense_words(rule.sense)} {unit_words(rule) or rule.name}"


def sense_words(sense):
    """How a value is meant, in the reader's language."""
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


def _grouped(value):
    """5.000.000, or 2/3."""
    if value.denominator != 1:
        return str(value)
    text = f"{value.numerator:,}"
    return text if language() == "en" else text.replace(",", ".")


def mark_words(mark):
    """How far a rule was checked, in words."""
    return {
        "verified": _("đã đối chiếu với văn bản"),
        "secondary": _("theo nguồn thứ cấp, chưa đối chiếu với văn bản"),
        "memory_high": _("chưa đối chiếu với văn bản"),
        "memory_med": _("chưa đối chiếu với văn bản"),
        "memory_low": _("chưa đối chiếu với văn bản, cần kiểm tra trước khi dùng"),
        "operator": _("do nơi vận hành đặt"),
    }[mark]
