"""The rules that the fields of one event must meet, apart from those of the database."""

from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import today
from danchu.kernel.lines import line_refusals
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused, raise_all
from danchu.kernel.text import clean
from danchu.kernel.words import local_name
from danchu.register.kinds import KINDS, WITHIN
from danchu.register.models import NUMBERS
from danchu.register.words import NUMBER_WORDS
from danchu.subjects.texts import too_long
from danchu.units.on_day import check_body_on, check_unit_on

TEXTS = {"reference": 60, "title": 300, "place": 200, "note": 5000}
FIELDS = (*TEXTS, "form", "held_on", *NUMBERS)
# Higher than any real number, and low enough that the sums of a year do not overflow.
MOST = {name: 10**15 if name == "money" else 10**7 for name in NUMBERS}
# What an event has where a field is not given.
EMPTY = {"held_on": None, "title": "", **dict.fromkeys(NUMBERS, 0)}

_KNOWN = frozenset(FIELDS)


def checked_fields(kind, unit, body, fields):
    """The fields of an event of this kind, at this unit and body (or None), cleaned: {name: value}.
    Refused, by field, for every one that is unknown, missing or out of range.
    """
    if kind not in KINDS:
        raise Refused(_("Không có loại việc “%s”.") % str(kind)[:40], "kind")
    unknown = fields.keys() - _KNOWN
    if unknown:
        raise Refused(_("Không có trường “%s”.") % min(unknown), min(unknown))
    raise_all(broken_rules(kind, unit, body, EMPTY | fields))
    return {**fields, **{name: clean(fields[name]) for name in TEXTS if name in fields}}


def broken_rules(kind, unit, body, fields):
    """Yields a Refused, on its field, for every rule that these fields of an event break. A field
    that is not among them is not judged, nor what depends on a unit where it is None.
    """
    if "held_on" in fields:
        yield from _faults_of_day(fields["held_on"], unit, body)
    if fields.get("form") and fields["form"] not in KINDS[kind].forms:
        yield Refused(
            _("Hình thức “%s” không có trong loại việc này.") % str(fields["form"])[:40], "form"
        )
    yield from _faults_of_numbers(kind, fields)
    for name, most in TEXTS.items():
        if name in fields:
            text = clean(fields[name])
            if name == "title" and not text:
                yield Refused(_("Hãy ghi nội dung của việc."), "title")
            if len(text) > most:
                yield too_long(name, most)


def _faults_of_day(day, unit, body):
    if not isinstance(day, date):
        yield Refused(_("Hãy ghi ngày tổ chức."), "held_on")
        return
    if day > today():
        yield Refused(_("Ngày tổ chức ở tương lai. Chỉ ghi việc đã diễn ra."), "held_on")
    if unit is None:
        return
    yield from _refusal_of(check_unit_on, unit, day)
    if body is not None and body.unit_id != unit.pk:
        yield Refused(
            _("Tổ chức này không thuộc đơn vị đã chọn. Hãy chọn tổ chức của đơn vị."), "body"
        )
    elif body is not None:
        yield from _refusal_of(check_body_on, body, day)


def _refusal_of(rule, *arguments):
    try:
        rule(*arguments)
    except Refused as refusal:
        yield refusal


def _faults_of_numbers(kind, fields):
    numbers = KINDS[kind].numbers
    for name in NUMBERS:
        number = fields.get(name, 0)
        if number == 0 and type(number) is int:
            continue  # most of them
        if not _is_count(number, MOST[name]):
            yield Refused(
                _("“%(word)s” phải là số nguyên từ 0 đến %(most)s.")
                % {"word": NUMBER_WORDS[name], "most": show_number(MOST[name])},
                name,
            )
        elif number and name not in numbers:
            yield Refused(
                _("Loại việc “%(kind)s” không có “%(word)s”. Hãy để trống.")
                % {"kind": local_name(KINDS[kind]), "word": NUMBER_WORDS[name]},
                name,
            )
    for small, large in WITHIN:
        if large in numbers and fields.get(small) and _exceeds(fields, small, large):
            yield Refused(
                _("“%(small)s” không được lớn hơn “%(large)s”.")
                % {"small": NUMBER_WORDS[small], "large": NUMBER_WORDS[large]},
                small,
            )


def _is_count(number, most):
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= most


def _exceeds(fields, small, large):
    """Whether the one number is above the other; not where one is missing or refused for itself."""
    pair = [fields[name] for name in (small, large) if name in fields]
    are_counts = len(pair) == 2 and all(map(_is_count, pair, (MOST[small], MOST[large])))
    return are_counts and pair[0] > pair[1]


def checked_parts(kind, parts):
    """[(role, unit, body, name, amount)] from tuples (role, unit, name, amount[, body]); Refused,
    on `parts`, with every one that is not allowed for the kind or out of range.
    """
    checked = []
    with line_refusals(_("Thành phần thứ %(number)s: %(why)s"), "parts") as line:
        for number, (role, unit, name, amount, *rest) in enumerate(parts, 1):
            with line(number):
                if role not in KINDS[kind].parts:
                    raise Refused(_("Loại việc này không có thành phần “%s”.") % str(role)[:20])
                if not _is_count(amount, 10**7):
                    raise Refused(_("Số của từng thành phần phải là số nguyên từ 0 trở lên."))
                name = clean(name)
                if len(name) > 200:
                    raise Refused(_("Tên thành phần dài quá 200 ký tự. Hãy rút gọn."))
                checked.append((role, unit, rest[0] if rest else None, name, amount))
    return checked
