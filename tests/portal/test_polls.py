"""Polls on the portal: the result with its reason, the signed file, and a voter who looks for
his ballot, with and without script.
"""

import json
import re

import pytest

from danchu.conference import actions
from danchu.conference.access.participants import participant_from_pass, set_token_cookie
from danchu.conference.models import Attendance, Declaration, Pass
from danchu.kernel.days import now
from danchu.vault.signatures import sign_receipt
from tests.browser import assert_accessible, inspect
from tests.conference.test_recount import recount
from tests.conference.voting import NO, YES, country, hall, law, system, vault  # noqa: F401
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(hall):
    """(declared poll, [Told])"""
    hall.add(9)
    poll = hall.open(threshold_rule="vote.present.two_thirds", quorum_rule="quorum.staff")
    told = hall.vote(poll, [YES, YES, NO, YES, YES, NO, YES, YES])
    return hall.declare(poll), told


def address(poll, more=""):
    return f"/polls/{poll.uid}/{more}"


def test_a_result_says_what_was_decided_and_why(client, secret):
    page = client.get(address(secret[0])).content.decode()
    assert "Được thông qua." in page
    assert "3 × 6 = 18 ≥ 2 × 9 = 18" in page and "Điều 51" in page
    it = Declaration.objects.get()
    for shown in (it.root, it.signature, it.public_key, secret[0].basis["root"]):
        assert shown in page


def test_the_file_is_the_signed_one_and_is_recounted(client, secret, tmp_path):
    answer = client.get(address(secret[0], "file.csv"))
    assert (
        answer["Content-Type"] == "text/csv; charset=utf-8"
        and "attachment" in answer["Content-Disposition"]
    )
    path = tmp_path / "f.csv"
    path.write_bytes(answer.content)
    assert recount(path)[0] == 0


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: "-".join(re.findall("....", code)),
        lambda code: f"  {code[:7]} {code[7:]} ",
        lambda code: code.replace("0", "O").replace("1", "l"),
    ],
)
def test_a_voter_finds_his_ballot_by_his_code_however_he_types_it(client, secret, typed):
    poll, told = secret
    for one, option in ((told[0], "Tán thành"), (told[2], "Không tán thành")):
        answer = client.post(address(poll), {"code": typed(one.code)})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert (
            f"được tính cho: “{option}”" in page
            and "khớp. Chữ ký của hệ thống dưới mã gốc: đúng" in page
        )


def test_the_proof_of_a_ballot_is_fetched_and_checked_without_us(client, secret, tmp_path):
    poll, told = secret
    page = tight(client.post(address(poll), {"code": told[3].code}).content.decode())
    line = re.search(r'name="line" value="(\d+)"', page)[1]
    answer = client.post(address(poll, "proof/"), {"line": line})
    proof = tmp_path / "phieu.json"
    proof.write_bytes(answer.content)
    assert json.loads(answer.content)["line"] == f"{told[3].code},1"
    assert recount("--proof", proof, "--key", Declaration.objects.get().public_key)[0] == 0


def test_a_ballot_that_is_not_there_is_told_so_and_a_true_receipt_is_known(client, secret):
    poll, told = secret
    code = "0123456789ABCDEF"
    answer = client.post(address(poll), {"code": code})
    assert answer.status_code == 400 and "Không có phiếu nào như thế" in answer.content.decode()
    answer = client.post(address(poll), {"code": code, "signature": sign_receipt(poll.uid, code)})
    assert "Chữ ký trên biên nhận là thật" in answer.content.decode()
    answer = client.post(address(poll), {"code": code, "signature": told[0].signature})
    assert "không phải của mã này" in answer.content.decode()


def test_a_file_changed_after_it_was_published_does_not_pass_for_the_signed_one(client, secret):
    poll, told = secret
    it = Declaration.objects.get()
    Declaration.objects.filter(pk=it.pk).update(
        content=it.content.replace(f"{told[0].code},1", f"{told[0].code},2"), root=it.root[::-1]
    )
    page = client.post(address(poll), {"code": told[0].code}).content.decode()
    assert "tệp đã bị sửa" in page and "được tính cho" not in page


def test_no_code_stands_in_an_address_and_nothing_is_kept_by_browsers(client, secret):
    poll, told = secret
    answer = client.post(address(poll), {"code": told[0].code})
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert [
        one for one in re.findall(r'(?:href|action|src)="([^"]*)"', page) if told[0].code in one
    ] == []


def test_before_the_result_nothing_of_it_is_told(client, hall):
    hall.add(5)
    drafted, poll = hall.draft(), hall.open()
    hall.vote(poll, [YES, NO, YES])
    assert client.get(address(drafted)).status_code == 404
    page = client.get(address(poll)).content.decode()
    assert "Đang mở" in page and poll.basis["root"] in page and "Kiểm tra phiếu" not in page
    assert client.get(address(poll, "file.csv")).status_code == 404
    assert client.post(address(poll, "proof/"), {"line": "3"}).status_code == 404
    hall.close(poll)
    assert "Đã đóng, đang kiểm" in client.get(address(poll)).content.decode()


def test_a_cancelled_poll_says_why(client, hall):
    hall.add(5)
    poll = actions.cancel_poll(hall.open(), by=hall.system, reason="Câu hỏi chưa rõ")
    assert "Câu hỏi chưa rõ" in client.get(address(poll)).content.decode()


def test_polls_of_a_conference_that_is_not_public_yet_are_not_there(client, secret):
    poll, _told = secret
    poll.conference.state = "drafted"
    poll.conference.save()
    assert client.get(address(poll)).status_code == 404
    assert address(poll) not in client.get("/polls/").content.decode()


def as_delegate(client, hall, delegate):
    """The browser holds the delegate's pass."""
    from django.http import HttpResponse

    found = Pass.objects.create(
        conference=hall.conference,
        role="delegate",
        delegate=delegate,
        secret=str(delegate.pk),
        device="may",
    )
    assert participant_from_pass(found).delegate == delegate.pk
    for name, morsel in set_token_cookie(HttpResponse(), found).cookies.items():
        client.cookies[name] = morsel.value


def test_a_delegate_sees_his_own_entry_of_the_roll_and_his_named_vote_and_nobody_else_does(
    client, hall
):
    hall.add(4)
    poll = hall.open(secrecy="named")
    hall.vote(poll, [NO, YES, YES])
    hall.declare(poll)
    (late,) = hall.add(1)
    assert "Tôi trong cuộc biểu quyết này" not in client.get(address(poll)).content.decode()
    as_delegate(client, hall, hall.delegates[0])
    page = client.get(address(poll)).content.decode()
    assert (
        "Tôi có trong danh sách" in page
        and "Tôi đã bỏ phiếu" in page
        and "được tính cho: “Không tán thành”" in page
    )
    as_delegate(client, hall, hall.delegates[3])
    page = client.get(address(poll)).content.decode()
    assert "Tôi không bỏ phiếu" in page and "được tính cho" not in page
    as_delegate(client, hall, late)
    assert "Tôi không có trong danh sách" in client.get(address(poll)).content.decode()
    assert Attendance.objects.filter(delegate=late, at__lte=now()).exists()


def test_where_names_are_published_one_is_found_by_name_or_number(client, hall):
    hall.add(3)
    poll = hall.open(secrecy="named", publishes_names=True)
    hall.vote(poll, [NO, YES, YES])
    hall.declare(poll)
    for typed in (hall.delegates[0].name, "nguyen van 00001", "1"):
        assert (
            "được tính cho: “Không tán thành”"
            in client.post(address(poll), {"code": typed}).content.decode()
        )
    assert hall.delegates[0].name in client.get(address(poll, "file.csv")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    client, hall, number, django_assert_num_queries
):
    hall.add(3)
    for _n in range(number):
        hall.declare(hall.open(secrecy="named"))
    client.get("/polls/")
    with django_assert_num_queries(2):
        page = client.get("/polls/").content.decode()
    assert len(set(re.findall(r'href="/polls/[0-9a-f-]{36}/"', page))) == number


def test_the_list_is_narrowed_sorted_and_paged(client, hall, country, monkeypatch):
    monkeypatch.setattr("danchu.subjects.listing.PAGE", 2)
    hall.add(3)
    for title in ("Bầu tổ thư ký", "Ấn định mức đóng góp", "Chọn ngày họp"):
        hall.open(title=title, secrecy="named", kind="opinion" if "Chọn" in title else "binding")

    def titles(query):
        return re.findall(
            r'href="/polls/[0-9a-f-]{36}/">([^<]+)<',
            tight(client.get(f"/polls/?{query}").content.decode()),
        )

    assert titles("kind=opinion") == ["Chọn ngày họp"]
    assert titles("state=declared") == []
    assert len(titles("state=running")) == 2
    assert titles(f"unit={country.here.pk}") and titles(f"unit={country.far.pk}") == []
    first = client.get("/polls/?sort=title").content.decode()
    assert len(titles("sort=title")) == 2
    after = re.search(r'href="\?(sort=title&amp;after=[^"]+)"', first)[1].replace("&amp;", "&")
    assert sorted(titles("sort=title") + titles(after)) == [
        "Bầu tổ thư ký",
        "Chọn ngày họp",
        "Ấn định mức đóng góp",
    ]


@turn(4, together=2)
@pytest.mark.browser
def test_the_pages_of_a_result_are_for_everyone(browser_page, hall, secret):
    poll, told = secret
    room = hall.point("Điểm cầu phường Láng, nhà văn hóa số 2")
    by_rooms = hall.open(
        secrecy="named",
        franchise="both",
        title="Thông qua nghị quyết hội nghị người lao động năm 2026",
    )
    hall.vote(by_rooms, [YES, NO])
    hall.hands(by_rooms, room, 60, [40, 10, 5])
    hall.declare(by_rooms)
    for path in ("/polls/", address(poll), address(by_rooms), "/polls/recount/"):
        inspect(browser_page, path)
    browser_page.goto(address(poll))
    browser_page.fill("#code", told[2].code.lower())
    browser_page.click("main >> text=Kiểm tra >> nth=-1")
    assert "được tính cho: “Không tán thành”" in browser_page.inner_text("main")
    assert told[2].code not in browser_page.url
    assert_accessible(browser_page)


@pytest.mark.browser
def test_a_ballot_is_looked_for_without_script(page_without_script, secret):
    poll, told = secret
    page_without_script.goto(address(poll))
    page_without_script.fill("#code", told[0].code)
    page_without_script.press("#code", "Enter")
    assert "được tính cho: “Tán thành”" in page_without_script.inner_text("main")
    assert page_without_script.is_visible("text=Tải chứng minh của phiếu này")
