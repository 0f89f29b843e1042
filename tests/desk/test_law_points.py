"""The register of open points of a rule, and due days that were judged by a wrong row, by their
pages.
"""

from datetime import date

import pytest

from danchu.journal.models import Entry
from danchu.law.actions import correct_rule
from danchu.law.models import OpenPoint
from danchu.obligations.actions import revise_misjudged
from tests.desk.conftest import BY
from tests.desk.test_law import law, newest, said  # noqa: F401

pytestmark = pytest.mark.usefixtures("law_loaded")
PAGE = "/desk/law/decision.send/"
POINTS = f"{PAGE}points/"
QUESTION = "Ngày gửi có tính ngày nghỉ bù không?"


@pytest.mark.usefixtures("law")
def test_a_question_is_written_beside_its_rule_and_settled_once(client):
    client.post(POINTS, {"vi": QUESTION})
    point = OpenPoint.objects.get(key="decision.send", vi=QUESTION)
    assert QUESTION in said(client.get(PAGE)) and QUESTION in said(
        client.get("/law/decision.send/")
    )
    refused = client.post(POINTS, {"settles": point.pk, "answer": " "})
    assert refused.status_code == 400
    client.post(POINTS, {"settles": point.pk, "answer": "Không, theo Điều 147 khoản 5"})
    point.refresh_from_db()
    assert point.answer == "Không, theo Điều 147 khoản 5" and point.settled_on == date(2026, 9, 22)
    again = client.post(POINTS, {"settles": point.pk, "answer": "Có, theo văn bản khác"})
    assert again.status_code == 400
    point.refresh_from_db()
    assert point.answer.startswith("Không")
    assert [
        entry.act for entry in Entry.objects.filter(act__startswith="open_point").order_by("number")
    ][-2:] == ["open_point.raised", "open_point.settled"]


@pytest.mark.usefixtures("law")
def test_what_was_typed_stays_where_a_question_is_refused(client):
    count = OpenPoint.objects.count()
    empty = client.post(POINTS, {"vi": "  "})
    assert empty.status_code == 400 and 'aria-invalid="true"' in empty.content.decode()
    long = "Câu hỏi dài. " * 200
    answer = client.post(POINTS, {"vi": long})
    assert answer.status_code == 400 and long.strip() in answer.content.decode()
    other = OpenPoint.objects.exclude(key="decision.send").first()
    assert client.post(POINTS, {"settles": other.pk, "answer": "x"}).status_code == 400
    other.refresh_from_db()
    assert other.settled_on is None and OpenPoint.objects.count() == count


def test_a_due_day_under_a_corrected_row_is_listed_with_both_days(law, client):  # noqa: F811
    before = law.met.due_on
    correct_rule(newest(), by=BY, reason="Ghi sai số ngày", value="9")
    assert revise_misjudged(by=BY) >= 1
    text = said(client.get("/desk/due-revisions/"))
    assert "Gửi quyết định đã xong" in text and f"{before:%d/%m/%Y}" in text
    assert "Đã khép lại, giữ nguyên" in text
    moved = said(client.get("/desk/due-revisions/?which=moved"))
    assert "Gửi quyết định đã xong" not in moved
    lines = b"".join(client.get("/desk/due-revisions.csv").streaming_content).decode()
    assert "Gửi quyết định đã xong" in lines
    assert client.get("/desk/due-revisions/?sort=to_due&q=khong-co").status_code == 200
