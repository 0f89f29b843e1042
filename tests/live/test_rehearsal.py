"""A whole conference before three hundred simulated delegates over the hall's served processes:
its sealed minutes tell what they counted.
"""

import csv

import pytest
from django.db import connection

from danchu.config.pg_tools import url_of
from tests.sizes import turn


@turn(4, together=1)
@pytest.mark.plants
def test_every_number_of_the_sealed_minutes_is_what_the_simulated_delegates_counted(
    transactional_db, tmp_path, settings, monkeypatch
):
    from bench.live import books, generators, ground, processes, rehearsal, stage, voting

    for module in (generators, ground, processes, stage, voting):
        monkeypatch.setattr(module, "VAR", tmp_path / "var")
    settings.VAULT_ROOT = tmp_path / "vault"
    for name, value in {
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "DANCHU_VAULT": tmp_path / "vault",
        "PYTHONPATH": processes.ROOT,
    }.items():
        monkeypatch.setenv(name, str(value))
    try:
        processes.compile_c("hold.c", "-lssl", "-lcrypto")
    except processes.Missing as missing:
        pytest.skip(str(missing))
    found = rehearsal.rehearse(300, 0.1, tmp_path, [])
    assert found["wrong"] == {} and found["apart"] == []
    assert found["minutes"].state == "approved"
    assert len(found["numbers"]) > 70 and {
        "đại biểu",
        "lượt phát biểu",
        "câu hỏi",
        "Bỏ phiếu kín về nhân sự ban điều phối?: Tán thành",
    } <= {what for what, _own, _told in found["numbers"]}
    with open(tmp_path / "so-sanh.csv", encoding="utf-8", newline="") as file:
        assert all(own == told for _what, own, told in list(csv.reader(file))[1:])
    assert (tmp_path / "bien-ban.pdf").read_bytes().startswith(b"%PDF")

    lines = books.word_lines((tmp_path / "bien-ban.docx").read_bytes())
    speeches = found["minutes"].blocks.exclude(speaker="").count()
    own = {what: number for what, number, _told in found["numbers"]}
    untrue = [line.replace("Không tán thành: ", "Không tán thành: 1") for line in lines]
    told = books.compare(own, books.read_minutes(untrue, speeches))
    assert (
        len([1 for _what, number, theirs in told if number != theirs]) == 3
    )  # the comparison finds what was tampered with
