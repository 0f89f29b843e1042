"""A figure of the country says of which provinces it is the sum."""

import pytest

from danchu.portal.coverage import coverage_words


def test_two_cities_are_named_and_all_provinces_need_no_word():
    words = coverage_words(["Hà Nội", "Huế"], 34)
    assert "Hà Nội, Huế" in words and "34" not in words
    many = [f"Tỉnh {number}" for number in range(20)]
    assert "20 trên 34" in coverage_words(many, 34)
    assert coverage_words(many, 20) == ""


@pytest.mark.usefixtures("country_database", "db")
def test_an_installation_without_records_says_so_instead_of_counting_no_provinces(client):
    for address in ("/", "/figures/supervisions_217/"):
        page = client.get(address).content.decode()
        assert "Kỳ này chưa có hồ sơ nào được xác nhận." in page
        assert "0 tỉnh, thành phố" not in page
