"""The whole report of one city after one new record, against its bare grouping queries."""

from datetime import date
from uuid import uuid4

from bench.figures import bare, fetched
from bench.ground import fill, say
from bench.measure import peak_mib, row, seconds

RUNS = 15


def whole_report(rows):
    """No figure is kept anywhere. A server keeps the maps while they do not change; the second
    row draws them anew too.
    """
    from danchu.people.actor import Actor
    from danchu.register.actions import confirm_event, draft_event
    from danchu.reports.document import fill as fill_report
    from danchu.reports.template import read_form
    from danchu.units import maps
    from danchu.units.find import unit_from

    fill(rows)
    form, by, ward = read_form("ha-noi-2023"), Actor.system("bench"), unit_from("00004@2023-12-12")
    queries = _queries(fill_report(form))
    say(f"  {len(queries)} bare grouping queries")

    def fresh():
        event = draft_event(
            "dialogue",
            by=by,
            unit=ward,
            held_on=date(2023, 3, 3),
            title="Đối thoại",
            reference=f"B-{uuid4()}",
            form="periodic",
        )
        confirm_event(event, by=by)

    def rival():
        for query, values in queries:
            fetched(query, values)

    cold, warm, other, tables = [], [], [], []
    for _ in range(RUNS):
        fresh()
        maps._cache.clear()
        cold.append(seconds(lambda: fill_report(form)))
        fresh()
        warm.append(seconds(lambda: fill_report(form)))
        other.append(seconds(rival))
        tables.append(seconds(_read_map_tables))
    memory = peak_mib(lambda: fill_report(form))
    what = f"cả báo cáo một thành phố sau một hồ sơ mới, {rows:,} dòng"
    return [
        row(
            f"{what}, không giữ số nào từ trước / tổng các câu SQL gộp trần",
            min(warm),
            min(other),
            2,
            memory,
        ),
        row(
            f"{what}, tiến trình vừa khởi động, vẽ lại cả bản đồ / tổng các câu SQL gộp trần",
            min(cold),
            min(other),
            2,
            memory,
        ),
        row(
            f"{what}, vẽ lại cả bản đồ / số không giữ từ trước cộng đọc trần ba bảng của bản đồ",
            min(cold),
            min(warm) + min(tables),
            1.5,
            memory,
        ),
    ]


def _read_map_tables():
    """Fetch, and do nothing with, the rows that a map is drawn from: what a process just started
    cannot do without.
    """
    fetched("SELECT id, level, since, until FROM units_unit", [])
    fetched("SELECT unit_id, name, code, kind, parent_id, since, until FROM units_standing", [])
    fetched("SELECT before_id, after_id, share_over, share_under FROM units_succession", [])


def _queries(document):
    """One bare query for each flow that the document rests on, as the document asks for it;
    each once.
    """
    from danchu.reports.sealing import base_figures
    from danchu.units.maps import boundaries

    found = {}
    for it in base_figures(document):
        what = it.indicator
        if what.kind == "flow" and it.unit_id == document.unit_id:
            found[what.key, it.period] = bare(
                what, it.period, boundaries(it.map_day).sources(it.unit_id)
            )
    return list(found.values())
