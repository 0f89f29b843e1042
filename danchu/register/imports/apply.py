"""Previews a table of events and writes it: completely or not at all, and exactly as previewed."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused, require
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name
from danchu.papers.store import chunks
from danchu.register.imports import stage
from danchu.register.imports.cells import Problem, fields_of, read_row
from danchu.register.imports.columns import read_heading
from danchu.register.imports.lookup import Lookup
from danchu.register.imports.reading import read_rows
from danchu.register.imports.typed_cells import check_headed, unnamed_columns
from danchu.register.kinds import KINDS
from danchu.register.models import Batch
from danchu.units.names import names_of

MOST_PROBLEMS = 1000
MOST_PLACES = 200


@dataclass(frozen=True)
class PlaceRows:
    """How many rows of a file are of one unit, with its name and code on the day of the first."""

    name: str
    code: str
    under: str
    rows: int


@dataclass(frozen=True)
class ImportPreview:
    """What importing a file would do: `rows` read, `new` ones to write (`drafts` of them as
    drafts), `same` in the register already.

    `problems` are the first MOST_PROBLEMS bad cells, `problem_count` the number of all. `places`
    are the PlaceRows of the units with most rows without a bad cell, `place_count` the number of
    all. `column_places` are {column of a problem: its index in the file}. `token` identifies this
    result; `batch` is what was written.
    """

    name: str
    file_hash: str
    rows: int
    new: int
    drafts: int
    same: int
    problems: tuple
    problem_count: int
    token: str
    places: tuple = ()
    place_count: int = 0
    column_places: dict = field(default_factory=dict)
    batch: object = None


def check_events(file, name, *, by):
    """The ImportPreview of an open binary file; nothing is written. Refused when it is no table;
    Denied without a right to import anywhere.
    """
    _require_import_right(by)
    with transaction.atomic():
        preview = _preview(file, name, by)
        transaction.set_rollback(True)
    return preview


@transaction.atomic
def import_events(file, name, *, by, token=""):
    """Write the events of an open binary file. Returns the ImportPreview with its batch (None when
    there was nothing new).

    Refused, with nothing written, when a cell is bad or, given the `token` of a preview, when the
    file or the register has changed since. Denied as in `check_events`.
    """
    _require_import_right(by)
    with (
        connection.cursor() as cursor
    ):  # one import at a time: the second sees what the first wrote
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('register.import'))")
    preview = _preview(file, name, by)
    if preview.problem_count:
        first = preview.problems[0]
        message = _(
            "Tệp có %(count)s ô chưa đúng, chưa ghi gì. Ô đầu tiên: dòng %(row)s, cột "
            "%(column)s: %(message)s"
        )
        raise Refused(
            message
            % {
                "count": show_number(preview.problem_count),
                "row": first.row,
                "column": first.column,
                "message": first.message,
            },
            "file",
        )
    if token and token != preview.token:
        raise Refused(
            _("Tệp hoặc sổ đã thay đổi từ lần xem trước. Hãy xem lại rồi xác nhận."), "token"
        )
    batch = _write_batch(file, preview, by) if preview.new else None
    stage.close_stage()
    return ImportPreview(**{**vars(preview), "batch": batch})


def _require_import_right(by):
    may_import_some = any(by.scope("import", kind) != frozenset() for kind in KINDS)
    require(may_import_some, _("Ông/bà không có quyền nhập tệp."))


def _write_batch(file, preview, by):
    keep_paper(file, preview.name, by=by, limit=settings.IMPORT_BYTES)
    batch = Batch.objects.create(
        file_hash=preview.file_hash,
        name=preview.name,
        rows=preview.new,
        drafts=preview.drafts,
        same=preview.same,
        by=by.key,
        at=now(),
    )
    stage.insert_into_register(batch)
    record(
        by,
        "events.imported",
        batch,
        hash=preview.file_hash,
        rows=preview.new,
        drafts=preview.drafts,
        same=preview.same,
    )
    return batch


def _preview(file, name, by):
    """The ImportPreview; the rows to write stay in the staging table."""
    name = clean_name(name)
    file_hash = _hash(file)
    stage.open_stage()
    reader = _Reader(file, name, Lookup(by))
    stage.fill_stage(reader.good_rows(), reader.fields, reader.lookup, by)
    if not reader.rows:
        raise Refused(_("Tệp không có dòng nào dưới hàng tiêu đề."), "file")
    reader.add(stage.repeated_references(MOST_PROBLEMS))
    same = stage.remove_rows_in_register()
    reader.add(stage.conflicting_rows(MOST_PROBLEMS))
    reader.add(stage.rows_already_stated(MOST_PROBLEMS))
    reader.add(stage.rows_beyond_parts(MOST_PROBLEMS))
    new, drafts = stage.count_stage()
    token = hashlib.sha256(
        f"{file_hash} {by.key} {new} {drafts} {same} {reader.count}".encode()
    ).hexdigest()
    problems = tuple(sorted(reader.problems, key=lambda p: p.row))[:MOST_PROBLEMS]
    return ImportPreview(
        name,
        file_hash,
        reader.rows,
        new,
        drafts,
        same,
        problems,
        reader.count,
        token,
        places=_places(reader),
        place_count=len(reader.rows_of_unit),
        column_places={key: place for place, key in enumerate(reader.keys) if key},
    )


def _places(reader):
    """The PlaceRows of the MOST_PLACES units with most rows."""
    most = reader.rows_of_unit.most_common(MOST_PLACES)
    parents = names_of((unit.parent, reader.first_day[unit]) for unit, _rows in most if unit.parent)
    return tuple(
        PlaceRows(
            unit.name, unit.code, parents.get((unit.parent, reader.first_day[unit]), ""), rows
        )
        for unit, rows in most
    )


def _hash(file):
    digest = hashlib.sha256()
    size = 0
    for chunk in chunks(file):
        size += len(chunk)
        if size > settings.IMPORT_BYTES:
            most = show_number(settings.IMPORT_BYTES // 1024 // 1024)
            raise Refused(_("Tệp lớn hơn %s MB. Hãy chia tệp.") % most, "file")
        digest.update(chunk)
    if not size:
        raise Refused(_("Tệp không có nội dung. Hãy chọn tệp khác."), "file")
    return digest.hexdigest()


class _Reader:
    """Reads a file row by row; collects the first MOST_PROBLEMS problems and counts all."""

    def __init__(self, file, name, lookup):
        self.lines = read_rows(file, name)
        self.lookup = lookup
        self.rows = 0
        self.count = 0
        self.problems = []
        self.rows_of_unit = Counter()
        self.first_day = {}
        heading = next(self.lines, None)
        if heading is None:
            raise Refused(_("Tệp không có nội dung. Hãy chọn tệp khác."), "file")
        self.keys = read_heading(heading[1])
        self.unnamed = unnamed_columns(heading[1])
        self.fields = fields_of(self.keys)

    def add(self, problems):
        self.count += len(problems)
        self.problems += problems[: MOST_PROBLEMS - len(self.problems)]

    def good_rows(self):
        """Yields (number in the file, fields) of the rows without a problem."""
        for number, cells in self.lines:
            self.rows += 1
            try:
                check_headed(cells, len(self.keys), self.unnamed)
            except Refused as refusal:
                self.add([Problem(number, "", "", refusal.message)])
                continue
            row = {key: cell for key, cell in zip(self.keys, cells, strict=False) if key}
            fields, problems = read_row(number, row, self.lookup)
            if problems:
                self.add(problems)
            else:
                self.rows_of_unit[fields["unit"]] += 1
                self.first_day.setdefault(fields["unit"], fields["held_on"])
                yield number, fields
