"""Looking a table of events through, and writing it: whole, once, exactly as it was shown."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused, require
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name
from danchu.papers.store import chunks
from danchu.register.imports import stage
from danchu.register.imports.cells import Problem, read_row
from danchu.register.imports.columns import read_heading
from danchu.register.imports.known import Known
from danchu.register.imports.reading import read_rows
from danchu.register.kinds import KINDS
from danchu.register.models import Batch

MOST_TOLD = 1000


@dataclass(frozen=True)
class Outlook:
    """What a file would do: `rows` read, `new` to be written (`drafts` of them unconfirmed), `same`
    there already.

    `problems` are the first MOST_TOLD bad cells, `problem_count` how many were found. `token`
    stands for just this outcome.
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
    batch: object = None


def check_events(file, name, *, by):
    """The Outlook of an open binary file; nothing is written."""
    _require_some(by)
    with transaction.atomic():
        outlook = _looked_through(file, name, by)
        transaction.set_rollback(True)
    return outlook


@transaction.atomic
def import_events(file, name, *, by, token=""):
    """Write the events of an open binary file; the Outlook with its batch (None when every row was
    there already).

    Refused, and nothing written, when a cell is bad or, with the `token` of a check, when file or
    book changed since.
    """
    _require_some(by)
    with (
        connection.cursor() as cursor
    ):  # one import at a time: the second sees what the first wrote
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('register.import'))")
    outlook = _looked_through(file, name, by)
    if outlook.problem_count:
        first = outlook.problems[0]
        told = _(
            "Tệp có %(count)s ô chưa đúng, chưa ghi gì. Ô đầu tiên: dòng %(row)s, cột "
            "%(column)s: %(message)s"
        )
        raise Refused(
            told
            % {
                "count": show_number(outlook.problem_count),
                "row": first.row,
                "column": first.column,
                "message": first.message,
            },
            "file",
        )
    if token and token != outlook.token:
        raise Refused(
            _("Tệp hoặc sổ đã thay đổi từ lần xem trước. Hãy xem lại rồi xác nhận."), "token"
        )
    batch = _written(file, outlook, by) if outlook.new else None
    stage.close_stage()
    return Outlook(**{**vars(outlook), "batch": batch})


def _require_some(by):
    known = any(by.scope("import", kind) != frozenset() for kind in KINDS)
    require(known, _("Ông/bà không có quyền nhập tệp."))


def _written(file, outlook, by):
    keep_paper(file, outlook.name, by=by, limit=settings.IMPORT_BYTES)
    batch = Batch.objects.create(
        file_hash=outlook.file_hash,
        name=outlook.name,
        rows=outlook.new,
        drafts=outlook.drafts,
        same=outlook.same,
        by=by.key,
        at=datetime.now(UTC),
    )
    stage.move_into_the_book(batch)
    record(
        by,
        "events.imported",
        batch,
        hash=outlook.file_hash,
        rows=outlook.new,
        drafts=outlook.drafts,
        same=outlook.same,
    )
    return batch


def _looked_through(file, name, by):
    """The Outlook; the rows to be written stay in the passing table."""
    name = clean_name(name)
    file_hash = _hash(file)
    stage.open_stage()
    reader = _Reader(file, name, Known(by))
    stage.fill_stage(reader.good_rows(), reader.known, by)
    if not reader.rows:
        raise Refused(_("Tệp không có dòng nào dưới hàng tiêu đề."), "file")
    reader.add(stage.twice_in_the_file(MOST_TOLD))
    same = stage.take_out_the_same()
    reader.add(stage.differing(MOST_TOLD))
    reader.add(stage.already_stated(MOST_TOLD))
    new, drafts = stage.count_stage()
    token = hashlib.sha256(
        f"{file_hash} {by.key} {new} {drafts} {same} {reader.count}".encode()
    ).hexdigest()
    problems = tuple(sorted(reader.problems, key=lambda p: p.row))[:MOST_TOLD]
    return Outlook(name, file_hash, reader.rows, new, drafts, same, problems, reader.count, token)


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
    """Reads a file row by row; keeps the first problems and counts all."""

    def __init__(self, file, name, known):
        self.lines = read_rows(file, name)
        self.known = known
        self.rows = 0
        self.count = 0
        self.problems = []
        heading = next(self.lines, None)
        if heading is None:
            raise Refused(_("Tệp không có nội dung. Hãy chọn tệp khác."), "file")
        self.keys = read_heading(heading[1])

    def add(self, problems):
        self.count += len(problems)
        self.problems += problems[: MOST_TOLD - len(self.problems)]

    def good_rows(self):
        """(number, fields) of the rows without a problem."""
        for number, cells in self.lines:
            self.rows += 1
            if any(str(cell).strip() for cell in cells[len(self.keys) :]):
                self.add(
                    [
                        Problem(
                            number,
                            "",
                            "",
                            _("Dòng này có nhiều ô hơn hàng tiêu đề. Hãy kiểm tra dấu phân cách."),
                        )
                    ]
                )
                continue
            typed = {key: cell for key, cell in zip(self.keys, cells, strict=False) if key}
            fields, problems = read_row(number, typed, self.known)
            if problems:
                self.add(problems)
            else:
                yield number, fields
