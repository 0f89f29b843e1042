"""The unit that a row of a table means: by its code, and its name where the code leaves a doubt.

Spreadsheets take the zeros off a code, and what is left may be the code of another unit: 00082 is
a ward, 82 a province. Which one is meant is asked for, never guessed.
"""

import re

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import identity_key
from danchu.people.actor import reaches

_CODE_AND_NAME = re.compile(r"([0-9]+)[\s–:;,.-]*(.*)", re.DOTALL)


def unit_written(text, name, day, lookup, scope):
    """The UnitSpan that the cell of the code means on the day; the code may be followed by the name
    of the unit, or `name` is that of a column of its own. `scope` are the units where the actor may
    import. Refused where there is none, or where it is not certain which: on "unit_code", and on
    "unit_name" too where the two columns name different units.
    """
    is_code = text.isascii() and text.isdigit()  # most are
    match = None if is_code else _CODE_AND_NAME.fullmatch(text)
    code, name_with_code = match.groups() if match else (text, "")
    name = name_with_code or name
    units = lookup.units_written(code, day)
    if not units:
        raise Refused(
            _("Ngày %s không có đơn vị mang mã này. Hãy dùng mã có hiệu lực vào ngày đó.")
            % show_day(day)
        )
    if name:
        return _by_name(code, name, units, is_own_column=not name_with_code)
    certain = [unit for unit in units if unit.code == code]
    if certain and (len(units) == 1 or _is_only_one_within(certain[0], units, scope)):
        return certain[0]
    raise _doubt(code, units, bool(certain))


def _is_only_one_within(unit, units, scope):
    """Whether the actor may import for this unit and for none of the others."""
    return [other for other in units if reaches(scope, other.pk)] == [unit]


def _by_name(code, name, units, *, is_own_column):
    key = identity_key(name)
    for unit in units:
        own_name = identity_key(unit.name)
        if own_name == key or own_name.endswith(f" {key}"):
            return unit
    words = {"code": code, "units": _names(units, code), "name": name[:60]}
    others = [Refused(_("Hoặc sửa tên này cho đúng với mã."), "unit_name")]
    raise Refused(
        _("Mã %(code)s là %(units)s, không phải “%(name)s”. Hãy sửa mã hoặc tên.") % words,
        "unit_code",
        others if is_own_column else (),
    )


def _doubt(code, units, has_unit_of_code):
    if not has_unit_of_code:
        return Refused(
            _(
                "Không có mã %(code)s; có thể bảng tính đã bỏ số 0 đứng đầu của %(units)s. Hãy "
                "định dạng ô là chữ (Text) và ghi đủ chữ số."
            )
            % {"code": code, "units": _names(units)}
        )
    return Refused(
        _(
            "Mã %(code)s có thể là %(units)s, nếu bảng tính đã bỏ số 0 đứng đầu. Hãy ghi đủ chữ "
            "số, hoặc ghi mã kèm tên, ví dụ “%(example)s”."
        )
        % {"code": code, "units": _names(units), "example": f"{code} {units[0].name}"}
    )


def _names(units, code=""):
    """The units in words: by name alone those that have the `code`."""
    return _(" hoặc ").join(
        unit.name if unit.code == code else f"{unit.code} ({unit.name})" for unit in units
    )
