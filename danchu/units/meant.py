"""Which of the units that a search answers is meant: the one that bears the typed name, or none.

A search is generous (no marks, parts of names, misspellings), because a person looks at what it
answers. Where a name decides by itself, only the name counts, with its marks if any were typed,
and several units of one name are asked about.
"""

from collections.abc import Callable, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, fold, has_marks, identity_key
from danchu.units.choices import PlaceChoice
from danchu.units.find import FoundUnit
from danchu.units.kinds import UnitKind
from danchu.units.spelling import search_forms

# How many units a question names in words, and how many it offers.
MOST_NAMED = 5
MOST_OFFERED = 8


def unit_meant(
    units: Sequence[FoundUnit], text: str, field: str = "unit", former: Sequence[PlaceChoice] = ()
) -> FoundUnit:
    """The unit among those of a search that the text names: by its code, its whole name, its name
    without the kind, or one that it had. Refused by `field` where there are several, or where there
    is none: with the `former`, what units of that name became, else with those that are similar.
    """
    candidates = units_meant(units, text)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise Refused(
            _(
                "Có nhiều nơi tên này: %s. Hãy ghi thêm tên tỉnh, ví dụ “An Bình, Cần Thơ”, hoặc "
                "mã của nơi cần chọn."
            )
            % _names_of(_choices(candidates)),
            field,
            choices=_choices(candidates)[:MOST_OFFERED],
            typed=text,
        )
    if similar := (list(former) or _choices(units)):
        raise Refused(
            _("Không có nơi nào tên “%(text)s”. Có phải là: %(units)s?")
            % {"text": clean(text)[:60], "units": _names_of(similar)},
            field,
            choices=similar[:MOST_OFFERED],
            typed=text,
        )
    raise Refused(
        _("Không tìm thấy nơi “%s”. Hãy ghi tên hoặc mã.") % clean(text)[:60], field, typed=text
    )


def is_named(name: str, text: str) -> bool:
    """Whether the text is this name, whole or without its kind, with its marks if any were
    typed.
    """
    typed = clean(text).partition(",")[0]
    if has_marks(typed):
        return identity_key(typed) in _marked_forms(name)
    return fold(typed) in _folded_forms(name)


def units_meant(units: Sequence[FoundUnit], text: str) -> list[FoundUnit]:
    """The units that the text names best: all whose code it is, else all with this whole name, else
    all with this name without the kind; present names before former ones.
    """
    typed = clean(text)
    by_code = [unit for unit in units if unit.code == typed]
    if by_code:
        return by_code
    name, _comma, _ancestors = typed.partition(",")
    key = identity_key(name) if has_marks(name) else fold(name)
    forms = _marked_forms if has_marks(name) else _folded_forms
    for former in (False, True):
        for place in (0, 1):
            candidates = [
                unit
                for unit in units
                if key == forms(unit.matched or unit.name if former else unit.name)[place]
            ]
            if candidates:
                return candidates
    return _units_abbreviated(units, name) or _with_parent(units, key, forms)


def _units_abbreviated(units: Sequence[FoundUnit], name: str) -> list[FoundUnit]:
    """The units that the name abbreviates: "tp hn", "P. Ngọc Hà"."""
    folded = fold(name)
    words_with_marks = {
        word for word in identity_key(name.replace(".", " ")).split() if not word.isascii()
    }
    return [
        unit
        for unit in units
        if folded in search_forms(unit.name, unit.kind).split("|")
        and words_with_marks <= set(identity_key(unit.name).split())
    ]


def _with_parent(
    units: Sequence[FoundUnit], key: str, forms: Callable[[str], tuple[str, str]]
) -> list[FoundUnit]:
    """The units whose name is followed by that of their parent: "phúc xá ba đình"."""
    return [
        unit
        for unit in units
        if any(
            key == f"{form} {parent}"
            for form in forms(unit.name)
            for parent in forms(unit.under)
            if form and parent
        )
    ]


def _marked_forms(name: str) -> tuple[str, str]:
    """(whole name, name without its kind), to be compared with their marks."""
    key = identity_key(name)
    return key, _without_kind(key, [identity_key(word) for word in _kind_words()])


def _folded_forms(name: str) -> tuple[str, str]:
    """(whole name, name without its kind), for what was typed without marks."""
    key = fold(name)
    return key, _without_kind(key, [fold(word) for word in _kind_words()])


def _without_kind(key: str, words: Sequence[str]) -> str:
    word = next((word for word in words if key.startswith(f"{word} ")), "")
    return key.removeprefix(f"{word} ") if word else key


def _kind_words() -> list[str]:
    """The Vietnamese words for the kinds of units, the longest first."""
    with translation.override("vi"):
        words = {"Thành phố", *(str(kind.label) for kind in UnitKind)}
    return sorted(words, key=len, reverse=True)


def _choices(units: Sequence[FoundUnit]) -> list[PlaceChoice]:
    """The units as choices."""
    return [PlaceChoice(unit.id, unit.name, unit.under, unit.code, unit.matched) for unit in units]


def _names_of(choices: Sequence[PlaceChoice]) -> str:
    """The first MOST_NAMED choices with what is above them and their codes."""
    names = [choice.value for choice in choices[:MOST_NAMED]]
    return "; ".join(names) + ("…" if len(choices) > MOST_NAMED else "")
