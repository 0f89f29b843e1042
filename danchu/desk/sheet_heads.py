"""A table that another program wrote: somebody says which of its columns is which."""

import tempfile

from django.utils.translation import gettext as _

from danchu.desk.waiting import store_pending
from danchu.kernel.refusals import Refused
from danchu.register.imports.corrected import write_rows
from danchu.register.imports.headings import MissingColumns


def choices_of_heads(missing, typed):
    """[(column, [(index, heading, whether it was chosen in the form)])] of the columns whose
    headings are to be chosen; [] where `missing` is None.
    """
    if missing is None:
        return []
    return [
        (
            column,
            [
                (place, heading, typed.get(f"head-{column.key}") == str(place))
                for place, heading in missing.unread.items()
            ],
        )
        for column in missing.missing
    ]


def named_heads(request, sheet, file, name):
    """Make a waiting file whose columns have the headings that were chosen for them in the form;
    returns its hash. Refused where one is not chosen, or chosen twice.
    """
    try:
        sheet.read(file, name)
    except MissingColumns as refusal:
        missing = refusal
    else:
        raise Refused(_("Tệp đã có đủ cột."), "file")
    places = {str(place): place for place in missing.unread}
    chosen = {column: request.POST.get(f"head-{column.key}") for column in missing.missing}
    if not all(text in places for text in chosen.values()):
        raise Refused(_("Hãy chọn một cột của tệp cho mỗi cột còn thiếu."), "file")
    if len(set(chosen.values())) < len(chosen):
        raise Refused(_("Một cột của tệp không thể là hai cột ở đây."), "file")
    texts = {(missing.number, places[text]): str(column.label) for column, text in chosen.items()}
    with tempfile.TemporaryFile() as content:
        write_rows(file, name, content, texts=texts)
        content.seek(0)
        return store_pending(request, content, name)
