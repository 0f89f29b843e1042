"""The whole report of one city after one new event, against its plain grouping queries."""

from datetime import date
from uuid import uuid4

from bench.figures import bare_query, fetch
from bench.ground import fill, say
from bench.measure import peak_mib, row, seconds

RUNS = 15


def whole_report(rows):
    """Two rows. No figure is cached; a server caches maps while they do not change, and the second
    row computes them anew too.
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
            fetch(query, values)

    cold_times, warm_times, rival_times, table_times = [], [], [], []
    for _ in range(RUNS):
        fresh()
        maps._cache.clear()
        cold_times.append(seconds(lambda: fill_report(form)))
        fresh()
        warm_times.append(seconds(lambda: fill_report(form)))
        rival_times.append(seconds(rival))
        table_times.append(seconds(_read_map_tables))
    memory = peak_mib(lambda: fill_report(form))
    label = f"cả báo cáo một thành phố sau một hồ sơ mới, {rows:,} dòng"
    return [
        row(
            f"{label}, không giữ số nào từ trước / tổng các câu SQL gộp trần",
            min(warm_times),
            min(rival_times),
            2,
            memory,
        ),
        row(
            f"{label}, tiến trình vừa khởi động, vẽ lại cả bản đồ / tổng các câu SQL gộp trần",
            min(cold_times),
            min(rival_times),
            2,
            memory,
        ),
        row(
            f"{label}, vẽ lại cả bản đồ / số không giữ từ trước cộng đọc trần ba bảng của bản đồ",
            min(cold_times),
            min(warm_times) + min(table_times),
            1.5,
            memory,
        ),
    ]


def _read_map_tables():
    """Fetch, and do nothing with, the rows that a map is drawn from: what a process just started
    cannot do without.
    """
    fetch("SELECT id, level, since, until FROM units_unit", [])
    fetch("SELECT unit_id, name, code, kind, parent_id, since, until FROM units_standing", [])
    fetch("SELECT before_id, after_id, share_over, share_under FROM units_succession", [])


def _queries(document):
    """[(SQL, values)]: one plain query for each flow and period of the document."""
    from danchu.reports.sealing import base_figures
    from danchu.units.maps import boundaries

    queries = {}
    for figure in base_figures(document):
        flow = figure.indicator
        if flow.kind == "flow" and figure.unit_id == document.unit_id:
            queries[flow.key, figure.period] = bare_query(
                flow, figure.period, boundaries(figure.map_day).sources(figure.unit_id)
            )
    return list(queries.values())
