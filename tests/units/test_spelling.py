"""The parts of a unit's name and the forms it is found by. No database is asked."""

import pytest
from django.utils import translation

from danchu.units.kinds import KINDS_OF, UnitKind
from danchu.units.spelling import (
    ABBREVIATIONS,
    PREFIXES,
    bare_name,
    kind_and_bare,
    name_columns,
    search_forms,
)


@pytest.mark.parametrize(
    ("name", "level", "kind", "bare"),
    [
        ("Thành phố Hà Nội", "province", UnitKind.THANH_PHO_TW, "Hà Nội"),
        ("Thành phố Vinh", "district", UnitKind.THANH_PHO, "Vinh"),
        ("Tỉnh Thành", "province", UnitKind.TINH, "Thành"),
        ("Thị trấn Văn Điển", "commune", UnitKind.THI_TRAN, "Văn Điển"),
        ("Thành Phố Vinh", "district", UnitKind.THANH_PHO, "Vinh"),
        ("Quận 1", "district", UnitKind.QUAN, "1"),
    ],
)
def test_a_name_is_taken_apart_into_kind_and_bare_name(name, level, kind, bare):
    assert kind_and_bare(name, level) == (kind, bare)


@pytest.mark.parametrize("name", ["Hà Nội", "Xã", "Xãm Cũ", ""])
def test_a_name_without_a_kind_is_an_error(name):
    with pytest.raises(ValueError, match="no kind in the name"):
        kind_and_bare(name, "commune")


def test_every_prefix_is_of_a_kind_with_an_abbreviation():
    assert set(PREFIXES.values()) <= set(ABBREVIATIONS)
    assert set(ABBREVIATIONS) <= set().union(*KINDS_OF.values())


def test_a_bare_name_loses_its_kind_whatever_the_language():
    with translation.override("en"):
        assert bare_name("Phường Ngọc Hà", "phuong") == "ngoc ha"
    assert bare_name("Thành phố Hà Nội", "thanh_pho_tw") == "ha noi"
    assert bare_name("Thành phố Vinh", "thanh_pho") == "vinh"
    assert bare_name("Thôn 1", "thon") == "1"
    assert bare_name("Bản Phường", "phuong") == "ban phuong"


@pytest.mark.parametrize(
    ("name", "kind", "forms"),
    [
        ("Xã Vinh", "xa", "|xa vinh|vinh|x vinh|"),
        ("Phường 12", "phuong", "|phuong 12|12|p 12|p12|"),
        ("Phường Ngọc Hà", "phuong", "|phuong ngoc ha|ngoc ha|p ngoc ha|p nh|pnh|nh|"),
        ("Thôn 1", "thon", "|thon 1|1|"),
        ("Thôn Đông Hạ", "thon", "|thon dong ha|dong ha|dh|"),
    ],
)
def test_a_name_is_found_by_its_words_its_abbreviation_and_its_initials(name, kind, forms):
    assert search_forms(name, kind) == forms


def test_the_columns_of_a_name_are_cleaned_and_sorted_as_in_a_dictionary():
    columns = name_columns("  Xã   Vinh ", "xa")
    assert (columns["name"], columns["search"]) == ("Xã Vinh", "|xa vinh|vinh|x vinh|")
    names = [f"Xã {name}" for name in ("An", "Ân", "Ba", "Đá")]
    assert sorted(names, key=lambda name: name_columns(name, "xa")["order"]) == names
