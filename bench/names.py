"""The list of obligations sorted by title, as Vietnamese sorts: the same pages of 1,000 and of
1,000,000 rows.
"""

from bench.ground import CITY, say
from bench.measure import least_seconds, peak_mib, row

PAGES = (("trang đầu", ""), ("trang đầu, ngược", "-"), ("trang giữa", "middle"))
FILL = """
    INSERT INTO obligations_obligation (uid, unit_id, title, owed_to, subject_kind, subject,
        rule_id, event_on, due_on, calendar, state, note, made_by, made_at, closed_by)
    SELECT gen_random_uuid(), (%s::bigint[])[n %% %s + 1],
        (ARRAY['Trả lời kiến nghị về đường ngõ', 'Ủy ban trả lời Ban Thanh tra nhân dân',
            'Đối thoại định kỳ', 'Ấn định ngày tiếp công dân', 'Ước nguyện của tổ dân phố'])[
            n * 7 %% 5 + 1] || ' ' || n::bigint * 7919 %% 1000003,
        '', '', '', %s, DATE '2026-03-16', DATE '2026-03-26', 0, 'open', '', 'bench', now(), ''
    FROM generate_series(0, %s - 1) AS n
"""


def names(sizes):
    """A row for each page and reader: the time in the largest list against the smallest."""
    measures = {}
    for size in sizes:
        _fill(size)
        for reader, actor in _readers().items():
            for title, place in PAGES:
                measures[size, reader, title] = _page(actor, place)
    rows, (small, large) = [], (min(sizes), max(sizes))
    for reader in _readers():
        for title, _place in PAGES:
            at_small, at_large = measures[small, reader, title], measures[large, reader, title]
            name = f"nghĩa vụ xếp theo tên, {title}, {reader}: {large:,} dòng / {small:,} dòng"
            rows.append(row(name, at_large[0], at_small[0], 2, at_large[1]))
    return rows


def _fill(size):
    from django.db import connection

    from danchu.kernel.days import today
    from danchu.law.loading import load_law
    from danchu.law.models import RuleVersion
    from danchu.people.actor import Actor
    from danchu.units.maps import boundaries

    load_law(by=Actor.system("bench"))
    communes = sorted(boundaries(today()).units_at("commune"))
    rule = RuleVersion.objects.filter(key="feedback.answer").order_by("-since").first().pk
    say(f"  {size:,} obligations …")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE obligations_obligation RESTART IDENTITY CASCADE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL, [communes, len(communes), rule, size])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE obligations_obligation, law_ruleversion, people_account")


def _readers():
    """{name: Actor} with the right to view obligations of the country and of one city."""
    from danchu.kernel.days import today
    from danchu.people.actor import Actor
    from danchu.units.find import unit_from

    rights = {("view", "obligation"): {unit_from(CITY).pk}}
    return {
        "người xem cả nước": Actor.system("bench"),
        "người của một thành phố": Actor("account:0", "bench", 0, day=today(), rights=rights),
    }


def _page(actor, place):
    """(seconds, MiB) of one page with its cells; a page in the middle begins behind a row there."""
    from django.http import QueryDict
    from django.utils.http import urlencode

    from danchu.obligations.sections.obligations import LISTING
    from danchu.subjects.keyset import mark_of
    from danchu.subjects.order import VietnameseOrder

    filters = {"which": "all", "sort": "-title" if place == "-" else "title"}
    if place == "middle":
        rows = LISTING.rows(actor).order_by(VietnameseOrder("title"), "pk")
        filters["after"] = mark_of(rows[rows.count() // 2], "title")
    query = QueryDict(urlencode(filters))

    def work():
        fresh = type(actor)(
            actor.key, actor.name, actor.account_id, day=actor.day, rights=actor.rights
        )
        rows = LISTING.bound_filters(fresh, query).qs
        lines = LISTING.lines(LISTING.page(rows, query).rows)
        for line in lines:
            for column in LISTING.page_columns:
                column.read(line)
        assert lines

    memory = peak_mib(work)
    return least_seconds(work, spell=0.5)[0], memory
