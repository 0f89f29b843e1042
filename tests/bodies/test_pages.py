"""From an installation without any body to the first round of a board that a figure counts: by
pages of the desk.
"""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.bodies.models import BodyMember
from danchu.figures import catalogue
from danchu.figures.answer import figure
from danchu.inspection.models import BoardMember, BoardTerm
from danchu.kernel.days import Period, today
from danchu.law.loading import load_law
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.register.models import Event
from danchu.units.actions import open_body, open_village
from danchu.units.models import Body, BodyGround
from tests.browser import inspect
from tests.desk.conftest import BY, appointed, officials  # noqa: F401
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.usefixtures("law_loaded")
SINCE = date(2025, 7, 1)


@pytest.fixture
def ward(officials, settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path
    load_law(by=BY)
    assert not Body.objects.exists()
    return officials.ward


def press(client, path="/desk/bodies/usual/", **changes):
    """Send the form of a page as it begins."""
    form = client.get(path).context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    return client.post(path, {**typed, **changes})


def test_from_no_body_to_a_figure_by_pages(client, officials, ward):
    client.force_login(officials.head)
    assert "Chưa có cơ quan, tổ chức nào." in client.get("/desk/bodies/").content.decode()
    answer = press(client, decision="1/QĐ-UBND", decided_on="01/07/2025")
    assert (answer.status_code, answer.url) == (302, "/desk/bodies/?unit=00004")
    assert Body.objects.count() == 9
    assert press(client).status_code == 200 or Body.objects.count() == 9
    assert Body.objects.count() == 9
    client.force_login(officials.chair)
    page = client.get("/desk/bodies/usual/")
    assert "chưa đối chiếu với văn bản" in page.content.decode()
    assert [one.kind for one in page.context["form"].proposals] == ["peoples_inspection_board"]
    press(client)
    assert Body.objects.count() == 10

    client.force_login(officials.head)
    typed = {"unit": "00004", "kind": "to_dan_pho", "since": "01/07/2025"}
    client.post("/desk/villages/new/", {**typed, "name": "Tổ dân phố số 1"})
    client.force_login(officials.chair)
    answer = client.post(
        "/desk/boards/new/",
        {
            "unit": "00004",
            "board": "peoples_inspection_board",
            "since": "01/07/2025",
            "until": "01/07/2028",
        },
    )
    term = BoardTerm.objects.get()
    assert answer.url == f"/desk/boards/{term.uid}/"
    for number in range(5):
        client.post(
            f"/desk/boards/{term.uid}/elect/",
            {
                "name": f"Lê Văn {'ABCDE'[number]}",
                "role": "member" if number else "head",
                "village": "Tổ dân phố số 1, Ba Đình",
                "elected_on": "01/07/2025",
                "is_resident": "on",
            },
        )
    assert BoardMember.objects.count() == 5

    head = create_account(by=BY, email="ban@example.vn", name="Trưởng ban")
    office = OfficeKind.objects.get(key="inspection_head")
    appoint(head, by=BY, office_kind=office, unit=ward, since=SINCE)
    client.force_login(head)
    counted = "pib_supervisions", "inspection_boards"
    assert [amount_of(key, ward) for key in counted] == [0, 1]
    board = Body.objects.get(kind="peoples_inspection_board")
    client.post(
        "/desk/rounds/new/",
        {
            "uid": str(uuid4()),
            "board": str(board.pk),
            "held_on": "11/08/2025",
            "participants": "4",
            "title": "Thu chi quỹ",
        },
    )
    event = Event.objects.get()
    client.post(f"/desk/records/{event.uid}/confirm/")
    assert [amount_of(key, ward) for key in counted] == [1, 1]

    # What is merged away or closed later takes nothing from what was counted.
    client.force_login(officials.chair)
    answer = client.post(f"/desk/bodies/{board.pk}/close/", {"on": "01/10/2025"})
    assert answer.status_code == 302
    term.refresh_from_db()
    assert term.until == date(2025, 10, 1)
    assert [amount_of(key, ward) for key in counted] == [1, 0]


def amount_of(key, ward):
    indicator = catalogue.indicator(key)
    return figure(indicator, ward.pk, Period(date(2025, 1, 1), date(2026, 1, 1)), today()).value


def test_a_chair_opens_renames_codes_merges_and_closes_with_days_and_decisions(
    client, officials, ward
):
    client.force_login(officials.head)
    typed = {
        "unit": "00004",
        "kind": "agency",
        "name": "Phòng Văn hóa",
        "since": "01/07/2025",
        "code": "H26.15",
        "decision": "1/QĐ-UBND",
        "decided_on": "30/06/2025",
    }
    answer = client.post("/desk/bodies/new/", typed)
    body = Body.objects.get()
    assert answer.url == f"/desk/bodies/{body.pk}/"
    for act, values in (
        ("rename", {"name": "Phòng Văn hóa – Xã hội", "on": "01/08/2025", "decision": "2/QĐ"}),
        ("code", {"code": "H26.16", "on": "01/08/2025"}),
        ("join", {"name": "Lê An", "role": "Phó Trưởng phòng", "since": "02/08/2025"}),
    ):
        assert client.post(f"{answer.url}{act}/", values).status_code == 302, act
    member = str(BodyMember.objects.get().pk)
    client.post(
        f"{answer.url}change_role/",
        {"member": member, "role": "Trưởng phòng", "on": "01/09/2025"},
    )
    heir = open_body(ward, by=BY, kind="agency", name="Phòng Kinh tế", since=SINCE)
    page = tight(client.get(answer.url).content.decode())
    for words in ("Trưởng phòng", "H26.16", "1/QĐ-UBND", "Ghi thành viên", "Mang tên mới"):
        assert words in page, words
    merged = {"place": "00004", "name": "Kinh tế", "on": "01/10/2025"}
    assert client.post(f"{answer.url}merge/", merged).status_code == 302
    body.refresh_from_db()
    assert (body.until, body.became.get().after) == (date(2025, 10, 1), heir)
    assert not BodyMember.objects.filter(until=None).exists()
    page = tight(client.get(answer.url).content.decode())
    assert "Kế thừa từ ngày 01/10/2025" in page and "Đã kết thúc" in page
    assert BodyGround.objects.count() == 2


@pytest.mark.parametrize(
    ("act", "values", "field"),
    [
        ("rename", {"name": "Phòng Kinh tế", "on": "01/08/2025"}, "name"),
        ("rename", {"name": "", "on": "01/08/2025"}, "name"),
        ("rename", {"name": "Phòng", "on": "01/07/2025"}, "on"),
        ("rename", {"name": "Phòng", "on": "31/02/2026"}, "on"),
        ("code", {"code": "h26/15", "on": "01/08/2025"}, "code"),
        ("code", {"code": "H26.17", "on": "01/08/2025"}, "code"),
        ("close", {"on": "30/06/2025"}, "on"),
        ("close", {"on": "01/08/2025", "decided_on": "01/08/2025"}, "decision"),
        ("join", {"name": "A", "role": "", "since": "01/08/2025"}, "role"),
        ("merge", {"place": "zzzz", "name": "Cơ quan", "on": "01/08/2025"}, "place"),
        ("merge", {"place": "00004", "name": "Trường học", "on": "01/08/2025"}, "name"),
        ("merge", {"place": "00004", "name": "Cơ quan", "on": "01/08/2025"}, "name"),
        (
            "merge",
            {"place": "00004", "name": "Văn hóa", "on": "01/08/2025"},
            "name",
        ),
    ],
)
def test_a_refusal_stands_on_its_field_and_what_was_typed_stays(
    client, officials, ward, act, values, field
):
    body = open_body(ward, by=BY, kind="agency", name="Phòng Văn hóa", since=SINCE)
    open_body(ward, by=BY, kind="agency", name="Phòng Kinh tế", since=SINCE, code="H26.17")
    client.force_login(officials.head)
    answer = client.post(f"/desk/bodies/{body.pk}/{act}/", values)
    assert answer.status_code == 400
    form = answer.context["refused"]
    assert list(form.errors) == [field], form.errors
    assert {name: form[name].value() for name in values} == values


def test_the_list_is_narrowed_sorted_and_leaves_as_files(client, officials, ward):
    client.force_login(officials.head)
    press(client)
    open_body(
        ward, by=BY, kind="school", name="Trường Ba Đình", since=date(2026, 1, 1), code="G123"
    )
    open_body(ward, by=BY, kind="agency", name="Phòng sau này", since=date(2900, 1, 1))

    def names(query):
        rows = client.get(f"/api/v1/lists/bodies?{query}").json()["rows"]
        return [row["name"] for row in rows]

    assert len(names("")) == 11
    assert names("q=ba+dinh&kind=school") == ["Trường Ba Đình"] == names("q=g123")
    assert names("state=upcoming") == ["Phòng sau này"] == names("since=01/01/2027")
    assert len(names("state=running&last=31/12/2025")) == 9 and names("state=ended") == []
    assert names("unit=00008") == []
    kinds = [row["kind"] for row in client.get("/api/v1/lists/bodies?sort=kind").json()["rows"]]
    assert kinds[0] == "Cơ quan"
    text = client.get("/desk/bodies.csv?q=trường").getvalue().decode("utf-8-sig")
    [head, line] = list(csv.reader(io.StringIO(text)))
    assert dict(zip(head, line, strict=True))["Mã định danh"] == "G123"
    assert client.get("/desk/bodies.xlsx").status_code == 200
    assert client.get("/desk/bodies/?q=x").status_code == 400


def test_a_neighbour_and_a_clerk_change_nothing_here(client, officials, ward):
    body = open_body(ward, by=BY, kind="investment_board", name="Ban giám sát", since=SINCE)
    client.force_login(officials.clerk)
    assert client.get("/desk/bodies/new/").status_code == 403
    assert client.post(f"/desk/bodies/{body.pk}/close/", {"on": "01/08/2025"}).status_code == 403
    client.force_login(officials.neighbour)
    assert client.get(f"/desk/bodies/{body.pk}/").status_code == 404
    assert client.get("/desk/bodies/usual/?unit=00004").status_code == 400
    typed = {"unit": "00004", "kind": "pib_agency", "name": "Ban", "since": "01/08/2025"}
    answer = client.post("/desk/bodies/new/", typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["unit"])


@pytest.mark.parametrize("field", ["since", "decided_on", "decision", "name_1", "nothing"])
def test_a_press_that_is_refused_says_why_and_opens_nothing(client, officials, ward, field):
    client.force_login(officials.head)
    form = client.get("/desk/bodies/usual/").context["form"]
    name = f"name_{form.proposals[0].key}"
    wrong = {
        "since": {"since": "01/01/1900"},
        "decided_on": {"decision": "1", "decided_on": "01/01/2999"},
        "decision": {"decided_on": "01/01/2026"},
        "name_1": {name: ""},
        "nothing": {},
    }[field]
    if field == "nothing":
        answer = client.post("/desk/bodies/usual/", {"since": "01/07/2025"})
    else:
        answer = press(client, **wrong)
    assert answer.status_code == 400 and not Body.objects.exists()
    expected = {"name_1": name, "nothing": "__all__"}.get(field, field)
    assert list(answer.context["form"].errors) == [expected]


def test_a_name_is_asked_for_only_where_the_body_is_ticked(client, officials, ward):
    client.force_login(officials.head)
    page = client.get("/desk/bodies/usual/")
    names = [name for _body, _tick, name in page.context["form"].lines()]
    assert all(name.field.required for name in names)
    first = page.context["form"].proposals[0].key
    assert press(client, **{f"open_{first}": "", f"name_{first}": ""}).status_code == 302
    assert Body.objects.count() == len(names) - 1


@turn(4, together=3)
def test_the_pages_are_for_everyone(browser_page, client, site, officials, ward):
    body = open_body(ward, by=BY, kind="agency", name="Phòng Văn hóa", since=SINCE, code="H26.15")
    client.force_login(officials.head)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    village = open_village(ward, by=BY, name="Tổ dân phố số 1", kind="to_dan_pho", since=SINCE)
    open_village(ward, by=BY, name="Tổ dân phố số 2", kind="to_dan_pho", since=SINCE)
    file = SimpleUploadedFile(
        "a.csv",
        "Mã đơn vị,Loại tổ chức,Tên tổ chức,Thành lập từ ngày\n"
        "00004,Trường học,Trường A,01/07/2025\n00004,Câu,,hôm qua".encode(),
    )
    preview = client.post("/desk/bodies/import/", {"file": file}).url
    for path in (
        "/desk/bodies/",
        "/desk/bodies/new/",
        "/desk/bodies/usual/",
        f"/desk/bodies/{body.pk}/",
        "/desk/bodies/import/",
        preview,
        "/desk/villages/",
        "/desk/villages/new/",
        f"/desk/villages/{village.pk}/",
    ):
        inspect(browser_page, path)
