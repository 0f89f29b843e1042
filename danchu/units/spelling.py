"""Splits a unit's name into kind and proper name, and derives the folded forms for the search."""

from functools import cache

from django.utils import translation

from danchu.kernel.text import clean, fold, initials, sort_key
from danchu.units.kinds import UnitKind

# The abbreviations people write before a name.
ABBREVIATIONS = {
    UnitKind.TINH: "t",
    UnitKind.THANH_PHO_TW: "tp",
    UnitKind.HUYEN: "h",
    UnitKind.QUAN: "q",
    UnitKind.THI_XA: "tx",
    UnitKind.THANH_PHO: "tp",
    UnitKind.XA: "x",
    UnitKind.PHUONG: "p",
    UnitKind.THI_TRAN: "tt",
    UnitKind.DAC_KHU: "dk",
    UnitKind.KHU_PHO: "kp",
    UnitKind.TO_DAN_PHO: "tdp",
}
PREFIXES = {
    "Tỉnh": UnitKind.TINH,
    "Thành phố": UnitKind.THANH_PHO,
    "Huyện": UnitKind.HUYEN,
    "Quận": UnitKind.QUAN,
    "Thị xã": UnitKind.THI_XA,
    "Xã": UnitKind.XA,
    "Phường": UnitKind.PHUONG,
    "Thị trấn": UnitKind.THI_TRAN,
    "Đặc khu": UnitKind.DAC_KHU,
}


def kind_and_bare(name: str, level: str) -> tuple[UnitKind, str]:
    """(kind, proper name) of a full name: "Thị trấn Văn Điển" → (thi_tran, "Văn Điển"). ValueError
    where the name does not begin with a kind.
    """
    for prefix, kind in PREFIXES.items():
        if name.lower().startswith(prefix.lower() + " "):
            if level == "province" and kind == UnitKind.THANH_PHO:
                kind = UnitKind.THANH_PHO_TW
            return kind, name[len(prefix) + 1 :]
    raise ValueError(f"no kind in the name {name!r}")


def bare_name(name: str, kind: str) -> str:
    """The folded name without its kind: "Phường Ngọc Hà" → "ngoc ha"."""
    return fold(name).removeprefix(_folded_kind(kind))


@cache
def _folded_kind(kind: str) -> str:
    """The folded Vietnamese word for the kind with a space, whatever the active language."""
    with translation.override("vi"):
        word = "Thành phố" if kind == UnitKind.THANH_PHO_TW else str(UnitKind(kind).label)
    return f"{fold(word)} "


def search_forms(name: str, kind: str) -> str:
    """The folded forms of a name, as "|thanh pho ha noi|ha noi|tp ha noi|tp hn|tphn|hn|"."""
    bare = bare_name(name, kind)
    abbreviation = ABBREVIATIONS.get(UnitKind(kind), "")
    acronym = initials(bare) if " " in bare else ""
    forms = [fold(name), bare]
    for word in (bare, acronym):
        if word and abbreviation:
            forms.append(f"{abbreviation} {word}")
        if word and abbreviation and (word == acronym or word.isdecimal()):
            forms.append(f"{abbreviation}{word}")
    if acronym:
        forms.append(acronym)
    return "|" + "|".join(dict.fromkeys(forms)) + "|"


def name_columns(name: str, kind: str) -> dict[str, str]:
    """The columns of a standing that are derived from its name: name, search, order."""
    name = clean(name)
    return {"name": name, "search": search_forms(name, kind), "order": sort_key(name)}
