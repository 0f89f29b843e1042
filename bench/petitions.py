"""The list of petitions: the same pages of 1,000 and of 1,000,000 files, for actors of the country,
a city and one ward.
"""

from bench.ground import CITY, say
from bench.measure import least_seconds, peak_mib, row

WARD = "00004@2026-03-16"
PAGES = (
    ("trang đầu", {"which": "all"}),
    ("đang giải quyết", {}),
    ("quá hạn", {"which": "overdue"}),
    ("lọc theo loại và trạng thái", {"nature": "complaint", "state": "closed"}),
    ("tìm chữ hay gặp, không dấu", {"q": "rac ton dong"}),
    ("tìm chữ hiếm, không dấu", {"q": "hiem co 777"}),
    ("tìm mã đơn", {"q": "PA-0000-0777"}),
)
FILL = """
    INSERT INTO casework_petition (uid, code, secret, nature, channel, state, stage, unit_id,
        matter_id, title, content, received_on, moved_on,
        people, is_remote, several_places, complexity, fault, sender_key, verdict, answer_text,
            elsewhere, reopened, shown_title, shown_text,
        illustrative, made_by, made_at, suspended_days, eligible, competent, accepted_on,
            processed_on, resolved_on, ended_on, in_time, came_from, is_named)
    SELECT gen_random_uuid(), 'PA-' || lpad((n / 10000)::text, 4, '0') || '-' || lpad((n %%
        10000)::text, 4, '0'), repeat('0', 64),
        (ARRAY['feedback', 'complaint', 'feedback'])[n %% 3 + 1], 'counter', CASE WHEN n %% 20 =
            0 THEN 'accepted' ELSE 'closed' END, 'first',
        CASE WHEN n < 1000 THEN %s ELSE (%s::bigint[])[n %% %s + 1] END, 'road',
        CASE WHEN n %% 500000 = 777 THEN 'Việc hiếm có 777' ELSE (ARRAY['Rác tồn đọng ở đầu ngõ',
            'Đèn đường hỏng', 'Nắp cống vỡ'])[n %% 3 + 1] || ' ' || n END,
        'Nội dung', day, day, 1, false, false, '', '', '', '', '', '', 0, '', '', true, 'bench',
            now(), 0, true, true, day, day,
        CASE WHEN n %% 20 = 0 THEN NULL ELSE day + 20 END, CASE WHEN n %% 20 = 0 THEN NULL ELSE
            day + 20 END, CASE WHEN n %% 20 = 0 THEN NULL ELSE true END, '', true
    FROM (SELECT n, DATE '2016-03-16' + (n::bigint * 7919 %% 3600)::int AS day FROM
        generate_series(0, %s - 1) AS n) AS numbered
"""
OWE = """
    INSERT INTO obligations_obligation (uid, unit_id, title, owed_to, subject_kind, subject,
        rule_id, event_on, due_on, calendar, state, note, made_by, made_at, closed_by)
    SELECT gen_random_uuid(), unit_id, 'Trả lời', '', 'petition', id::text, %s, received_on,
        received_on + 10, 0, 'open', '', 'bench', now(), ''
    FROM casework_petition WHERE state = 'accepted'
"""


def petitions(sizes):
    """A row for each page and reader: the time in the largest list against the smallest."""
    measures = {}
    for size in sizes:
        _fill(size)
        for reader, actor in _readers().items():
            for title, query in PAGES:
                measures[size, reader, title] = _page(actor, query)
    rows, (small, large) = [], (min(sizes), max(sizes))
    for reader in _readers():
        for title, _query in PAGES:
            at_small, at_large = measures[small, reader, title], measures[large, reader, title]
            name = f"danh sách đơn, {title}, {reader}: {large:,} hồ sơ / {small:,} hồ sơ"
            rows.append(row(name, at_large[0], at_small[0], 2, at_large[1]))
    return rows


def _fill(size):
    from django.db import connection

    from danchu.casework.loading import load_matters
    from danchu.kernel.days import today
    from danchu.law.loading import load_law
    from danchu.law.models import RuleVersion
    from danchu.people.actor import Actor
    from danchu.units.find import unit_from
    from danchu.units.maps import boundaries

    by = Actor.system("bench")
    load_law(by=by)
    load_matters(by=by)
    chart = boundaries(today())
    communes, ward = sorted(chart.units_at("commune")), unit_from(WARD).pk
    communes = [ward] * 40 + communes
    # The first thousand are all the ward's, so that its pages are as full in the small list as in
    # the large one.
    rule = RuleVersion.objects.filter(key="feedback.answer").order_by("-since").first().pk
    say(f"  {size:,} petitions …")
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE casework_petition, obligations_obligation RESTART IDENTITY CASCADE"
        )
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL, [ward, communes, len(communes), size])
        cursor.execute(OWE, [rule])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute(
            "VACUUM ANALYZE casework_petition, obligations_obligation, law_ruleversion, "
            "people_account"
        )


def _readers():
    """{name: Actor} with the right to view petitions of the country, of one city, of one ward."""
    from danchu.kernel.days import today
    from danchu.people.actor import Actor
    from danchu.units.find import unit_from

    readers = {"người xem cả nước": Actor.system("bench")}
    for name, place in (("người của một thành phố", CITY), ("công chức một phường", WARD)):
        rights = {(verb, "petition_file"): {unit_from(place).pk} for verb in ("view", "draft")}
        readers[name] = Actor("account:0", "bench", account_id=0, day=today(), rights=rights)
    return readers


def _page(actor, query):
    """(seconds, MiB) of one page: the rows and their lines with due days."""
    from django.http import QueryDict
    from django.utils.http import urlencode

    from danchu.casework.sections.petitions import LISTING

    query = QueryDict(urlencode(query))

    def work():
        fresh = type(actor)(
            actor.key, actor.name, actor.account_id, day=actor.day, rights=actor.rights
        )
        rows = LISTING.bound_filters(fresh, query).qs
        for line in LISTING.lines(LISTING.page(rows, query).rows):
            for column in LISTING.page_columns:
                column.read(line)

    memory = peak_mib(work)
    return least_seconds(work, spell=0.5)[0], memory
