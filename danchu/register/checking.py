"""The rules that the fields of one event must meet, apart from those of the database."""

from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day, today
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.kernel.words import local_name
from danchu.register.kinds import KINDS, WITHIN
from danchu.register.models import NUMBERS
from danchu.register.words import NUMBER_WORDS
from danchu.subjects.texts import check_length

TEXTS = {"reference": 60, "title": 300, "place": 200, "note": 5000}
FIELDS = (*TEXTS, "form", "held_on", *NUMBERS)
# Higher than any real number, and low enough that the sums of a year do not overflow.
MOST = {name: 10**15 if name == "money" else 10**7 for name in NUMBERS}

_KNOWN = frozenset(FIELDS)


def checked_fields(kind, unit, body, fields):
    """The fields of an event of this kind, at this unit and body (or None), cleaned: {name: value}.
    Refused, by field, when one is unknown, missing or out of range.
    """
    if kind not in KINDS:
        raise Refused(_("Không có loại việc “%s”.") % str(kind)[:40], "kind")
    unknown = fields.keys() - _KNOWN
    if unknown:
        raise Refused(_("Không có trường “%s”.") % min(unknown), min(unknown))
    _check_day(fields.get("held_on"), unit, body)
    if fields.get("form") and fields["form"] not in KINDS[kind].forms:
        raise Refused(
            _("Hình thức “%s” không có trong loại việc này.") % str(fields["form"])[:40], "form"
        )
    _check_numbers(kind, fields)
    return {**fields, **_texts(fields)}


def _texts(fields):
    texts = {name: clean(fields[name]) for name in TEXTS if name in fields}
    if not texts.get("title"):
        raise Refused(_("Hãy ghi nội dung của việc."), "title")
    for name, text in texts.items():
        check_length(text, name, TEXTS[name])
    return texts


def _check_day(day, unit, body):
    if not isinstance(day, date):
        raise Refused(_("Hãy ghi ngày tổ chức."), "held_on")
    if day > today():
        raise Refused(_("Ngày tổ chức ở tương lai. Chỉ ghi việc đã diễn ra."), "held_on")
    if day < unit.since or (unit.until and day >= unit.until):
        raise Refused(
            _("Đơn vị không tồn tại trong ngày này. Hãy chọn đơn vị của ngày đó."), "unit"
        )
    if body is None:
        return
    if body.unit_id != unit.pk:
        raise Refused(
            _("Tổ chức này không thuộc đơn vị đã chọn. Hãy chọn tổ chức của đơn vị."), "body"
        )
    if day < body.since or (body.until and day >= body.until):
        raise Refused(
            _("Tổ chức này không hoạt động trong ngày %s. Hãy chọn tổ chức của ngày đó.")
            % show_day(day),
            "body",
        )


def _check_numbers(kind, fields):
    for name in NUMBERS:
        number = fields.get(name, 0)
        word = NUMBER_WORDS[name]
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST[name]:
            raise Refused(
                _("“%(word)s” phải là số nguyên từ 0 đến %(most)s.")
                % {"word": word, "most": show_number(MOST[name])},
                name,
            )
        if number and name not in KINDS[kind].numbers:
            raise Refused(
                _("Loại việc “%(kind)s” không có “%(word)s”. Hãy để trống.")
                % {"kind": local_name(KINDS[kind]), "word": word},
                name,
            )
    for small, large in WITHIN:
        if fields.get(small, 0) > fields.get(large, 0) and large in KINDS[kind].numbers:
            raise Refused(
                _("“%(small)s” không được lớn hơn “%(large)s”.")
                % {"small": NUMBER_WORDS[small], "large": NUMBER_WORDS[large]},
                small,
            )


def checked_parts(kind, parts):
    """[(role, unit, body, name, amount)] from tuples (role, unit, name, amount[, body]); Refused,
    on `parts`, when one is not allowed for the kind or out of range.
    """
    checked = []
    for role, unit, name, amount, *rest in parts:
        if role not in KINDS[kind].parts:
            raise Refused(_("Loại việc này không có thành phần “%s”.") % str(role)[:20], "parts")
        if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= 10**7:
            raise Refused(_("Số của từng thành phần phải là số nguyên từ 0 trở lên."), "parts")
        name = clean(name)
        if len(name) > 200:
            raise Refused(_("Tên thành phần dài quá 200 ký tự. Hãy rút gọn."), "parts")
        checked.append((role, unit, rest[0] if rest else None, name, amount))
    return checked
