"""Reports on the portal: numbers that open, seals that name what changed."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from danchu.people.actor import Actor
from danchu.register.actions import correct_event
from danchu.register.models import Event
from danchu.reports.actions import seal_report
from danchu.reports.document import fill
from danchu.reports.template import read_form
from danchu.units.models import Standing
from tests.browser import inspect
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def supervisions(country):
    unit = Standing.objects.on(date(2023, 12, 12)).get(code="00001").unit_id
    return [
        Event.objects.create(
            uid=uuid4(),
            reference=f"GS-{n}",
            kind="supervision_217",
            held_on=date(2023, 5, n + 1),
            unit_id=unit,
            state="confirmed",
            title=f"Giám sát thứ {n}",
            recorded_by="test",
            recorded_at=timezone.now(),
        )
        for n in range(3)
    ]


def test_every_number_of_the_report_opens_to_its_own_page(client, supervisions):
    page = tight(client.get("/report/ha-noi-2023/").content.decode())
    url, text = re.search(
        r'class="figure-ref" href="([^"]+supervisions_217[^"]+)">([^<]+)<', page
    ).groups()
    figure = tight(client.get(url.replace("&amp;", "&")).content.decode())
    assert text == "3"
    assert re.search(r'answer-value"><span class="num">([^<]+)<', figure).group(1) == text


def test_a_new_record_is_in_the_report_without_any_other_step(client, supervisions):
    before = client.get("/report/ha-noi-2023/").content.decode()
    Event.objects.filter(pk=supervisions[0].pk).update(state="withdrawn")
    after = client.get("/report/ha-noi-2023/").content.decode()
    numbers = [
        re.search(r'supervisions_217[^"]+">([^<]+)<', tight(page)).group(1)
        for page in (before, after)
    ]
    assert numbers == ["3", "2"]


def test_a_seal_says_unchanged_or_names_the_one_row_that_changed(client, supervisions):
    seal = seal_report(fill(read_form("ha-noi-2023")), by=SYSTEM)
    address = f"/report/seals/{seal.pk}/"
    assert "Còn nguyên như khi niêm phong" in client.get(address).content.decode()
    correct_event(
        supervisions[1],
        by=SYSTEM,
        reason="Ghi nhầm",
        held_on=date(2023, 6, 1),
        title="Giám sát thứ hai",
    )
    page = client.get(address).content.decode()
    assert "Đã được đính chính" in page
    assert "Giám sát thứ 1" in page and "Giám sát thứ hai" in page
    assert "Giám sát thứ 2" not in page


@pytest.mark.parametrize(
    ("ending", "start"),
    [(".docx", b"PK"), (".html", b"<!doctype"), (".csv", b"\xef\xbb\xbf"), (".json", b"{")],
)
def test_a_report_is_taken_away_as_a_file(client, supervisions, ending, start):
    answer = client.get(f"/report/ha-noi-2023/file{ending}")
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert f"ha-noi-2023{ending}" in answer.headers["Content-Disposition"]


def test_a_report_is_not_written_in_a_format_there_is_none_of(client, supervisions):
    assert client.get("/report/ha-noi-2023/file.exe").status_code == 400


def test_a_report_asks_no_more_of_the_database_when_there_are_more_records(
    client, supervisions, django_assert_max_num_queries
):
    client.get("/report/ha-noi-2023/")
    with django_assert_max_num_queries(120) as few:
        client.get("/report/ha-noi-2023/")
    for event in Event.objects.all():
        event.pk, event.uid, event.reference = None, uuid4(), ""
        event.save()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/report/ha-noi-2023/")


def test_a_report_that_is_not_there_is_refused_by_name(client, country):
    answer = client.get("/report/khong-co/")
    assert answer.status_code == 400 and "khong-co" in answer.content.decode()


@turn(4, together=1)
@pytest.mark.browser
def test_report_pages_are_for_everyone(browser_page, supervisions):
    seal = seal_report(fill(read_form("ha-noi-2023")), by=SYSTEM)
    for path in ("/report/", "/report/ha-noi-2023/", f"/report/seals/{seal.pk}/"):
        inspect(browser_page, path)
