"""A table that another program wrote: somebody says which of its columns is which. What they said
is offered for the next table, from a cookie that goes to the pages of this kind of table alone.
"""

import base64
import json
import tempfile

from django.utils.translation import gettext as _

from danchu.desk.waiting import store_pending
from danchu.kernel.refusals import Refused
from danchu.register.imports.corrected import write_rows
from danchu.register.imports.headings import MissingColumns

COOKIE = "heads"
YEAR_SECONDS = 365 * 24 * 60 * 60
LONGEST = 3000  # bytes of a cookie; browsers keep 4096


def choices_of_heads(missing, request):
    """[(column, [(index, heading, whether it was chosen in the form, or for an earlier table where
    nothing was)])] of the columns whose headings are to be chosen; [] where `missing` is None.
    """
    if missing is None:
        return []
    chosen_before = _kept_heads(request)

    def is_chosen(column, place, heading):
        typed = request.POST.get(f"head-{column.key}")
        if typed is None:
            return chosen_before.get(column.key) == heading
        return typed == str(place)

    return [
        (
            column,
            [
                (place, heading, is_chosen(column, place, heading))
                for place, heading in missing.unread.items()
            ],
        )
        for column in missing.missing
    ]


def keep_heads(response, heads, request):
    """Keep {column: heading} for the next table of this kind, from the page of one that waits; the
    response. The cookie goes to the address under which such pages lie, and nowhere else.
    """
    address = request.path.rstrip("/").rpartition("/")[0] + "/"
    text = json.dumps(heads, ensure_ascii=False).encode()
    value = base64.urlsafe_b64encode(text).decode()
    if len(value) <= LONGEST:
        response.set_cookie(
            COOKIE, value, max_age=YEAR_SECONDS, path=address, samesite="Lax", httponly=True
        )
    return response


def _kept_heads(request):
    try:
        heads = json.loads(base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, "")))
    except ValueError:
        return {}
    return heads if isinstance(heads, dict) else {}


def named_heads(request, sheet, file, name):
    """Make a waiting file whose columns have the headings that were chosen for them in the form;
    returns its hash and {column: the heading that was chosen}. Refused where one is not chosen, or
    chosen twice.
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
        heads = {column.key: missing.unread[places[text]] for column, text in chosen.items()}
        return store_pending(request, content, name), heads
