"""A unit's name, taken apart, and the folded forms it is found by."""

from functools import cache

from django.utils import translation

from danchu.kernel.text import clean, fold, initials, sort_key
from danchu.units.kinds import UnitKind

# The abbreviations people write before a name.
SHORT = {
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
    """The kind its first word says and the rest: "Thị trấn Văn Điển" → (thi_tran, "Văn Điển").
    ValueError where the name begins with no kind.
    """
    for prefix, kind in PREFIXES.items():
        if name.lower().startswith(prefix.lower() + " "):
            if level == "province" and kind == UnitKind.THANH_PHO:
                kind = UnitKind.THANH_PHO_TW
            return kind, name[len(prefix) + 1 :]
    raise ValueError(f"no kind in the name {name!r}")


def bare_name(name: str, kind: str) -> str:
    """The folded name without its kind: "Phường Ngọc Hà" → "ngoc ha"."""
    return fold(name).removeprefix(_head(kind))


@cache
def _head(kind: str) -> str:
    """The folded word before the name: Vietnamese, whatever language the page is in."""
    with translation.override("vi"):
        word = "Thành phố" if kind == UnitKind.THANH_PHO_TW else str(UnitKind(kind).label)
    return f"{fold(word)} "


def search_forms(name: str, kind: str) -> str:
    """All folded forms between bars: "|thanh pho ha noi|ha noi|tp ha noi|hn|tp hn|tphn|"."""
    bare = bare_name(name, kind)
    short = SHORT.get(UnitKind(kind), "")
    letters = initials(bare) if " " in bare else ""
    forms = [fold(name), bare]
    for rest in (bare, letters):
        if rest and short:
            forms.append(f"{short} {rest}")
        if rest and short and (rest == letters or rest.isdecimal()):
            forms.append(f"{short}{rest}")
    if letters:
        forms.append(letters)
    return "|" + "|".join(dict.fromkeys(forms)) + "|"


def name_columns(name: str, kind: str) -> dict[str, str]:
    """The columns of a standing that follow from its name: name, search, order."""
    name = clean(name)
    return {"name": name, "search": search_forms(name, kind), "order": sort_key(name)}
