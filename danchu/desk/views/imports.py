"""Import of events at the desk."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.desk.examples import event_example, importable_kinds
from danchu.desk.guard import official
from danchu.desk.sheet_pages import OpenSheet
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import require
from danchu.kernel.words import local_name
from danchu.look.sheets import CSV, SHEET
from danchu.papers.answers import made_answer
from danchu.register.imports import check_events, import_events
from danchu.register.imports.columns import COLUMNS
from danchu.register.imports.samples import sample_csv, sample_xlsx
from danchu.register.models import Batch
from danchu.subjects.first_rows import first_rows


class EventSheet:
    """The table of events of all kinds."""

    title = gettext_lazy("Nhập từ tệp")
    names = {
        "upload": "desk_imports",
        "seen": "desk_import",
        "problems": "desk_import_problems",
        "file": "desk_import_file",
    }
    upload_template = "desk/imports.html"
    seen_template = "desk/import.html"

    def open(self, request):
        kinds = [(kind.key, local_name(kind)) for kind in importable_kinds(request.actor)]
        require(bool(kinds), _("Chức trách của ông/bà không nhập tệp."))
        batches = Batch.objects.filter(by=request.actor.key).order_by("-pk")
        return OpenSheet(
            read=lambda file, name: check_events(file, name, by=request.actor),
            write=lambda file, name, token: _write(request, file, name, token),
            label=_label,
            context={
                "kinds": kinds,
                "columns": COLUMNS.values(),
                "batches": first_rows(batches, 20, request.GET),
            },
        )


EVENT_SHEET = EventSheet()


@official
def sample(request, ending):
    """The table to fill in, as CSV or XLSX, with a row that the reader could send; of one kind
    where the address names one that the reader may import.
    """
    kinds = importable_kinds(request.actor)
    kind = next((one for one in kinds if one.key == request.GET.get("kind")), None)
    example = event_example(request.actor, kind)
    if ending == "xlsx":
        content = sample_xlsx(example, kinds, kind)
        media = SHEET
    else:
        content = sample_csv(example, kind)
        media = CSV
    name = f"mau-nhap-viec-{kind.key.replace('_', '-')}" if kind else "mau-nhap-viec"
    return made_answer(content, f"{name}.{ending}", media)


def _label(column):
    """The name of a column as people read it."""
    return _(COLUMNS[column].vi) if column in COLUMNS else column


def _write(request, file, name, token):
    result = import_events(file, name, by=request.actor, token=token)
    if result.batch is None:
        messages.info(request, _("Mọi dòng của tệp đã có trong sổ: không ghi thêm gì."))
        return redirect("desk_imports")
    drafts = result.batch.drafts
    numbers = {
        "confirmed": show_number(result.batch.rows - drafts),
        "drafts": show_number(drafts),
    }
    if drafts:
        sentence = _(
            "Đã nhập: %(confirmed)s việc đã xác nhận, %(drafts)s bản nháp. Bản nháp chưa tính vào "
            "số liệu nào cho tới khi người có quyền xác nhận."
        )
    else:
        sentence = _("Đã nhập và xác nhận %(confirmed)s việc: có trong mọi số liệu từ bây giờ.")
    messages.success(request, sentence % numbers)
    return redirect(f"{reverse('desk_records')}?batch={result.batch.pk}")
