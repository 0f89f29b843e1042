"""A backup chosen or sent on the set-up page: who may, what is refused, what is told on the way."""

import io
import os
import tarfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from danchu.config import restoring
from danchu.config.restoring import DONE, REFUSED, RUNNING, Report, end_report, report_path
from tests.browser import inspect
from tests.staff.test_set_up import BEGIN, empty, entered  # noqa: F401


@pytest.fixture
def place(empty, settings, tmp_path, monkeypatch):  # noqa: F811
    """A folder of backups, and what restores were begun."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    folder = tmp_path / "saoluu"
    folder.mkdir()
    settings.BACKUPS_ROOT = str(folder)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    for number, name in enumerate(("cu.tar", "moi.tar", "khac.txt", ".an.tar")):
        (folder / name).write_bytes(b"x" * 10)
        os.utime(folder / name, (1_700_000_000 + number, 1_700_000_000 + number))
    begun = []
    monkeypatch.setattr(restoring, "begin_restore", begun.append)
    return folder, begun


def test_only_the_browser_that_opened_the_address_restores(place):
    assert Client().get("/accounts/restore/").status_code == 403
    assert Client().post("/accounts/restore/", {"chosen": "moi.tar"}).status_code == 403
    assert Client().get("/accounts/restoring/").status_code == 403
    assert place[1] == []


def test_the_form_asks_for_its_token(place):
    client = entered()
    client.handler.enforce_csrf_checks = True
    assert client.post("/accounts/restore/", {"chosen": "moi.tar"}).status_code == 403
    assert place[1] == []


def test_a_backup_of_the_server_is_chosen_latest_first(place):
    folder, begun = place
    client = entered()
    page = client.get("/accounts/restore/").content.decode()
    assert page.index("moi.tar") < page.index("cu.tar")
    assert "khac.txt" not in page and ".an.tar" not in page
    for wrong in ({}, {"chosen": "../../etc/passwd"}, {"chosen": "khac.txt"}):
        answer = client.post("/accounts/restore/", wrong)
        assert answer.status_code == 400 and begun == []
        assert "_error" in answer.content.decode()
    assert client.post("/accounts/restore/", {"chosen": "moi.tar"}).url == "/accounts/restoring/"
    assert begun == [folder / "moi.tar"]


def test_a_backup_is_sent(place, settings):
    _folder, begun = place
    client = entered()
    file = SimpleUploadedFile("a.tar", b"y" * 3_000_000)
    assert client.post("/accounts/restore/", {"file": file}).status_code == 302
    assert begun == [settings.VAR / "restoring.tar"]
    assert begun[0].stat().st_size == 3_000_000
    both = {"chosen": "moi.tar", "file": SimpleUploadedFile("a.tar", b"y")}
    assert client.post("/accounts/restore/", both).status_code == 400


def test_without_a_folder_the_page_says_which_setting_names_it(place, settings):
    settings.BACKUPS_ROOT = ""
    assert "DANCHU_BACKUPS" in entered().get("/accounts/restore/").content.decode()
    settings.BACKUPS_ROOT = "/khong/co/noi/nay"
    assert "không có tệp .tar nào" in entered().get("/accounts/restore/").content.decode()


def test_the_way_is_told_until_the_end_and_what_is_missing(place, settings):
    client = entered()
    client.post("/accounts/restore/", {"chosen": "moi.tar"})
    Report(os.getpid(), lines=["Đọc và đối chiếu bản sao lưu…"]).write(report_path())
    page = client.get("/accounts/restoring/").content.decode()
    assert 'http-equiv="refresh"' in page and "Đọc và đối chiếu" in page
    assert client.get("/accounts/restore/").url == "/accounts/restoring/"  # one at a time
    end_report("x.tar", ["✓"], missing=[("Máy này thiếu khóa.", "Chép khóa.")])
    client.cookies.pop("sessionid")  # sessions end with the database that was replaced
    page = client.get("/accounts/restoring/").content.decode()
    assert "refresh" not in page and "Máy này thiếu khóa." in page and "Chép khóa." in page
    assert (settings.VAR / "restart").exists()
    assert Client().get("/accounts/restoring/").status_code == 403


def test_a_refusal_says_why_and_leads_back(place, settings):
    client = entered()
    client.post("/accounts/restore/", {"chosen": "moi.tar"})
    restoring.upload_path().write_bytes(b"x")
    end_report(restoring.upload_path(), [], error="Phần database.dump bị hỏng.")
    page = client.get("/accounts/restoring/").content.decode()
    assert "Phần database.dump bị hỏng." in page and "/accounts/restore/" in page
    assert not restoring.upload_path().exists() and not (settings.VAR / "restart").exists()


def test_a_killed_restore_is_told(place):
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)  # ended, and nobody took note of it
    Report(child).write(report_path())
    assert restoring.last_report().state == REFUSED
    assert not restoring.is_running()
    Report(os.getpid()).write(report_path())
    assert restoring.last_report().state == RUNNING
    report_path().write_text("{nửa chừng")
    assert restoring.last_report() is None


def test_once_somebody_has_an_account_there_is_nothing_to_restore_here(place):
    client = entered()
    client.post("/accounts/setup/", BEGIN)
    assert client.get("/accounts/restore/").url == "/accounts/login/"
    assert client.post("/accounts/restore/", {"chosen": "moi.tar"}).url == "/accounts/login/"
    assert place[1] == []
    with pytest.raises(CommandError, match="đã có tài khoản"):
        call_command("restore", "x.tar", when_empty=True, report=True, stdout=io.StringIO())
    assert "đã có tài khoản" in restoring.last_report().error


def test_the_states_have_their_names():
    assert {RUNNING, DONE, REFUSED} == {"running", "done", "refused"}
    assert not tarfile.is_tarfile(__file__)


@pytest.mark.browser
def test_the_page_is_for_everyone(place, browser_page, site):
    session = entered().cookies["sessionid"].value
    browser_page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    inspect(browser_page, "/accounts/restore/")
