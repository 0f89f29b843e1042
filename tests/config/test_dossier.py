"""The dossier of security is filled in from the installation and tells no secret."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError

from danchu.config import dossier
from danchu.journal.heads import write_head
from danchu.people.models import Account
from danchu.staff.models import Installation


def text_of():
    output = StringIO()
    call_command("check", "--dossier", stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_it_says_what_the_installation_is_and_leaves_to_people_what_they_know(settings, tmp_path):
    settings.JOURNAL_ROOT = tmp_path
    settings.SCANNER = "clamd:///nowhere"
    write_head("backup", 3, "a" * 64)
    Account.objects.create(email="can-bo@hanoi.example", name="Cán Bộ")
    Installation.objects.create(pk=1, name="Dân chủ | Hà Nội", backup_folder="/srv/saoluu")
    text = text_of()
    assert "| Tên hệ thống | Dân chủ \\| Hà Nội |" in text and "/srv/saoluu" in text
    assert re.search(r"\| Tài khoản đang mở \| 1 \|", text)
    assert re.search(r"\| Quét mã độc \| mọi tệp gửi lên \|", text)
    assert re.search(r"\| Bản cuối ghi trên máy này \| (?!chưa)", text)
    assert re.search(r"\| Lần kiểm toàn vẹn cuối \| chưa lần nào", text)
    assert re.search(rf"\| Cấp độ đề xuất và căn cứ \| {dossier.BLANK} \|", text)
    assert "✗ Bộ quét mã độc" in text and "✓ Cấu hình" in text
    assert all(
        line.count("|") - line.count("\\|") == 3 for line in text.splitlines() if line[:1] == "|"
    )


@pytest.mark.django_db
def test_it_tells_no_secret(settings, monkeypatch):
    settings.SECRET_KEY = "s" * 60
    settings.METRICS_TOKEN = "t" * 40
    settings.EMBEDDED = False
    # The fixture `settings` takes back no item of a dictionary, and every later thread of this
    # process would connect to what stands here.
    database = {**settings.DATABASES["default"], "PASSWORD": "p" * 20}
    monkeypatch.setitem(settings.DATABASES, "default", database)
    text = text_of()
    assert not [one for one in ("s" * 60, "t" * 40, "p" * 20) if one in text]


@pytest.mark.django_db
def test_without_a_database_the_rest_is_there(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(dossier, "head", away)
    text = dossier.dossier_text([])
    assert "không trả lời lúc in" in text and "## 8." in text
