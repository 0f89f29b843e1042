"""What is to be disclosed, by pages: begun, posted with proof, taken down, renewed, withdrawn."""

import csv
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest

from danchu.disclosure import actions
from danchu.disclosure.models import Content, Item, Posting
from danchu.journal.models import Entry
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.models import RuleVersion
from danchu.obligations.actions import meet_obligation
from danchu.obligations.models import Obligation
from tests.disclosure.conftest import DECIDED, DUE, TITLE, photo

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def typed(**other):
    return {
        "uid": uuid4(),
        "unit": "Đống Đa",
        "item": "commune.2",
        "title": TITLE,
        "decided_on": "09/01/2026",
        "document": "12/QĐ-UBND",
        "special": "",
        **other,
    }


def posted(place="", **other):
    return {
        "uid": uuid4(),
        "form": "posting",
        "place": str(place.uid) if place else "",
        "since": "12/01/2026",
        "until": "",
        "proof": "witnesses",
        "witness": "Nguyễn Văn An",
        "second_witness": "Trần Thị Bình",
        **other,
    }


def do(client, content, act, values):
    return client.post(f"/desk/disclosures/{content.uid}/{act}/", values)


def test_a_clerk_writes_down_what_is_owed_and_its_duty_begins(client, ward):
    client.force_login(ward.clerk)
    values = typed()
    for _again in range(2):
        assert client.post("/desk/disclosures/new/", values).status_code == 302
    content = Content.objects.get()
    assert (content.title, content.state, content.item.key) == (TITLE, "owed", "commune.2")
    duty = Obligation.objects.get()
    assert (duty.due_on, duty.unit_id, duty.rule.key) == (DUE, ward.here.pk, "disclosure.publish")
    page = client.get(f"/desk/disclosures/{content.uid}/").content.decode()
    assert "quá hạn mà chưa công khai" in page and "15/01/2026" in page
    assert "Chưa công khai" in client.get(f"/disclosures/{content.uid}/").content.decode()


def test_who_lacks_the_right_writes_nothing(client, ward, begin):
    content = begin()
    client.force_login(ward.front)
    assert client.post("/desk/disclosures/new/", typed()).status_code == 403
    for act in ("post", "take_down", "renew", "specialise", "withdraw"):
        assert do(client, content, act, {}).status_code == 403
    client.force_login(ward.clerk)
    assert do(client, content, "withdraw", {"reason": "Nhầm"}).status_code == 403
    assert client.post("/desk/posting-places/new/", {"kind": "seat"}).status_code == 400
    client.force_login(ward.chair)
    item = Item.objects.first()
    assert client.post(f"/desk/disclosure-items/{item.pk}/amend/", {}).status_code == 403


def test_a_posting_meets_the_duty_and_public_pages_show_it_without_witnesses(client, ward, begin):
    content = begin()
    client.force_login(ward.clerk)
    values = posted(ward.places["Trụ sở"])
    for _again in range(2):
        do(client, content, "post", values)
    posting = Posting.objects.get()
    assert (posting.needed, posting.until, posting.length) == (30, None, None)
    duty = Obligation.objects.get()
    assert (duty.state, duty.done_on) == ("met", date(2026, 1, 12))
    desk = client.get(f"/desk/disclosures/{content.uid}/").content.decode()
    assert "Nguyễn Văn An" in desk and "Trần Thị Bình" in desk
    client.logout()
    page = client.get(f"/disclosures/{content.uid}/").content.decode()
    assert "Nguyễn Văn An" not in page and "Trụ sở" in page
    assert "thiếu tại Nhà văn hóa Tổ 5" in page
    assert Entry.objects.filter(act="disclosure.posted").count() == 1


def test_a_photo_has_its_time_and_everybody_sees_it(client, ward, begin):
    content = begin(file=_file(PDF, "du-toan.pdf"), file_name="du-toan.pdf")
    client.force_login(ward.clerk)
    values = posted(ward.places["Trụ sở"], proof="photo", taken_at="12/01/2026 08:30")
    answer = do(client, content, "post", {**values, "taken_at": "", "file": photo()})
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {"taken_at"}
    assert do(client, content, "post", {**values, "file": photo()}).status_code == 302
    client.logout()
    posting = Posting.objects.get()
    assert client.get(f"/disclosures/photos/{posting.uid}/")["Content-Type"] == "image/jpeg"
    version = content.versions.get()
    assert client.get(f"/disclosures/papers/{version.uid}/")["Content-Type"] == "application/pdf"
    assert client.get(f"/desk/disclosures/sheets/{posting.uid}/").status_code == 302


def _file(content, name):
    file = BytesIO(content)
    file.name = name
    return file


REFUSED = [
    ({"since": "08/01/2026"}, "since"),
    ({"since": "03/03/2026"}, "since"),
    ({"until": "11/01/2026"}, "until"),
    ({"proof": "log"}, "proof"),
    ({"witness": ""}, "witness"),
    ({"second_witness": "Nguyễn Văn An"}, "second_witness"),
    ({"proof": "photo"}, "file"),
    ({"form": "loudspeaker", "proof": "log", "proof_text": "3"}, "place"),
    ({"form": "conference", "proof": "address", "proof_text": "Biên bản 2"}, "where"),
]


def test_a_posting_is_refused_on_its_field(client, ward, begin):
    content = begin()
    client.force_login(ward.clerk)
    for other, field in REFUSED:
        answer = do(client, content, "post", posted(ward.places["Trụ sở"], **other))
        assert answer.status_code == 400, other
        assert field in answer.context["form"].errors, other
    assert not Posting.objects.exists()


def test_what_came_down_early_is_told_and_not_counted_as_long_enough(client, ward, begin, post):
    content = begin()
    for place, until in (("Trụ sở", date(2026, 2, 11)), ("Nhà văn hóa Tổ 5", date(2026, 2, 9))):
        post(content, place, date(2026, 1, 12), until)
    client.force_login(ward.clerk)
    page = client.get(f"/desk/disclosures/{content.uid}/").content.decode()
    assert "Nhà văn hóa Tổ 5: gỡ sớm, mới 29 ngày" in page
    assert "Trụ sở: gỡ sớm" not in page
    assert Posting.objects.ended().count() == 2
    assert Posting.objects.long_enough().get().place.name == "Trụ sở"


def test_taking_down_needs_a_posting_that_hangs(client, ward, begin, post):
    content = begin()
    post(content, "Trụ sở", date(2026, 1, 12))
    client.force_login(ward.clerk)
    posting = Posting.objects.get()
    values = {"posting": str(posting.uid), "on": "12/01/2026"}
    assert do(client, content, "take_down", values).status_code == 400
    values["on"] = "11/02/2026"
    assert do(client, content, "take_down", values).status_code == 302
    posting.refresh_from_db()
    assert (posting.until, posting.length) == (date(2026, 2, 11), 30)
    assert do(client, content, "take_down", values).status_code == 400


def test_a_new_version_is_owed_anew_and_the_old_one_on_the_board_is_told(client, ward, begin, post):
    content = begin()
    post(content, "Trụ sở", date(2026, 1, 12))
    client.force_login(ward.clerk)
    values = {"decided_on": "02/02/2026", "document": "", "changed": ""}
    assert do(client, content, "renew", values).status_code == 400
    assert do(client, content, "renew", values | {"changed": "Giảm chi 5 %"}).status_code == 302
    content.refresh_from_db()
    assert (content.state, content.decided_on) == ("owed", date(2026, 2, 2))
    assert [one.due_on for one in Obligation.objects.order_by("pk")] == [DUE, date(2026, 2, 9)]
    page = client.get(f"/disclosures/{content.uid}/").content.decode()
    assert "Niêm yết tại Trụ sở: vẫn là bản cũ" in page and "Giảm chi 5 %" in page


def test_a_special_law_replaces_days_forms_and_places(client, ward, begin, item, system):
    content = begin("commune.3", title="Phương án bồi thường dự án đường 5")
    client.force_login(ward.clerk)
    assert do(client, content, "specialise", {"special": "land.compensation"}).status_code == 302
    content.refresh_from_db()
    assert content.terms == item("land.compensation")
    page = client.get(f"/disclosures/{content.uid}/").content.decode()
    assert "Áp dụng quy định riêng" in page and "Luật Đất đai 31/2024/QH15" in page
    assert "Trang phường" not in page.partition("Bản đang công khai")[2]
    budget = begin()
    with pytest.raises(Refused):
        actions.specialise_content(budget, by=system, special=item("land.compensation"))


def test_a_mistake_is_taken_back_with_a_reason_and_its_duty_ends(client, ward, begin, post):
    content, other = begin(), begin(title="Khác")
    post(other, "Trụ sở", date(2026, 1, 12))
    client.force_login(ward.chair)
    assert do(client, content, "withdraw", {"reason": "Ghi hai lần"}).status_code == 302
    assert client.get(f"/disclosures/{content.uid}/").status_code == 404
    assert Obligation.objects.get(subject=content.pk).state == "excused"
    assert do(client, other, "withdraw", {"reason": "Ghi hai lần"}).status_code == 400


def test_an_earlier_decision_has_no_duty_because_no_rule_was_in_force(begin, ward):
    Item.objects.update(since=date(2020, 1, 1))
    ward.here.since = date(2020, 1, 1)
    ward.here.save()
    begin(decided_on=date(2022, 5, 4))
    assert not Obligation.objects.exists()


def test_a_row_of_the_catalogue_gets_a_follower_from_a_day_on(client, ward, begin, item, system):
    old = item("commune.2")
    values = {"since": date(2026, 2, 1), "owed_forms": ["posting"], "owed_places": ["seat"]}
    new = actions.amend_item(old, by=system, reason="Đọc lại luật", **values)
    old.refresh_from_db()
    assert (old.until, new.forms, new.mark) == (date(2026, 2, 1), ["posting"], "operator")
    client.force_login(ward.clerk)
    for day, expected in (("09/01/2026", old), ("03/02/2026", new)):
        client.post("/desk/disclosures/new/", typed(decided_on=day))
        assert Content.objects.latest("pk").item == expected
    assert client.get(f"/disclosure-items/{old.pk}/").status_code == 200


def test_the_catalogue_has_the_items_of_the_law_by_kind_of_unit(ward):
    rows = Item.objects.general().filter(number__gt=0)
    numbers = {
        sphere: rows.filter(sphere=sphere).count()
        for sphere in rows.values_list("sphere", flat=True)
    }
    assert numbers == {"commune": 14, "agency": 12, "enterprise": 8}
    permanent = rows.filter(is_permanent=True).values_list("key", flat=True)
    assert set(permanent) == {"commune.4", "commune.13"}
    spoken = rows.filter(forms__contains=["loudspeaker"]).values_list("number", flat=True)
    assert set(spoken) == set(range(7, 13))
    keys = {
        key
        for row in Item.objects.all()
        for key in (row.publish_rule, row.posting_rule, row.spoken_rule)
    }
    assert keys - {""} <= set(RuleVersion.objects.values_list("key", flat=True))


def test_the_days_to_stay_follow_the_kind_of_unit(ward, item):
    days = {
        key: item(key).days_to_stay("posting", DECIDED, book())
        for key in ("commune.2", "commune.4", "agency.2", "enterprise.2")
    }
    assert days == {"commune.2": 30, "commune.4": -1, "agency.2": 20, "enterprise.2": 20}
    assert item("commune.7").days_to_stay("loudspeaker", DECIDED, book()) == 3


def test_the_file_of_the_list_has_the_columns_of_table_one(client, begin, post):
    content = begin(document="12/QĐ-UBND")
    post(content, "Trụ sở", date(2026, 1, 12))
    post(content, "Trang phường", date(2026, 2, 1), form="portal")
    begin(title="Quỹ")
    text = b"".join(client.get("/disclosures.csv").streaming_content).decode("utf-8-sig")
    head, *rows = list(csv.reader(text.splitlines()))
    lines = {row[head.index("Nội dung")]: dict(zip(head, row, strict=True)) for row in rows}
    names = ("Hình thức", "Số, ký hiệu văn bản", "Quý công khai", "Năm công khai")
    assert [lines[TITLE][name] for name in names] == [
        "Niêm yết; Cổng, trang thông tin điện tử",
        "12/QĐ-UBND",
        "1",
        "2026",
    ]
    assert [lines["Quỹ"][name] for name in names] == ["", "", "", ""]


def test_what_was_closed_as_an_obligation_by_hand_is_posted_all_the_same(begin, post, system):
    content = begin()
    meet_obligation(Obligation.objects.get(), by=system, on=DUE)
    post(content, "Trụ sở", since=date(2026, 1, 12))
    content.refresh_from_db()
    assert (content.state, content.disclosed_on) == ("disclosed", date(2026, 1, 12))
    assert Obligation.objects.get().done_on == DUE
