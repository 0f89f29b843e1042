"""Import at the desk: sent, looked at, confirmed; nobody imports beyond his place, nobody sees
another's file.
"""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.papers.store import waiting_root
from danchu.register.kinds import KINDS
from danchu.register.models import NUMBERS, Batch, Event
from danchu.register.words import NUMBER_WORDS
from tests.browser import inspect
from tests.sizes import turn

HEAD = "reference,kind,form,held_on,unit_code,title,participants\n"
GOOD = HEAD + "N-1,supervision_217,delegation,03/03/2026,00004,Giám sát quỹ,45\n"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "papers"


def send(client, text=GOOD, name="so.csv"):
    return client.post(
        "/desk/imports/", {"file": SimpleUploadedFile(name, text.encode(), content_type="text/csv")}
    )


def test_a_file_is_looked_through_then_confirmed_and_its_events_are_listed(client, officials):
    client.force_login(officials.chair)
    address = send(client).url
    found = client.get(address).context["preview"]
    assert (found.new, found.problem_count) == (1, 0)
    assert not Event.objects.exists()
    answer = client.post(address, {"token": found.token}, follow=True)
    assert [line.row.title for line in answer.context["lines"]] == ["Giám sát quỹ"]
    assert Event.objects.get().state == "confirmed"


def test_who_may_not_confirm_imports_drafts(client, officials):
    client.force_login(officials.clerk)
    address = send(client).url
    found = client.get(address).context["preview"]
    assert (found.new, found.drafts) == (1, 1)
    client.post(address, {"token": found.token})
    assert Event.objects.get().state == "draft"


def test_another_place_is_refused_by_its_cell(client, officials):
    client.force_login(officials.neighbour)
    found = client.get(send(client).url).context["preview"]
    assert [(p.row, p.column) for p in found.problems] == [(2, "unit_code")]


def test_bad_cells_are_shown_and_taken_away_as_a_file(client, officials):
    client.force_login(officials.chair)
    address = send(client, GOOD.replace("03/03/2026", "31/02/2026")).url
    page = client.get(address).content.decode()
    assert "31/02/2026" in page
    assert "31/02/2026" in b"".join(client.get(f"{address}problems.csv").streaming_content).decode()
    assert client.post(address, {"token": "x"}).status_code == 400
    assert not Event.objects.exists()


def test_confirming_twice_writes_once(client, officials, django_capture_on_commit_callbacks):
    client.force_login(officials.chair)
    address = send(client).url
    token = client.get(address).context["preview"].token
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"token": token}).status_code == 302
    again = client.post(address, {"token": token})
    assert again.status_code == 404 and "không còn chờ ghi" in again.content.decode()
    assert (Event.objects.count(), Batch.objects.count()) == (1, 1)


def test_a_file_waits_until_what_it_wrote_is_certain(
    client, officials, django_capture_on_commit_callbacks
):
    client.force_login(officials.chair)
    address = send(client).url
    token = client.get(address).context["preview"].token
    with django_capture_on_commit_callbacks() as certain:
        client.post(address, {"token": token})
    assert client.get(address).status_code == 200
    for act in certain:
        act()
    assert client.get(address).status_code == 404
    assert not [*waiting_root().iterdir()]


@pytest.mark.parametrize("token", ["", "x"])
def test_without_the_token_of_what_was_shown_nothing_is_written(client, officials, token):
    client.force_login(officials.chair)
    assert client.post(send(client).url, {"token": token}).status_code == 400
    assert not Event.objects.exists()


def test_a_register_that_changed_meanwhile_is_shown_again_and_can_be_confirmed(client, officials):
    client.force_login(officials.chair)
    both = GOOD + "N-2,supervision_217,delegation,04/03/2026,00004,Giám sát chợ,20\n"
    address = send(client, both).url
    shown = {"token": client.get(address).context["preview"].token}
    other = send(client, GOOD).url
    client.post(other, {"token": client.get(other).context["preview"].token})
    answer = client.post(address, shown)
    assert answer.status_code == 400
    assert "đã thay đổi từ lần xem trước" in answer.content.decode()
    preview = answer.context["preview"]
    assert (preview.new, preview.same, Event.objects.count()) == (1, 1, 1)
    assert client.post(address, {"token": preview.token}).status_code == 302
    assert Event.objects.count() == 2


def test_anothers_file_is_not_found(client, officials):
    client.force_login(officials.chair)
    address = send(client).url
    client.force_login(officials.neighbour)
    assert client.get(address).status_code == 404
    assert client.post(address, {"token": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "text"), [("so.csv", ""), ("so.xlsx", "a,b"), ("so.csv", "reference\n1")]
)
def test_no_table_is_told(client, officials, name, text):
    client.force_login(officials.chair)
    answer = send(client, text, name)
    assert answer.status_code == 400 or client.get(answer.url).status_code == 400
    assert client.post("/desk/imports/").status_code == 400


def test_samples_are_there_to_download(client, officials):
    client.force_login(officials.chair)
    page = client.get("/desk/imports/sample.csv").content.decode()
    assert page.startswith('\ufeff"Số hiệu","Loại việc","Hình thức","Ngày"')
    assert client.get("/desk/imports/sample.xlsx").content.startswith(b"PK")


def test_the_sample_of_a_kind_has_its_columns_alone_and_can_be_sent(client, officials):
    client.force_login(officials.chair)
    page = client.get("/desk/imports/")
    for key, name in page.context["kinds"]:
        assert name in page.content.decode()
        text = client.get(f"/desk/imports/sample.csv?kind={key}").content.decode()
        head = {cell.strip('\ufeff"') for cell in text.splitlines()[0].split(",")}
        numbers = {str(NUMBER_WORDS[name]) for name in NUMBERS} & head
        assert numbers == {str(NUMBER_WORDS[name]) for name in KINDS[key].numbers}, key
        assert ("Hình thức" in head) == bool(KINDS[key].forms)
        outcome = client.get(send(client, text).url).context["preview"]
        assert (outcome.new, outcome.problem_count) == (1, 0), key


def test_cells_of_a_spreadsheet_are_pasted_as_they_are_copied(client, officials):
    client.force_login(officials.chair)
    cells = "Số hiệu\tLoại việc\tNgày\tMã đơn vị\tNội dung\tSố người dự\r\n"
    cells += 'N-1\tGiám sát theo Quyết định 217\t03/03/2026\t00004\t"Giám sát\tquỹ"\t1.205\r\n'
    cells += "N-2\tGiám sát theo Quyết định 217\t31/02/2026\t00004\tGiám sát chợ\t20\r\n"
    assert client.post("/desk/imports/", {"pasted": " \n"}).status_code == 400
    address = client.post("/desk/imports/", {"pasted": cells}).url
    outcome = client.get(address).context["preview"]
    assert (outcome.rows, [(p.row, p.column) for p in outcome.problems]) == (2, [(3, "held_on")])


def test_what_became_a_draft_is_not_called_recorded(client, officials):
    for role, words in (
        ("clerk", "0 việc đã xác nhận, 1 bản nháp"),
        ("chair", "Đã nhập và xác nhận 1 việc"),
    ):
        client.force_login(getattr(officials, role))
        address = send(client, GOOD.replace("N-1", role)).url
        token = client.get(address).context["preview"].token
        page = client.post(address, {"token": token}, follow=True).content.decode()
        assert words in page, role


def test_the_api_looks_through_refuses_and_writes(client, officials):
    def post(text, query=""):
        return client.post(
            f"/api/v1/imports{query}", {"file": SimpleUploadedFile("so.csv", text.encode())}
        )

    assert post(GOOD).status_code == 401
    client.force_login(officials.chair)
    assert post(GOOD, "?dry_run=true").json()["new"] == 1
    assert not Event.objects.exists()
    told = post(GOOD.replace("45", "bốn mươi"))
    assert (told.status_code, told.json()["problems"][0]["column"]) == (422, "participants")
    assert post("x").status_code == 400
    done = post(GOOD).json()
    assert (done["applied"], done["new"], Event.objects.count()) == (True, 1, 1)
    assert post(GOOD).json()["same"] == 1


def test_an_import_sent_again_under_its_key_is_answered_as_the_first_was(client, officials):
    def post(text, key):
        file = SimpleUploadedFile("so.csv", text.encode())
        return client.post("/api/v1/imports", {"file": file}, headers={"Idempotency-Key": key * 16})

    assert post(GOOD, "a").status_code == 401
    client.force_login(officials.chair)
    first, second = post(GOOD, "a"), post(GOOD, "a")
    assert first.json() == second.json() and first.json()["batch"]
    assert (Event.objects.count(), Batch.objects.count()) == (1, 1)
    other = post(GOOD.replace("N-1", "N-2"), "a")
    assert (other.status_code, other.json()["field"]) == (422, "Idempotency-Key")
    assert post("x", "b").status_code == 400
    assert post(GOOD.replace("N-1", "N-2"), "b").json()["new"] == 1
    client.force_login(officials.clerk)
    assert post(GOOD, "a").json()["same"] == 1  # the key of another account is another key


@turn(4, together=0)
@pytest.mark.browser
def test_pages_of_import_are_for_everyone(browser_page, client, site, officials):
    client.force_login(officials.chair)
    good, bad = send(client).url, send(client, GOOD.replace("45", "4,5")).url
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, text in enumerate(GOOD.splitlines()):
            sheet.write_row(number, 0, text.split(","))
        sheet.write_number(1, 0, 12)
    upload = SimpleUploadedFile("so.xlsx", file.getvalue())
    numbers = client.post("/desk/imports/", {"file": upload}).url
    for address in ("/desk/imports/", good, bad, numbers):
        inspect(browser_page, address, status=200)
