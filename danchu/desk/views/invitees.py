"""Import of a list of delegates."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.actions.delegates import import_delegates
from danchu.conference.input.invitee_list import COLUMNS, read_invitees
from danchu.desk.guard import official
from danchu.desk.sheet_pages import OpenSheet
from danchu.desk.views.programme import conference_to_prepare
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.register.imports.tables import Column
from danchu.subjects.first_rows import first_rows


class InviteeSheet:
    """The table of the delegates of one conference."""

    title = gettext_lazy("Nhập danh sách đại biểu")
    names = {
        "upload": "desk_invitees",
        "seen": "desk_invitees_seen",
        "problems": "desk_invitees_problems",
        "file": "desk_invitees_file",
    }
    columns = tuple(
        Column(key, label, how, example) for key, (label, how, example) in COLUMNS.items()
    )
    upload_template = "desk/invitees.html"
    seen_template = "desk/invitees_seen.html"

    def open(self, request, pk):
        conference = conference_to_prepare(request, pk)
        return OpenSheet(
            read=lambda file, name: read_invitees(conference, file, name),
            write=lambda file, name, token: _write(request, conference, file, name, token),
            context={"record": conference, "samples": _sample_addresses(pk)},
            details=lambda outcome: {"first": first_rows(list(outcome.new), 10, request.GET)},
        )


INVITEE_SHEET = InviteeSheet()


def _sample_addresses(pk):
    return [
        reverse("desk_invitees_sample", kwargs={"pk": pk, "ending": ending})
        for ending in ("xlsx", "csv")
    ]


@official
def sample(request, pk, ending):
    """The table to fill in, with one example row."""
    conference_to_prepare(request, pk)
    head = [str(title) for title, _how, _example in COLUMNS.values()]
    lines = [[str(example) for _title, _how, example in COLUMNS.values()]]
    return (
        xlsx_answer("mau-dai-bieu", head, lines)
        if ending == "xlsx"
        else csv_answer("mau-dai-bieu", head, lines)
    )


def _write(request, conference, file, name, token):
    number = import_delegates(conference, file, name, by=request.actor, token=token)
    messages.success(
        request,
        _("Đã mời %s đại biểu trong tệp.") % number
        if number
        else _("Mọi dòng của tệp đã có trong danh sách: không ghi thêm gì."),
    )
    return redirect("desk_delegates", pk=conference.pk)
