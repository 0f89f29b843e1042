"""Those who signed a group petition, from a list that came as a file or was typed line by line."""

from django.utils.translation import gettext as _

from danchu.casework.input.persons import MOST, checked_persons
from danchu.casework.rules.groups import check_representatives, most_representatives
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.register.imports.reading import read_rows

# What a column may be called, folded.
HEADS = {
    "name": ("ho va ten", "ho ten", "ten", "name"),
    "address": ("dia chi", "noi o", "address"),
    "identity": ("so giay to", "cccd", "so cccd", "identity"),
    "phone": ("dien thoai", "so dien thoai", "phone"),
    "is_representative": ("dai dien", "nguoi dai dien", "representative"),
}
PASSED_OVER = {"", "stt", "so tt", "chu ky", "ghi chu", "ky ten"}
YES = {"x", "co", "dai dien", "yes", "1"}


def typed_signers(text):
    """Persons of one a line: name; address."""
    lines = (line.partition(";") for line in text.splitlines() if line.strip())
    return [{"name": name, "address": address} for name, _mark, address in lines]


def listed_signers(file, name):
    """Persons of a CSV or XLSX list, each with the line where it stands; Refused with the line
    that is wrong.
    """
    keys = None
    found = []
    for number, cells in read_rows(file, name):
        if keys is None:
            keys = _keys(cells)
            continue
        row = {key: _text(cell) for key, cell in zip(keys, cells, strict=False) if key}
        if not any(row.values()):
            continue
        row["is_representative"] = fold(row.get("is_representative", "")) in YES
        try:
            (person,) = checked_persons([row])
            if not person["name"]:
                raise Refused(_("Thiếu họ tên."))
        except Refused as refusal:
            raise Refused(
                _("Dòng %(line)s của danh sách: %(why)s")
                % {"line": number, "why": refusal.message},
                "signers_file",
            ) from None
        found.append(person)
        if len(found) > MOST:
            raise Refused(
                _("Danh sách có nhiều hơn %s người. Hãy tách tệp.") % MOST, "signers_file"
            )
    if not found:
        raise Refused(
            _(
                "Danh sách không có người nào. Dòng đầu là tên cột: Họ và tên; Địa chỉ; "
                "Số giấy tờ; Điện thoại; Đại diện."
            ),
            "signers_file",
        )
    return found


def each_once(persons):
    """The persons without those who stand there twice, by name, address and number of papers;
    the first of each stays.
    """
    seen = {}
    for person in persons:
        key = (fold(person["name"]), fold(person["address"]), person["identity"])
        if key in seen and any(key):
            seen[key]["is_representative"] |= person["is_representative"]
        else:
            seen[key if any(key) else object()] = person
    return list(seen.values())


def with_representatives(persons, people, day):
    """The persons with who may speak for a large group: those marked, else the first. Refused
    above what the law lets.
    """
    if most_representatives(people, day) is None or not persons:
        return [{**person, "is_representative": False} for person in persons]
    marked = sum(person["is_representative"] for person in persons)
    try:
        check_representatives(max(1, marked), people, day)
    except Refused as refusal:
        raise Refused(refusal.message, "signers") from None
    return persons if marked else [{**persons[0], "is_representative": True}, *persons[1:]]


def _keys(cells):
    keys = [
        next((key for key, names in HEADS.items() if fold(_text(cell)) in names), None)
        for cell in cells
    ]
    unknown = [
        _text(cell)[:40]
        for cell, key in zip(cells, keys, strict=True)
        if key is None and fold(_text(cell)) not in PASSED_OVER
    ]
    if (
        "name" not in keys
        or unknown
        or len({key for key in keys if key}) != sum(1 for key in keys if key)
    ):
        told = _(
            "Dòng đầu của danh sách phải là tên cột, mỗi cột một lần: Họ và tên; Địa "
            "chỉ; Số giấy tờ; Điện thoại; Đại diện."
        )
        raise Refused(
            f"{told} {_('Không hiểu cột: %s.') % ', '.join(unknown)}" if unknown else told,
            "signers_file",
        )
    return keys


def _text(cell):
    """A cell as text: spreadsheets keep numbers of papers as numbers."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
