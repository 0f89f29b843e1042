"""How a unit's name is taken apart and the folded forms it is found by."""

from functools import cache

from django.utils import translation

from danchu.kernel.text import clean, fold, initials, sort_key
from danchu.units.kinds import UnitKind

# What people write before the name, short.
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


def kind_and_bare(name, level):
    """The kind its first word says and the rest: "Thị trấn Văn Điển" → (thi_tran, "Văn Điển")."""
    for prefix, kind in PREFIXES.items():
        if name.lower().startswith(prefix.lower() + " "):
            if level == "province" and kind == UnitKind.THANH_PHO:
                kind = UnitKind.THANH_PHO_TW
            return kind, name[len(prefix) + 1 :]
    raise ValueError(f"no kind in the name {name!r}")


def bare_name(name, kind):
    """The name without its kind, also where it is written in small letters."""
    return fold(name).removeprefix(_head(kind))


@cache
def _head(kind):
    """The folded word before the name: Vietnamese, whatever language the page is in."""
    with translation.override("vi"):
        return (
            fold("Thành phố" if kind == UnitKind.THANH_PHO_TW else str(UnitKind(kind).label)) + " "
        )


def search_forms(name, kind):
    """All folded forms between bars: "|thanh pho ha noi|ha noi|tp ha noi|hn|tp hn|tphn|"."""
    bare, short = bare_name(name, kind), SHORT.get(kind, "")
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


def name_columns(name, kind):
    """The columns of a standing that follow from its name."""
    name = clean(name)
    return {"name": name, "search": search_forms(name, kind), "order": sort_key(name)}
