"""The signers of a group petition, from a file or typed line by line."""

from django.utils.translation import gettext as _

from danchu.casework.input.persons import MOST, checked_persons
from danchu.casework.rules.groups import check_representatives, most_representatives
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.register.imports.reading import read_rows

# The folded titles that a column may have.
HEADS = {
    "name": ("ho va ten", "ho ten", "ten", "name"),
    "address": ("dia chi", "noi o", "address"),
    "identity": ("so giay to", "cccd", "so cccd", "identity"),
    "phone": ("dien thoai", "so dien thoai", "phone"),
    "is_representative": ("dai dien", "nguoi dai dien", "representative"),
}
IGNORED_TITLES = {"", "stt", "so tt", "chu ky", "ghi chu", "ky ten"}
YES = {"x", "co", "dai dien", "yes", "1"}


def typed_signers(text):
    """[{"name", "address"}] of lines "name; address"; blank lines are left out."""
    lines = (line.partition(";") for line in text.splitlines() if line.strip())
    return [{"name": name, "address": address} for name, _semicolon, address in lines]


def listed_signers(file, name):
    """The persons of a CSV or XLSX list, as checked_persons gives them. Refused on "signers_file"
    with the number of the line that is wrong.
    """
    keys = None
    persons = []
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
        persons.append(person)
        if len(persons) > MOST:
            raise Refused(
                _("Danh sách có nhiều hơn %s người. Hãy tách tệp.") % MOST, "signers_file"
            )
    if not persons:
        raise Refused(
            _(
                "Danh sách không có người nào. Dòng đầu là tên cột: Họ và tên; Địa chỉ; "
                "Số giấy tờ; Điện thoại; Đại diện."
            ),
            "signers_file",
        )
    return persons


def without_duplicates(persons):
    """The persons without duplicates by name, address and identity number; the first of each
    stays, as a representative if one of them is.
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
    """The persons with the representatives of a large group: those marked, else the first. Nobody
    represents fewer people. Refused on "signers" above the number that the law of the day allows.
    """
    if most_representatives(people, day) is None or not persons:
        return [{**person, "is_representative": False} for person in persons]
    number = sum(person["is_representative"] for person in persons)
    try:
        check_representatives(max(1, number), people, day)
    except Refused as refusal:
        raise Refused(refusal.message, "signers") from None
    return persons if number else [{**persons[0], "is_representative": True}, *persons[1:]]


def _keys(cells):
    """The key of each column of the first line, None for a column to ignore; Refused unless it is
    a line of titles.
    """
    keys = [
        next((key for key, names in HEADS.items() if fold(_text(cell)) in names), None)
        for cell in cells
    ]
    unknown_titles = [
        _text(cell)[:40]
        for cell, key in zip(cells, keys, strict=True)
        if key is None and fold(_text(cell)) not in IGNORED_TITLES
    ]
    if (
        "name" not in keys
        or unknown_titles
        or len({key for key in keys if key}) != sum(1 for key in keys if key)
    ):
        sentence = _(
            "Dòng đầu của danh sách phải là tên cột, mỗi cột một lần: Họ và tên; Địa "
            "chỉ; Số giấy tờ; Điện thoại; Đại diện."
        )
        raise Refused(
            f"{sentence} {_('Không hiểu cột: %s.') % ', '.join(unknown_titles)}"
            if unknown_titles
            else sentence,
            "signers_file",
        )
    return keys


def _text(cell):
    """A cell as text: spreadsheets store identity numbers as floats."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
