"""Scores that others publish are entered and corrected by pages, with their source."""

from datetime import date
from decimal import Decimal

import pytest

from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.models import OutsideScore
from danchu.journal.verify import verify_chain
from danchu.kernel.days import Period
from danchu.kernel.numbers import parse_decimal
from danchu.kernel.refusals import Refused
from danchu.units.find import unit_from
from tests.browser import inspect
from tests.sizes import turn

TYPED = {
    "series": "par_index",
    "unit": "Hà Nội",
    "year": "2025",
    "score": "91,25",
    "rank": "2",
    "source": "Quyết định 100/QĐ-BNV",
}


def test_an_entered_score_is_the_figure_of_its_year_and_a_correction_replaces_it(client, officials):
    client.force_login(officials.officer)
    answer = client.post("/desk/scores/new/", TYPED)
    assert answer.status_code == 302
    row = OutsideScore.objects.get(series="par_index", year=2025)
    city = unit_from("01@2026-01-01")
    asked = INDICATORS["par_index"], city.pk, Period.year(2025), date(2026, 1, 1)
    assert (figure(*asked).value, figure(*asked).rank) == (Decimal("91.25"), 2)
    corrected = {**TYPED, "score": "91,3", "reason": "Ghi nhầm"}
    assert client.post(f"/desk/scores/{row.pk}/correct/", corrected).status_code == 302
    assert figure(*asked).value == Decimal("91.3")
    page = client.get(f"/desk/scores/{row.pk}/").content.decode()
    assert "91,3" in page and "Đính chính" in page
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"score": "chín mươi"}, "score"),
        ({"score": "101"}, "score"),
        ({"score": "", "rank": ""}, "score"),
        ({"rank": "64"}, "rank"),
        ({"source": " "}, "source"),
        ({"year": "1990"}, "year"),
        ({"year": "99999"}, "year"),
        ({"unit": "Ba Đình"}, "unit"),
        ({"unit": ""}, "unit"),
        ({"series": "papi"}, "series"),
    ],
)
def test_what_is_wrong_is_told_on_its_field(client, officials, other, field):
    client.force_login(officials.officer)
    answer = client.post("/desk/scores/new/", {**TYPED, **other})
    assert answer.status_code == 400 and field in answer.context["form"].errors
    assert not OutsideScore.objects.filter(year=2025, series="par_index").exists()


def test_the_same_year_twice_is_refused(client, officials):
    client.force_login(officials.officer)
    client.post("/desk/scores/new/", TYPED)
    answer = client.post("/desk/scores/new/", {**TYPED, "score": "1"})
    assert "đính chính" in str(answer.context["form"].errors["year"])


def test_who_has_no_right_enters_none(client, officials):
    client.force_login(officials.clerk)
    assert client.post("/desk/scores/new/", TYPED).status_code == 403


@pytest.mark.parametrize(
    ("text", "value"), [("89,58", "89.58"), ("89.58", "89.58"), ("7", "7"), (" 0,125 ", "0.125")]
)
def test_a_score_is_read_as_it_is_written_here(text, value):
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-1", "1,2345", "12345", "1.234,5", "1e3", "½"])
def test_what_is_no_score_is_refused(text):
    with pytest.raises(Refused):
        parse_decimal(text)


@turn(4, together=3)
@pytest.mark.browser
def test_the_pages_are_for_everyone(browser_page, client, site, officials):
    client.force_login(officials.officer)
    client.post("/desk/scores/new/", TYPED)
    row = OutsideScore.objects.get(series="par_index", year=2025)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in ("", "new/", f"{row.pk}/"):
        inspect(browser_page, f"/desk/scores/{path}")
