"""One version of a rule: a deadline, a threshold or a list of matters, with its days in force and
its article.
"""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_noop

from danchu.kernel.words import gettext as _
from danchu.kernel.words import language, local_name

# Units of time; then SHARE, persons, households and đồng, which measure thresholds; ITEM: a list of
# numbered matters; LAW: the key of a whole law.
WORKING_DAY = "working_day"
DAY = "day"
MONTH = "month"
TIMES = (WORKING_DAY, DAY, MONTH)
SHARE = "share"
ITEM = "item"
LAW = "law"
UNITS = (*TIMES, SHARE, "person", "household", "dong", ITEM, LAW)
# In English one of a unit is written otherwise than several.
ONE_OF = {
    WORKING_DAY: gettext_noop("1 ngày làm việc"),
    DAY: gettext_noop("1 ngày"),
    MONTH: gettext_noop("1 tháng"),
    "person": gettext_noop("1 người"),
    "household": gettext_noop("1 hộ"),
}

# within: at the latest that long after the event. before: at the latest that long before it.
# lasting: at least that long. through: in force for that long.
DEADLINES = ("within", "before", "lasting", "through")
THRESHOLDS = ("at_least", "at_most", "more_than")
# only_for: applies to the numbered matters it lists. governs: the law as a whole that was in force.
UNIT_OF_SENSE = {"only_for": ITEM, "governs": LAW}
# exceeding: a time after which something has consequences; nothing is due by it.
EXCEEDING = "exceeding"
SENSES = (*DEADLINES, *THRESHOLDS, *UNIT_OF_SENSE, EXCEEDING)
# The senses an obligation may have: a limit can be overdue, a duration can only be ended too soon.
LIMITS = ("within", "before")
OWED = (*LIMITS, "lasting")

# How well the rule was checked against the text of the law.
MARKS = ("verified", "secondary", "memory_high", "memory_med", "memory_low", "operator")
# A new version governs only events from its first day on ("new"), or also deadlines that are still
# running on that day ("running").
TRANSITIONS = ("new", "running")

# A number of days or months, a share, a count or an amount in đồng; for ITEM the numbers of the
# matters; for LAW the key of the law.
Value = Fraction | tuple[int, ...] | str

ARTICLE_WORDS = (
    gettext_noop("Điều"),
    gettext_noop("khoản"),
    gettext_noop("điểm"),
    gettext_noop("đoạn"),
    gettext_noop("Chương"),
    gettext_noop("Mẫu"),
    gettext_noop("sửa"),
    gettext_noop("thêm"),
    gettext_noop("NĐ"),
    gettext_noop("và"),
)


def read_value(text: str, unit: str) -> Value:
    """The value that `text` writes in the unit: "1,2" for matters, the key of a law, else an exact
    number such as "5" or "2/3". ValueError or ZeroDivisionError where it writes none.
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
    """One version of a rule. `until` is exclusive, None while in force; `article` is the place in
    the document named `text`; `number` is the primary key of its row.
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
        """Whether it yields a due day."""
        return self.sense in DEADLINES and self.unit in TIMES

    @property
    def is_threshold(self) -> bool:
        """Whether counts can be compared with it."""
        return self.sense in THRESHOLDS

    @property
    def quantity(self) -> Fraction:
        """The value of a deadline or threshold. TypeError where the value is not a number."""
        if isinstance(self.value, str | tuple):
            raise TypeError(f"the rule {self.key} has no number: {self.value}")
        return self.value

    @property
    def value_text(self) -> str:
        """The value as text that `read_value` accepts: "5", "2/3", "1,2"."""
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

    def is_met_by(self, part: int, whole: int = 1) -> bool:
        """Whether `part` of `whole` meets the threshold; computed in integers, so 2/3 of 99 is 66
        and never 65.99…
        """
        scaled = part * self.quantity.denominator
        threshold = self.quantity.numerator * (whole if self.unit == SHARE else 1)
        return {
            "at_least": scaled >= threshold,
            "at_most": scaled <= threshold,
            "more_than": scaled > threshold,
        }[self.sense]

    @property
    def source(self) -> str:
        """Its article and document in the reader's language: "Điều 12 khoản 3, Luật …"."""
        text = self.text_en if language() == "en" and self.text_en else self.text
        return ", ".join(part for part in (_article_words(self.article), text) if part)


def _article_words(article: str) -> str:
    """The article in the reader's language; words other than `ARTICLE_WORDS` stay as written."""
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
    if rule.value == 1 and rule.unit in ONE_OF:
        return _(ONE_OF[rule.unit])
    units = {
        WORKING_DAY: _("ngày làm việc"),
        DAY: _("ngày"),
        MONTH: _("tháng"),
        SHARE: "",
        "person": _("người"),
        "household": _("hộ"),
        "dong": _("đồng"),
    }
    return f"{_with_separators(rule.value)} {units[rule.unit]}".strip()


def amount_words(rule: Rule) -> str:
    """What a rule requires: "chậm nhất 5 ngày làm việc", "trên 1/2", "chỉ việc số 6"."""
    return f"{sense_words(rule.sense)} {unit_words(rule) or rule.name}"


def sense_words(sense: str) -> str:
    """The sense of a rule in the reader's language: "chậm nhất", "tối đa"."""
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
        "exceeding": _("quá"),
    }[sense]


def _with_separators(value: Fraction) -> str:
    """ "5.000.000" (in English "5,000,000"), or "2/3"."""
    if value.denominator != 1:
        return str(value)
    text = f"{value.numerator:,}"
    return text if language() == "en" else text.replace(",", ".")


def mark_words(mark: str) -> str:
    """How well a rule was checked, in the reader's language."""
    return {
        "verified": _("đã đối chiếu với văn bản"),
        "secondary": _("theo nguồn thứ cấp, chưa đối chiếu với văn bản"),
        "memory_high": _("chưa đối chiếu với văn bản"),
        "memory_med": _("chưa đối chiếu với văn bản"),
        "memory_low": _("chưa đối chiếu với văn bản, cần kiểm tra trước khi dùng"),
        "operator": _("do nơi vận hành đặt"),
    }[mark]
