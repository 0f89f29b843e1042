"""Wrong cells of a table are corrected where they are shown; the right rows can be taken and the
wrong ones kept back. What is written is what was looked at.
"""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.papers.models import Paper
from danchu.register.models import Batch, Event
from danchu.units.models import Body

HEAD = "reference,kind,form,held_on,unit_code,title,participants\n"
LINE = "N-{number},supervision_217,delegation,{day},{code},Giám sát quỹ {number},45\n"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "papers"


def line(number, day="03/03/2026", code="00004"):
    return LINE.format(number=number, day=day, code=code)


def send(client, *lines, address="/desk/imports/"):
    content = (HEAD + "".join(lines)).encode()
    answer = client.post(address, {"file": SimpleUploadedFile("so.csv", content)})
    return answer.url


def confirm(client, address):
    token = client.get(address).context["preview"].token
    return client.post(address, {"token": token}, follow=True)


def fields(page):
    """{name of a field in which a cell is corrected: its text}"""
    return {one["cell"]: one["text"] for one in page.context["problems"] if one["cell"]}


def test_a_wrong_cell_is_corrected_where_it_is_shown(client, officials):
    client.force_login(officials.chair)
    address = send(client, line(1), line(2, day="31/02/2026"), line(3))
    page = client.get(address)
    assert fields(page) == {"cell-3-3": "31/02/2026"}
    answer = client.post(address, {"correct": "cells", "cell-3-3": "28/02/2026"}, follow=True)
    assert answer.redirect_chain and not Event.objects.exists()
    assert "Đã sửa 1 ô, chưa ghi gì." in answer.content.decode()
    assert (answer.context["preview"].new, answer.context["preview"].problem_count) == (3, 0)
    confirm(client, answer.redirect_chain[-1][0])
    days = Event.objects.order_by("reference").values_list("held_on", flat=True)
    assert [f"{day:%d/%m}" for day in days] == ["03/03", "28/02", "03/03"]
    # The paper that stays is the table that was written, not the one that was refused.
    batch = Batch.objects.get()
    assert Paper.objects.filter(hash=batch.file_hash).exists()
    assert batch.file_hash != address.strip("/").rpartition("/")[2]


def test_what_is_still_wrong_is_shown_again_as_it_was_typed(client, officials):
    client.force_login(officials.chair)
    address = send(client, line(1, day="31/02/2026"), line(2, code="99999"))
    answer = client.post(
        address,
        {"correct": "cells", "cell-2-3": "30/02/2026", "cell-3-4": "00004"},
        follow=True,
    )
    assert fields(answer) == {"cell-2-3": "30/02/2026"}


def test_the_right_rows_are_taken_and_the_wrong_ones_wait(client, officials):
    client.force_login(officials.chair)
    lines = [line(number) for number in range(1, 28)]
    wrong = [line(number, day="31/02/2026") for number in range(28, 31)]
    address = send(client, *lines[:10], wrong[0], *lines[10:], *wrong[1:])
    taken = client.post(address, {"correct": "leave"}, follow=True)
    assert (taken.context["preview"].new, taken.context["preview"].problem_count) == (27, 0)
    assert "Đã để lại 3 dòng" in taken.content.decode()
    confirm(client, taken.redirect_chain[-1][0])
    assert Event.objects.count() == 27
    [(name, kept_back)] = client.get("/desk/imports/").context["left_out"]
    page = client.get(kept_back)
    assert (name, page.context["preview"].rows) == ("so.csv", 3)
    assert [one["problem"].row for one in page.context["problems"]] == [12, 30, 31]
    corrections = dict.fromkeys(fields(page), "01/03/2026")
    answer = client.post(kept_back, {"correct": "cells", **corrections}, follow=True)
    confirm(client, answer.redirect_chain[-1][0])
    assert Event.objects.count() == 30


def test_a_row_is_left_out_by_its_box(client, officials):
    client.force_login(officials.chair)
    address = send(client, line(1, day="31/02/2026"), line(2, code="99999"), line(3))
    answer = client.post(
        address,
        {"correct": "cells", "leave": "2", "cell-2-3": "31/02/2026", "cell-3-4": "00004"},
        follow=True,
    )
    assert (answer.context["preview"].new, answer.context["preview"].problem_count) == (2, 0)
    [(_name, kept_back)] = client.get("/desk/imports/").context["left_out"]
    file = client.get(f"{kept_back}file/")
    assert "so.csv" in file["Content-Disposition"]
    content = b"".join(file.streaming_content) if file.streaming else file.content
    assert "N-1" in content.decode() and "N-2" not in content.decode()


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"correct": "cells", "cell-2-3": "31/02/2026"}, "chưa sửa ô nào"),
        ({"correct": "cells"}, "chưa sửa ô nào"),
        ({"correct": "cells", "cell-9999999-9": "x"}, "chưa sửa ô nào"),
        ({"correct": "cells", "leave": "2"}, "Không còn dòng nào"),
        ({"correct": "leave"}, "Không còn dòng nào"),
    ],
)
def test_what_corrects_nothing_is_said_and_what_was_typed_stays(client, officials, form, message):
    client.force_login(officials.chair)
    address = send(client, line(1, day="31/02/2026"))
    answer = client.post(address, form)
    assert answer.status_code == 400 and message in answer.content.decode()
    assert fields(answer) == {"cell-2-3": "31/02/2026"}
    assert not Event.objects.exists()


def test_what_was_typed_stays_when_another_cell_stops_it(client, officials):
    client.force_login(officials.chair)
    address = send(client, line(1, day="31/02/2026"), line(2).replace("quỹ", "qu\x01ỹ"), line(3))
    answer = client.post(address, {"correct": "cells", "cell-2-3": "28/02/2026", "leave": "9"})
    assert answer.status_code == 400 and "U+0001" in answer.content.decode()
    assert fields(answer)["cell-2-3"] == "28/02/2026"


def test_a_waiting_file_is_only_its_senders(client, officials):
    client.force_login(officials.chair)
    address = send(client, line(1, day="31/02/2026"), line(2))
    client.post(address, {"correct": "leave"})
    [(_name, kept_back)] = client.get("/desk/imports/").context["left_out"]
    client.force_login(officials.clerk)
    assert client.get("/desk/imports/").context["left_out"] == []
    for page in (address, kept_back, f"{kept_back}file/"):
        assert client.get(page).status_code == 404
    assert client.post(address, {"correct": "leave"}).status_code == 404


def test_what_waits_is_there_after_a_new_log_in(client, officials):
    client.force_login(officials.chair)
    address = send(client, line(1, day="31/02/2026"), line(2), line(3, day="31/02/2026"))
    client.post(address, {"correct": "cells", "leave": "2"})
    client.logout()
    client.force_login(officials.chair)
    [(name, kept_back)] = client.get("/desk/imports/").context["left_out"]
    assert name == "so.csv" and client.get(kept_back).context["preview"].rows == 1
    answer = client.post(address, {"correct": "cells", "cell-4-3": "28/02/2026"}, follow=True)
    assert [one["problem"].row for one in answer.context["problems"]] == [2]


def test_numbers_of_a_spreadsheet_are_taken_as_text_where_a_person_says_so(client, officials):
    """A column of numbers 1, 2, 3 is right as it stands; which zeros are missing nobody guesses."""
    client.force_login(officials.head)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD.strip().split(","))
        for number in range(1, 4):
            sheet.write_row(number, 0, line(number).strip().split(","))
            sheet.write_number(number, 0, number)
        sheet.write_number(3, 4, 4)
    upload = SimpleUploadedFile("so.xlsx", file.getvalue())
    address = client.post("/desk/imports/", {"file": upload}).url
    page = client.get(address)
    assert [one[0] for one in page.context["number_columns"]] == [0, 4]
    same = fields(page)
    assert client.post(address, {"correct": "cells", **same}).status_code == 400
    answer = client.post(address, {"correct": "cells", "as_shown": ["0", "4"], **same}, follow=True)
    assert fields(answer) == {"cell-4-4": "4"}, "a code without its zeros is asked for"
    address = answer.redirect_chain[-1][0]
    answer = client.post(address, {"correct": "cells", "cell-4-4": "00004"}, follow=True)
    confirm(client, answer.redirect_chain[-1][0])
    assert sorted(Event.objects.values_list("reference", flat=True)) == ["1", "2", "3"]


def test_a_workbook_of_bodies_is_corrected_in_the_same_way(client, officials):
    client.force_login(officials.head)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        head = ("Mã đơn vị", "Loại tổ chức", "Tên tổ chức", "Thành lập từ ngày")
        sheet.write_row(0, 0, head)
        sheet.write_row(1, 0, (4, "Trường học", "Trường Ba Đình", "01/07/2025"))
        sheet.write_row(2, 0, ("00004", "Trường học", "Trường Nghĩa Đô", "01/07/2025"))
    upload = SimpleUploadedFile("a.xlsx", file.getvalue())
    page = client.post("/desk/bodies/import/", {"file": upload}, follow=True)
    address = page.redirect_chain[-1][0]
    assert fields(page) == {"cell-2-0": "4"}
    before = Body.objects.count()
    page = client.post(address, {"correct": "cells", "cell-2-0": "00004"}, follow=True)
    assert (len(page.context["preview"].new), page.context["preview"].problem_count) == (2, 0)
    confirm(client, page.redirect_chain[-1][0])
    assert Body.objects.count() == before + 2
