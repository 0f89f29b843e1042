"""The pages of the law: every rule with its article, and a due date with its reason."""

import csv

import pytest

from danchu.law.loading import load_law
from danchu.law.models import RuleVersion
from danchu.people.actor import Actor
from tests.browser import inspect
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.usefixtures("law_loaded")


@pytest.fixture
def law(db):
    load_law(by=Actor.system("test"))


def test_rules_are_found_without_marks_and_marked_where_unchecked(law, client):
    text = client.get("/law/?q=tra+loi+kien+nghi").content.decode()
    whole = client.get("/law/").content.decode()
    assert whole.count('<details class="group"') > 5 and '<details class="group" open' not in whole
    assert '<details class="group" open' in text  # what was looked for is seen
    assert "Trả lời kiến nghị của Ban Thanh tra nhân dân" in text
    assert "Giải quyết tố cáo" not in text
    assert "chưa đối chiếu" in text


def test_the_rules_of_an_earlier_day_are_those_of_that_day(law, client):
    assert "Nghị định 155/2026" not in client.get("/law/?q=thu+ly&on=01/06/2026").content.decode()
    assert "Nghị định 155/2026" in client.get("/law/?q=thu+ly&on=01/07/2026").content.decode()


def test_a_due_date_is_told_with_its_reason_and_a_wrong_day_stays_on_the_form(law, client):
    text = client.get("/law/pib.answer/?event=18/08/2024").content.decode()
    assert "04/09/2024" in text and "02/09–03/09 (Quốc khánh)" in text
    text = client.get("/law/pib.answer/?event=31/02/2024").content.decode()
    assert 'value="31/02/2024"' in text and 'aria-invalid="true"' in text
    assert (
        "không có hiệu lực vào ngày 01/01/2001"
        in client.get("/law/pib.answer/?event=01/01/2001").content.decode()
    )
    assert "Tính hạn" not in client.get("/law/pib.members/").content.decode()


def test_counts_are_held_against_a_threshold_and_a_wrong_one_stays_on_the_form(law, client):
    text = client.get("/law/threshold.contribution/?part=100&whole=150").content.decode()
    assert "Đạt." in text and "3 × 100 = 300 ≥ 2 × 150 = 300" in text and "Điều 21 khoản 1" in text
    assert (
        "Không đạt."
        in client.get("/law/threshold.contribution/?part=99&whole=150").content.decode()
    )
    assert "Không đạt." in client.get("/law/pib.members/?part=4").content.decode()
    for asked in (
        "part=151&whole=150",
        "part=1,5&whole=9",
        "part=5&whole=",
        "part=5&whole=9&on=31/02/2024",
        "part=5&whole=9&on=01/01/2001",
    ):
        text = client.get(f"/law/threshold.contribution/?{asked}").content.decode()
        assert 'class="error"' in text and 'aria-invalid="true"' in text and "Đạt." not in text, (
            asked
        )
    for key in ("regime", "decision.items.online"):
        text = client.get(f"/law/{key}/?part=5").content.decode()
        assert "Xét ngưỡng" not in text


def test_a_law_from_before_our_sources_has_no_day_of_its_own(law, client):
    text = client.get("/law/regime/").content.decode()
    assert "01/01/0001" not in text and "từ trước" in text


def test_the_file_of_rules_has_a_line_a_rule(law, client):
    text = b"".join(client.get("/law/rules.csv?q=pib.").streaming_content).decode()
    lines = list(csv.reader(text.splitlines()))
    rules = set(RuleVersion.objects.filter(key__startswith="pib.").values_list("key", flat=True))
    assert {line[0] for line in lines[1:]} == rules and len(lines) == 1 + len(rules)
    assert "Khóa" in lines[0][0]


def test_the_pages_of_the_law_ask_the_same_for_one_rule_and_for_three(
    law, client, django_assert_num_queries
):
    for text, rows in (("pib.byelection", 1), ("pib.answer", 3)):
        client.get("/law/")
        with django_assert_num_queries(1):
            assert (
                tight(client.get(f"/law/?q={text}").content.decode()).count('<td><a href="/law/')
                == rows
            )


@turn(4, together=1)
@pytest.mark.browser
def test_the_pages_of_the_law_are_for_everyone(browser_page, transactional_db):
    load_law(by=Actor.system("test"))
    for path in (
        "/law/",
        "/law/pib.answer/?event=18/08/2024",
        "/law/pib.answer/?event=x",
        "/law/?q=zzz",
        "/law/threshold.contribution/?part=99&whole=150",
        "/law/threshold.contribution/?part=x",
        "/law/regime/",
    ):
        inspect(browser_page, path)
