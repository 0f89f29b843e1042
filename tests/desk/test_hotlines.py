"""Calls of a city hot-line become petitions from its export: once, every wrong cell said, with the
promise of the hot-line beside the limit of the law.
"""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.casework.actions import import_calls
from danchu.casework.actions.calls import PAPER_BOOKS
from danchu.casework.input.call_list import read_calls
from danchu.casework.models import Call, Petition, Petitioner
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.register.actions import attach_paper, confirm_statement, draft_statement
from danchu.units.models import Body
from tests.desk.conftest import BY
from tests.desk.test_petitions import staff  # noqa: F401
from tests.desk.test_statements import PDF

pytestmark = pytest.mark.usefixtures("law_loaded")
ADDRESS = "/desk/petitions/hotlines/ihanoi/import/"
HEAD = (
    "Ma phieu,Thời gian phản ánh,Chuyên mục,Phường/xã,Nội dung phản ánh,Họ tên,SĐT,Tình trạng,"
    "Thời gian trả lời,Kết quả xử lý,Thiết bị"
)
DONE = "Đã xử lý,04/03/2026 09:00,Đã thu gom xong."


def line(number, place="00004", matter="Rác thải", day="02/03/2026 14:30:05", rest="Mới,,"):
    return f"{number},{day},{matter},{place},Rác ở đầu ngõ,Nguyễn Thị Mận,0912345678,{rest},iOS"


def table(*lines, head=HEAD):
    return io.BytesIO("\n".join([head, *lines]).encode())


def outcome_of(*lines, by=BY, head=HEAD, hotline="ihanoi"):
    return read_calls(table(*lines, head=head), "a.csv", by, hotline, PAPER_BOOKS)


def taken_in(*lines, by=BY, hotline="ihanoi"):
    token = outcome_of(*lines, by=by, hotline=hotline).token
    return import_calls(table(*lines), "a.csv", by=by, line=hotline, token=token)


def send(client, *lines):
    file = SimpleUploadedFile("ihanoi.csv", table(*lines).getvalue())
    return client.post(ADDRESS, {"file": file}).url


def confirm(client, address):
    token = client.get(address).context["preview"].token
    return client.post(address, {"token": token}, follow=True)


def test_an_export_becomes_petitions_once(client, staff):
    client.force_login(staff.handler)
    lines = [line("HN-1"), line("HN-2", rest=DONE)]
    address = send(client, *lines)
    page = client.get(address)
    assert (len(page.context["preview"].new), Petition.objects.count()) == (2, 0)
    assert "Thiết bị" in page.content.decode()  # a column that is not read
    answer = confirm(client, address)
    assert "Đã nhận 2 cuộc gọi thành đơn." in answer.content.decode()
    first, second = Petition.objects.order_by("pk")
    assert (first.nature, first.channel, first.call.number) == ("feedback", "hotline", "HN-1")
    assert first.call.called_at == datetime.fromisoformat("2026-03-02T14:30+07:00")
    assert (first.unit, first.place, first.state) == (staff.ward, staff.ward, "received")
    assert (second.state, second.answer_text) == ("answered", "Đã thu gom xong.")
    assert [step.act for step in second.steps.all()] == ["register", "classify", "accept", "answer"]
    again = send(client, *lines, line("HN-3"))
    page = client.get(again)
    assert page.context["preview"].there == (("HN-1", first.code), ("HN-2", second.code))
    assert first.code in page.content.decode()
    confirm(client, again)
    assert list(Call.objects.order_by("pk").values_list("number", flat=True)) == [
        "HN-1",
        "HN-2",
        "HN-3",
    ]
    assert taken_in(*lines) == 0
    entry = Entry.objects.filter(act="petition.calls_imported").order_by("number").first()
    assert (entry.data["hotline"], entry.data["number"]) == ("ihanoi", 2)


def test_a_heading_of_one_hot_line_is_unknown_to_another(staff):
    head = HEAD.replace("Ma phieu", "MA PAKN")
    assert not outcome_of(line("1"), head=head).problems
    with pytest.raises(Refused, match="MA PAKN"):
        outcome_of(line("1"), head=head, hotline="local")
    with pytest.raises(Refused, match="cùng ý nghĩa"):
        outcome_of(line("1"), head=HEAD.replace("Thiết bị", "Mã số"))


def test_one_number_of_two_hot_lines_is_two_calls(staff):
    assert taken_in(line("7")) == 1
    assert taken_in(line("7"), hotline="local") == 1
    assert taken_in(line("7")) == 0


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"number": ""}, "Mã phản ánh", "nhập lại"),
        ({"day": ""}, "Thời gian", "Hãy ghi ngày"),
        ({"day": "31/02/2026"}, "Thời gian", "lịch"),
        ({"day": "02/03/2099 08:00"}, "Thời gian", "tương lai"),
        ({"day": "02/03/2099"}, "Thời gian", "tương lai"),
        ({"number": "9" * 200}, "Mã phản ánh", "Dài quá"),
        ({"matter": "#N/A"}, "Lĩnh vực", "lỗi"),
        ({"day": "02/03/2009"}, "Thời gian", "quá lâu"),
        ({"matter": "Thiên văn"}, "Lĩnh vực", "Hãy ghi một trong"),
        ({"place": "Xứ Thần Tiên"}, "Nơi xảy ra", "Không"),
        ({"place": "00008"}, "Nơi xảy ra", "phạm vi"),
        ({"place": ""}, "Nơi xảy ra", "Hãy ghi xã"),
        ({"rest": "Lơ lửng,,"}, "Trạng thái", "Hãy ghi Mới"),
        ({"rest": "Đang tạm đình chỉ,,"}, "Trạng thái", "không đến ngay"),
        ({"rest": "Đã xử lý,,Xong"}, "Ngày trả lời", "Hãy ghi ngày"),
        ({"rest": "Đã xử lý,01/03/2026,Xong"}, "Ngày trả lời", "02/03/2026"),
        ({"rest": "Đã xử lý,03/03/2026,"}, "Nội dung trả lời", "nội dung"),
    ],
)
def test_every_wrong_cell_is_named(staff, changes, column, words):
    actor = Actor.of(staff.handler)
    outcome = outcome_of(line("1"), line(**{"number": "2", **changes}), by=actor)
    assert [(one.row, one.column) for one in outcome.problems] == [(3, column)]
    assert words in outcome.problems[0].message
    with pytest.raises(Refused):
        taken_in(line("1"), line(**{"number": "2", **changes}), by=actor)
    assert not Petition.objects.exists()


def test_who_complains_or_denounces_is_sent_to_another_way_in(staff):
    head = "Mã phản ánh,Thời gian,Lĩnh vực,Nơi xảy ra,Nội dung,Loại"
    row = "{},02/03/2026,Rác thải,00004,Rác,{}"
    lines = [row.format(1, "Tố cáo"), row.format(2, "KHIEU NAI"), row.format(3, "Phản ánh")]
    outcome = outcome_of(*lines, head=head)
    assert [(one.row, one.column) for one in outcome.problems] == [(2, "Loại"), (3, "Loại")]


def test_how_urgent_a_call_is_is_one_of_two_words(staff):
    head = "Mã phản ánh,Thời gian,Lĩnh vực,Nơi xảy ra,Nội dung,Mức độ"
    row = "{},02/03/2026,Rác thải,00004,Rác,{}"
    words = ("Khẩn", "thường", "", "Vừa vừa")
    outcome = outcome_of(*(row.format(*one) for one in enumerate(words)), head=head)
    assert [(one.row, one.column) for one in outcome.problems] == [(5, "Mức độ")]
    assert [one.is_urgent for one in outcome.new] == [True, False, False]


def test_who_may_write_nothing_there_is_told_so(staff):
    outcome = outcome_of(line("1", matter="Rác thải"), by=Actor.of(staff.inspector))
    assert outcome.problems and {one.column for one in outcome.problems} == {"Nơi xảy ra"}


def test_a_call_twice_in_one_file_is_a_wrong_cell(staff):
    outcome = outcome_of(line("1"), line("1"))
    assert [(one.row, one.column) for one in outcome.problems] == [(3, "Mã phản ánh")]


def test_a_title_names_nobody_who_called(staff):
    head = "Mã phản ánh,Thời gian,Lĩnh vực,Nơi xảy ra,Nội dung,Tóm tắt,Người gọi"
    row = "1,02/03/2026,Rác thải,00004,Rác,Bà {} báo rác,Nguyễn Thị Mận"
    [problem] = outcome_of(row.format("Nguyễn Thị Mận"), head=head).problems
    assert problem.column == "Tóm tắt"
    assert not outcome_of(row.format("hàng xóm"), head=head).problems


def test_the_right_calls_are_taken_and_the_wrong_ones_wait(client, staff):
    client.force_login(staff.handler)
    address = send(client, line("1"), line("2", matter="Thiên văn"), line("3"))
    taken = client.post(address, {"correct": "leave"}, follow=True)
    confirm(client, taken.redirect_chain[-1][0])
    [(_name, kept_back)] = client.get(ADDRESS).context["left_out"]
    [cell] = [one["cell"] for one in client.get(kept_back).context["problems"]]
    answer = client.post(kept_back, {"correct": "cells", cell: "Môi trường"}, follow=True)
    confirm(client, answer.redirect_chain[-1][0])
    assert sorted(Call.objects.values_list("number", flat=True)) == ["1", "2", "3"]


def test_a_workbook_is_read_like_its_text(staff):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Số phiếu", "Ngày giờ", "Lĩnh vực", "Địa bàn", "Mô tả"])
        sheet.write_row(1, 0, ["A1", "", "Đất đai", "Phường Ba Đình", "Lấn đất"])
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_number(1, 1, 46083.385416667, moment)  # 02/03/2026 09:15
    file.seek(0)
    outcome = read_calls(file, "a.xlsx", BY, "ihanoi", PAPER_BOOKS)
    assert not outcome.problems
    [call] = outcome.new
    assert (call.called_at.isoformat(), call.place) == ("2026-03-02T09:15:00+07:00", staff.ward.pk)


def test_only_who_may_import_petitions_takes_calls_in(client, staff):
    for role, status in (("handler", 200), ("second", 200), ("inspector", 403), ("clerk", 403)):
        client.force_login(getattr(staff, role))
        assert client.get(ADDRESS).status_code == status, role
        assert client.get("/desk/petitions/hotlines/").status_code == status, role
    with pytest.raises(Denied):
        taken_in(line("1"), by=Actor.of(staff.inspector))
    client.force_login(staff.handler)
    assert client.get("/desk/petitions/hotlines/none/import/").status_code == 404


def test_the_list_has_the_hot_line_and_the_file_its_promise(client, staff):
    taken_in(line("HN-1"))
    taken_in(line("L-1"), hotline="local")
    client.force_login(staff.handler)
    page = client.get("/desk/petitions/?channel=ihanoi").content.decode()
    assert "HN-1" in page and "L-1" not in page
    assert "hứa trước 03/03/2026 14:30" in page
    both = client.get("/desk/petitions/?channel=hotline").content.decode()
    assert "HN-1" in both and "L-1" in both
    assert "HN-1" not in client.get("/desk/petitions/?channel=post").content.decode()
    petition = Petition.objects.get(call__number="HN-1")
    file = client.get(f"/desk/petitions/{petition.uid}/").content.decode()
    assert "1207/QĐ-UBND" in file and "không phải thời hạn của luật" in file
    assert "chưa đối chiếu" in file and "Nguyễn Thị Mận" in file


def test_of_a_caller_only_name_and_telephone_are_kept(staff):
    taken_in(line("1"))
    caller = Petitioner.objects.get()
    assert (caller.name, caller.phone, caller.address) == ("Nguyễn Thị Mận", "0912345678", "")
    petition = Petition.objects.get()
    assert "Mận" not in petition.title and "iOS" not in petition.content
    assert not petition.shown_text


def test_the_sample_can_be_sent_as_it_is(client, staff):
    client.force_login(staff.handler)
    for ending in ("csv", "xlsx"):
        sample = client.get(f"{ADDRESS}sample.{ending}")
        file = io.BytesIO(sample.getvalue())
        outcome = read_calls(file, f"a.{ending}", Actor.of(staff.handler), "ihanoi", PAPER_BOOKS)
        assert (outcome.problems, len(outcome.new)) == ((), 1)


def test_whoever_sends_it_says_which_column_of_another_head_is_which(client, staff):
    client.force_login(staff.handler)
    file = SimpleUploadedFile(
        "la.csv",
        table(
            line("HN-1"), head=HEAD.replace("Ma phieu", "Mật mã").replace("Phường/xã", "Chốn")
        ).read(),
    )
    address = client.post(ADDRESS, {"file": file}).url
    page = client.get(address)
    heads = page.context["heads"]
    assert [column.key for column, _choices in heads] == ["number", "place"]
    unread = [(0, "Mật mã", False), (3, "Chốn", False), (10, "Thiết bị", False)]
    assert [choices for _column, choices in heads] == [unread, unread]
    named = {"correct": "heads", "head-number": "0", "head-place": "3"}
    for wrong in ({"head-place": ""}, {"head-place": "0"}, {"head-place": "1"}):
        page = client.post(address, named | wrong)
        assert page.status_code == 400
        assert page.context["heads"][0][1][0] == (0, "Mật mã", True)  # what was chosen stays
    answer = client.post(address, named)
    assert "Đã nhận 1 cuộc gọi" in confirm(client, answer.url).content.decode()
    assert Call.objects.get().number == "HN-1"
    # The next export has what was chosen, whatever the order of its columns.
    head = HEAD.replace("Ma phieu", "Mật mã").replace("Phường/xã", "Chốn")
    file = SimpleUploadedFile("la.csv", table(f"x,{line('HN-2')}", head=f"Số,{head}").read())
    page = client.get(client.post(ADDRESS, {"file": file}).url)
    assert _chosen(page) == {"number": "Mật mã", "place": "Chốn"}
    assert client.cookies["heads"]["path"] == ADDRESS
    client.cookies["heads"] = "khong-doc-duoc"
    assert not _chosen(client.get(page.wsgi_request.path))


def _chosen(page):
    """{column: the heading that the form has chosen for it}."""
    return {
        column.key: heading
        for column, choices in page.context["heads"]
        for _place, heading, is_chosen in choices
        if is_chosen
    }


def test_a_call_that_a_paper_book_counts_is_a_wrong_cell_and_the_others_are_taken(client, staff):
    statement = draft_statement(
        by=BY,
        body=Body.objects.get(unit=staff.ward, kind="peoples_committee"),
        indicator="petitions_received",
        since=date(2026, 3, 1),
        until=date(2026, 3, 3),
        amount=4,
    )
    attach_paper(statement, io.BytesIO(PDF), "so.pdf", by=BY)
    confirm_statement(statement, by=BY)
    lines = [line("1"), line("2"), line("3", day="04/03/2026 10:00")]
    before = Entry.objects.count()
    outcome = outcome_of(*lines)
    assert [(one.row, one.column) for one in outcome.problems] == [
        (2, "Thời gian"),
        (3, "Thời gian"),
    ]
    assert "báo cáo bằng giấy" in outcome.problems[0].message
    assert (Petition.objects.count(), Entry.objects.count()) == (0, before)
    client.force_login(staff.handler)
    taken = client.post(send(client, *lines), {"correct": "leave"}, follow=True)
    confirm(client, taken.redirect_chain[-1][0])
    assert list(Call.objects.values_list("number", flat=True)) == ["3"]


def test_the_example_of_the_documentation_is_read_without_a_wrong_cell(staff):
    path = Path(__file__).parents[2] / "docs/examples/ihanoi.csv"
    with path.open("rb") as file:
        outcome = read_calls(file, path.name, BY, "ihanoi", PAPER_BOOKS)
    assert (outcome.problems, len(outcome.new), outcome.unread) == ((), 6, ("Thiết bị",))
