"""danchu units: what it prints and how it refuses."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from danchu.units.models import Reorganisation, Unit
from tests.units.test_plan import MERGE, OPEN_CUT


def said(*arguments):
    out = StringIO()
    call_command("units", *arguments, stdout=out)
    return out.getvalue()


def test_find_names_the_unit_with_its_number(small):
    assert said("find", "xa a", "--level", "commune").split() == [
        str(small.a.pk),
        "00001",
        "Xã",
        "A",
        "Tỉnh",
        "Bắc",
    ]
    assert "Thôn 1" in said("find", "thon 1", "--on", "01/01/2024")
    with pytest.raises(CommandError, match="Không tìm thấy"):
        said("find", "zzz")
    with pytest.raises(CommandError, match="Không có ngày"):
        said("find", "xa", "--on", "31/02/2024")


def test_apply_tries_out_and_applies_only_when_told(small, tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text(OPEN_CUT, encoding="utf-8")
    told = said("apply", str(file))
    assert "Bị chia, chưa có tỷ lệ: 1\n  Xã C" in told and "chưa ghi gì" in told
    assert not Reorganisation.objects.exists()
    assert "Đã áp dụng 1/NQ, hiệu lực từ ngày 01/01/2027" in said("apply", str(file), "--commit")
    with pytest.raises(CommandError, match="đã được áp dụng"):
        said("apply", str(file))
    file.write_text(MERGE.replace("00002@", "00009@"), encoding="utf-8")
    with pytest.raises(CommandError, match="dòng 10"):
        said("apply", str(file), "--commit")


def test_load_refuses_a_database_that_has_other_units(small):
    Unit.objects.filter(level="nation").update(level="province")
    with pytest.raises(CommandError, match="đã có dữ liệu khác"):
        said("load")
