"""Obligations at the desk: written down with the due day and its reason, found, done, excused,
refused in words.
"""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from danchu.kernel.days import show_day, today
from danchu.law.loading import load_law
from danchu.obligations.actions import owe
from danchu.obligations.models import Obligation
from tests.browser import inspect
from tests.desk.conftest import BY
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.usefixtures("law_loaded")


@pytest.fixture
def law(officials):
    load_law(by=BY)
    return officials


def typed(**more):
    return {
        "uid": str(uuid4()),
        "title": "Trả lời kiến nghị số 3",
        "rule": "pib.answer",
        "event_on": "20/10/2025",
        "unit": "00004",
        "owed_to": "Ban TTND",
        **more,
    }


def test_a_clerk_writes_one_down_and_reads_why(law, client):
    client.force_login(law.clerk)
    form = typed()
    answer = client.post("/desk/obligations/new/", form, follow=True)
    text = answer.content.decode()
    assert Obligation.objects.get().due_on == date(2025, 11, 4)
    assert "04/11/2025" in text and "Điều 40 khoản 1 điểm c" in text and "quá hạn" in text
    client.post("/desk/obligations/new/", form)
    assert Obligation.objects.count() == 1, "the form sent twice is one obligation"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event_on", "31/02/2025"),
        ("event_on", ""),
        ("title", ""),
        ("rule", ""),
        ("rule", "no"),
        ("unit", "00008"),
        ("unit", "zzz"),
        ("event_on", "01/01/1985"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(law, client, field, value):
    client.force_login(law.clerk)
    answer = client.post("/desk/obligations/new/", typed(**{field: value}))
    assert answer.status_code == 400
    assert "Trả lời kiến nghị số 3" in answer.content.decode() or field == "title"
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Obligation.objects.exists()


def test_done_and_excused_from_its_page(law, client):
    client.force_login(law.chair)
    rows = [
        owe(
            by=BY,
            unit=law.ward,
            rule_key="pib.answer",
            event_on=date(2025, 10, 20),
            title=f"Việc {n}",
        )
        for n in (1, 2)
    ]
    page = f"/desk/obligations/{rows[0].uid}/"
    answer = client.post(f"{page}meet/", {"on": "31/02/2025", "note": "CV 9"})
    assert (answer.status_code, "CV 9" in answer.content.decode()) == (400, True)
    client.post(f"{page}meet/", {"on": "04/11/2025", "note": "CV 9"})
    client.post(f"/desk/obligations/{rows[1].uid}/excuse/", {"reason": "Đã rút"})
    assert list(Obligation.objects.order_by("pk").values_list("state", flat=True)) == [
        "met",
        "excused",
    ]
    assert client.post(f"{page}meet/", {"on": "04/11/2025"}).status_code == 400
    assert client.post(f"{page}burn/").status_code == 404


def test_the_list_narrows_and_exports(law, client):
    client.force_login(law.clerk)
    for title, event in (
        ("Xưa", date(2025, 9, 8)),
        ("Nay", today() - timedelta(days=10)),
        ("Xa", today()),
    ):
        owe(
            by=BY,
            unit=law.ward,
            rule_key="investment.answer" if title != "Xa" else "election.again",
            event_on=event,
            title=title,
        )

    def shown(which):
        text = client.get(f"/desk/obligations/?which={which}").content.decode()
        return {title for title in ("Xưa", "Nay", "Xa") if f">{title}</a>" in text}

    assert shown("open") == shown("all") == {"Xưa", "Nay", "Xa"}
    assert shown("overdue") == {"Xưa"}
    assert shown("soon") == {"Nay"}
    assert shown("closed") == set()
    lines = (
        b"".join(client.get("/desk/obligations.csv?which=overdue").streaming_content)
        .decode()
        .splitlines()
    )
    assert len(lines) == 2
    assert "Xưa" in lines[1]


def test_pages_follow_each_other_without_a_gap(law, client, monkeypatch):
    monkeypatch.setattr("danchu.subjects.listing.PAGE", 2)
    client.force_login(law.clerk)
    for n, day in enumerate((20, 21, 20, 20, 22)):
        owe(
            by=BY,
            unit=law.ward,
            rule_key="pib.answer",
            event_on=date(2025, 10, day),
            title=f"Việc {n}",
        )
    seen, address = [], "/desk/obligations/?which=open"
    while address:
        text = tight(client.get(address).content.decode())
        seen += re.findall(r">(Việc \d)</a>", text)
        more = re.search(r'href="(\?which=open&amp;after=[^"]+)"', text)
        address = more and "/desk/obligations/" + more.group(1).replace("&amp;", "&")
    assert seen == ["Việc 0", "Việc 2", "Việc 3", "Việc 1", "Việc 4"]
    assert client.get("/desk/obligations/?after=zzz").status_code == 400


def test_a_neighbour_sees_nothing_of_it(law, client):
    made = owe(
        by=BY, unit=law.ward, rule_key="pib.answer", event_on=date(2025, 10, 20), title="Việc kín"
    )
    client.force_login(law.neighbour)
    assert "Việc kín" not in client.get("/desk/obligations/?which=all").content.decode()
    assert client.get(f"/desk/obligations/{made.uid}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_for_one_row_and_for_three(
    law, client, django_assert_num_queries, rows
):
    client.force_login(law.clerk)
    for n in range(rows):
        owe(
            by=BY,
            unit=law.ward,
            rule_key="pib.answer",
            event_on=date(2025, 10, 20),
            title=f"Việc {n}",
        )
    client.get("/desk/obligations/")
    with django_assert_num_queries(11):
        client.get("/desk/obligations/")


@turn(4, together=3)
@pytest.mark.browser
def test_the_pages_of_obligations_are_for_everyone(browser_page, client, site, law):
    made = owe(
        by=BY,
        unit=law.ward,
        rule_key="pib.answer",
        event_on=date(2025, 10, 20),
        title="Trả lời kiến nghị",
    )
    owe(
        by=BY,
        unit=law.ward,
        rule_key="investment.answer",
        event_on=today(),
        title=f"Trả lời kiến nghị ngày {show_day(today())}",
    )
    client.force_login(law.chair)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in (
        "/desk/obligations/",
        "/desk/obligations/?which=closed",
        "/desk/obligations/new/",
        f"/desk/obligations/{made.uid}/",
    ):
        inspect(browser_page, path)
        assert "/login/" not in browser_page.url
