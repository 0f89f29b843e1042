"""A list of the register: the same pages of 1,000, of 55,000 and of 1,000,000 rows."""

from bench.ground import CITY, fill
from bench.measure import least_seconds, peak_mib, row

PAGES = (
    ("trang đầu", {}),
    ("trang giữa sổ", {"after": None}),
    ("lọc theo loại việc và trạng thái", {"kind": "dialogue", "state": "confirmed"}),
    ("lọc theo thành phố", {"unit": "Hà Nội"}),
    ("lọc theo ngày", {"since": "2019-01-01", "last": "2020-12-31"}),
    ("tìm chữ hay gặp", {"q": "vệ sinh môi trường"}),
    ("tìm số ký hiệu", {"q": "777/BC"}),
    ("xếp theo ngày ghi", {"sort": "-id"}),
    ("xếp theo ngày ghi ở thành phố", {"sort": "-id", "unit": "Hà Nội"}),
)


def lists(sizes):
    """A row for each page and reader: the time in the largest register against the smallest, with
    the same number of queries.
    """
    measures = {}
    for size in sizes:
        fill(size)
        for reader, actor in _readers().items():
            for title, query in PAGES:
                measures[size, reader, title] = _page(actor, _address(actor, query))
    small, large = min(sizes), max(sizes)
    for (_size, reader, title), (_time, _memory, queries, _rows) in measures.items():
        assert queries == measures[small, reader, title][2], f"{title}: {queries} queries"
    rows = []
    for reader in _readers():
        for title, _query in PAGES:
            by_size = [measures[size, reader, title] for size in sorted(sizes)]
            name = (
                f"danh sách sổ, {title}, {reader}: {large:,} dòng / {small:,} dòng; "
                f"{by_size[0][2]} câu hỏi ở cả {len(sizes)} cỡ"
            )
            rows.append(row(name, by_size[-1][0], by_size[0][0], 2, by_size[-1][1]))
    return rows


def _readers():
    """{name: Actor}: one who may view everything, and one with rights in one city."""
    from danchu.people.actor import VERBS, Actor
    from danchu.units.find import unit_from

    city = unit_from(CITY)
    rights = {(verb, "*"): {city.pk} for verb in VERBS}
    from danchu.kernel.days import today

    return {
        "người xem cả nước": Actor.system("bench"),
        "người của một thành phố": Actor("account:0", "bench", day=today(), rights=rights),
    }


def _address(actor, query):
    """The query of the page's address; the deep page begins in the middle of what the actor may
    see.
    """
    from danchu.register.models import Event

    if "after" not in query:
        return query
    rows = Event.objects.visible_to(actor).order_by("-held_on", "-pk")
    middle = rows[rows.count() // 2]
    return {"after": f"{middle.pk}.{middle.held_on.isoformat()}"}


def _page(actor, filters):
    """(seconds, MiB, number of queries, number of rows) of one page with its count and cells."""
    from django.db import connection
    from django.http import QueryDict
    from django.test.utils import CaptureQueriesContext
    from django.utils.http import urlencode

    from danchu.register.sections.records import LISTING

    query = QueryDict(urlencode(filters))

    def work():
        fresh = type(actor)(
            actor.key, actor.name, day=actor.day, rights=actor.rights
        )  # nothing remembered of their rights
        rows = LISTING.bound_filters(fresh, query).qs
        LISTING.total(rows, query)
        lines = LISTING.lines(LISTING.page(rows, query).rows)
        for line in lines:
            for column in LISTING.page_columns:
                column.read(line)
        return lines

    work()
    with CaptureQueriesContext(connection) as queries:
        lines = work()
    memory = peak_mib(work)
    return least_seconds(work, spell=0.5)[0], memory, len(queries), len(lines)
