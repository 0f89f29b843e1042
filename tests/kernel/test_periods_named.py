"""What a title calls its period is compared with the days that a report covers."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.days import Period
from danchu.kernel.periods_named import other_period_in, periods_named
from danchu.reports.outline import usual_periods

USUAL = [one.period for one in usual_periods(date(2026, 12, 31))]
ROMAN = ("I", "II", "III", "IV")
Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))


@given(st.sampled_from(range(len(USUAL))), st.sampled_from(range(len(USUAL))))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_of_a_usual_period_name_it_and_no_other(language, at, other):
    with translation.override(language):
        words = usual_periods(date(2026, 12, 31))[at].words
    title = f"Kết quả thực hiện dân chủ ở cơ sở – {words}"
    assert other_period_in(title, USUAL[at]) == ""
    assert (other_period_in(title, USUAL[other]) == "") == (USUAL[at] == USUAL[other])


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Báo cáo quý IV", "quý IV"),
        ("Báo cáo Quý 4/2026", "Quý 4/2026"),
        ("BÁO CÁO QUÝ IV NĂM 2026", "QUÝ IV NĂM 2026"),
        ("Quý III năm 2025", "Quý III năm 2025"),
        ("Q4 2026", "Q4 2026"),
        ("The fourth quarter of 2026", "fourth quarter of 2026"),
        ("6 tháng cuối năm 2026", "6 tháng cuối năm 2026"),
        ("Sáu tháng đầu năm", "Sáu tháng đầu"),
        ("Chín tháng 2026", "Chín tháng 2026"),
        ("Tháng 10 năm 2026", "Tháng 10 năm 2026"),
        ("Năm 2026", "Năm 2026"),
        ("Nhiệm kỳ 2021–2026", "2021–2026"),
        ("01/10/2026 – 31/12/2026", "01/10/2026 – 31/12/2026"),
        ("Từ 01/07/2026 đến 31/09/2026", "01/07/2026 đến 31/09/2026"),
        ("Từ 30/09/2026 đến 01/07/2026", "30/09/2026 đến 01/07/2026"),
        ("Kết quả quý II, phương hướng quý IV năm 2026", "quý II"),
    ],
)
def test_a_title_over_other_days_is_told_in_its_own_words(title, words):
    assert other_period_in(title, Q3) == words


@pytest.mark.parametrize(
    "title",
    [
        "Báo cáo quý III",
        "Báo cáo quý ba năm 2026",
        "Quý 3-2026",
        "Quarter III of 2026",
        "third quarter",
        "Kết quả quý III, phương hướng quý IV năm 2026",
        "Quý III năm 2026 so với quý III năm 2025",
        "Từ 01/07/2026 đến hết ngày 30/09/2026",
        "Thực hiện Luật 10/2022/QH15 ngày 10/11/2022",
        "Kính gửi quý vị",
        "Báo cáo tổng hợp",
        "",
    ],
)
def test_a_title_that_names_its_own_period_or_none_is_not_asked_about(title):
    assert other_period_in(title, Q3) == ""


@given(st.text(max_size=60))
def test_no_text_is_too_odd(title):
    periods_named(title)
    other_period_in(title, Q3)
