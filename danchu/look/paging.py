"""Lists by key: sorted by one field either way, paged by the last row seen, so that a long list
pages like a short one.
"""

from dataclasses import dataclass

from django.db.models import Q

from danchu.kernel.addresses import uid_in

PAGE = 50


@dataclass(frozen=True)
class Page:
    """`rows` of this page; `after` the uid of its last when more follow; `query` what was
    asked, without the page.
    """

    rows: list
    after: object
    query: str


def page_by_key(request, rows, sorts):
    """The page the request asks for. `sorts` are the fields it may be sorted by, never null, the
    first by default downwards.

    What is asked in the body of a request (names) stays there: its `query` is empty, a form asks
    for its next page.
    """
    asked = request.POST if request.method == "POST" else request.GET
    key, down = _sort(asked, sorts)
    mark = _mark(rows, asked.get("after", ""))
    order = "-" if down else ""
    if mark:
        side = "lt" if down else "gt"
        rows = rows.filter(
            Q(**{f"{key}__{side}": getattr(mark, key)})
            | Q(**{key: getattr(mark, key), f"pk__{side}": mark.pk})
        )
    found = list(rows.order_by(f"{order}{key}", f"{order}pk")[: PAGE + 1])
    kept = request.GET.copy()
    kept.pop("after", None)
    return Page(found[:PAGE], found[PAGE - 1].uid if len(found) > PAGE else None, kept.urlencode())


def _sort(asked, sorts):
    wanted = asked.get("sort", "")
    key = wanted.removeprefix("-")
    return (key, wanted.startswith("-")) if key in sorts else (sorts[0], True)


def _mark(rows, text):
    """The row of this uid; None where it is none."""
    uid = uid_in(text)
    return rows.filter(uid=uid).first() if uid else None
