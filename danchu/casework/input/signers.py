"""The signers of a group petition, from a file or typed line by line."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noted

from danchu.casework.input.persons import MOST, checked_persons
from danchu.casework.rules.groups import check_representatives, most_representatives
from danchu.kernel.lines import line_refusals
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean, fold, identity_key
from danchu.register.imports.reading import read_rows
from danchu.register.imports.typed_cells import (
    check_headed,
    shown,
    telephone_of_cell,
    text_of_cell,
    unnamed_columns,
)

# The folded titles that a column may have.
HEADS = {
    "name": ("ho va ten", "ho ten", "ten", "name"),
    "address": ("dia chi", "noi o", "address"),
    "identity": ("so giay to", "cccd", "so cccd", "identity"),
    "phone": ("dien thoai", "so dien thoai", "phone"),
    "is_representative": ("dai dien", "nguoi dai dien", "representative"),
}
TITLES = {
    "name": noted("Họ và tên"),
    "address": noted("Địa chỉ"),
    "identity": noted("Số giấy tờ"),
    "phone": noted("Điện thoại"),
    "is_representative": noted("Đại diện"),
}
IGNORED_TITLES = {"", "stt", "so tt", "chu ky", "ghi chu", "ky ten"}
YES = {"x", "co", "dai dien", "yes", "1"}
NO = {"", "khong", "no", "0"}


def persons_typed(senders, fields):
    """The persons of a form: the `senders`, those typed line by line in `signers`, and those of the
    list in `signers_file`. Refused by field with everything that is wrong in any of them.
    """
    file = fields.get("signers_file")
    persons = []
    with all_refusals() as rule:
        with rule():
            persons += checked_persons(senders)
        with rule():
            persons += typed_signers(fields.get("signers", ""))
        if file:
            with rule():
                persons += listed_signers(file, file.name)
    return persons


def typed_signers(text):
    """The persons of lines "name; address", as checked_persons gives them; blank lines are left
    out. Refused on "signers" with the number of every line that is wrong.
    """
    persons = []
    with line_refusals(_("Dòng %(number)s: %(why)s"), "signers") as line:
        for number, words in enumerate(text.splitlines(), 1):
            name, _semicolon, address = words.partition(";")
            if not words.strip():
                continue
            with line(number):
                persons.append(_named_person({"name": name, "address": address}))
    return persons


def listed_signers(file, name):
    """The persons of a CSV or XLSX list, as checked_persons gives them. Refused on "signers_file"
    with the number of every line that is wrong.
    """
    keys = None
    unnamed = []
    persons = []
    with line_refusals(_("Dòng %(number)s của danh sách: %(why)s"), "signers_file") as line:
        for number, cells in read_rows(file, name):
            if keys is None:
                keys = _keys(cells)
                unnamed = unnamed_columns(cells)
                continue
            with line(number):
                check_headed(cells, len(keys), unnamed)
                row = _row(keys, cells)
                if any(row.values()):
                    persons.append(_named_person(row))
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


def _named_person(row):
    """The person of a line, as checked_persons gives them; Refused also without a name."""
    with all_refusals() as rule:
        with rule():
            (person,) = checked_persons([row])
        with rule():
            if not clean(row.get("name") or ""):
                raise Refused(_("Hãy ghi họ và tên."))
    return person


def without_duplicates(persons):
    """The persons without duplicates by name, address (marks count) and identity number; the first
    of each
    stays, as a representative if one of them is.
    """
    seen = {}
    for person in persons:
        key = (
            identity_key(person["name"]),
            identity_key(person["address"]),
            person["identity"].upper(),
        )
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
        next((key for key, names in HEADS.items() if fold(shown(cell)) in names), None)
        for cell in cells
    ]
    unknown_titles = [
        shown(cell)[:40]
        for cell, key in zip(cells, keys, strict=True)
        if key is None and fold(shown(cell)) not in IGNORED_TITLES
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


def _is_marked(cell):
    """Whether the cell marks a representative; Refused where it says neither yes nor no."""
    if isinstance(cell, bool):
        return cell
    word = fold(shown(cell) if isinstance(cell, int | float) else text_of_cell(cell))
    if word not in YES | NO:
        raise Refused(_("Hãy ghi có hoặc không."))
    return word in YES


def _row(keys, cells):
    """{column: text, "is_representative": bool} of one line; Refused with every cell that is not
    what was typed.
    """
    row = {}
    with all_refusals() as rule:
        for key, cell in zip(keys, cells, strict=False):
            with rule():
                if key:
                    row[key] = _value(key, cell)
    return row


def _value(key, cell):
    try:
        if key == "is_representative":
            return _is_marked(cell)
        return telephone_of_cell(cell) if key == "phone" else text_of_cell(cell)
    except Refused as refusal:
        raise Refused(f"{_(TITLES[key])}: {refusal.message}") from None
