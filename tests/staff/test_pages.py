"""People and invitations at the desk: lists, acts, forms pressed twice, the page of rights."""

import re
from datetime import date
from html import unescape
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import translation

from danchu.kernel.days import today
from danchu.people.actions import appoint, create_account
from danchu.people.actor import Actor
from danchu.people.loading import rights_table
from danchu.people.models import Account, Delegation, Holding, OfficeKind
from danchu.register.actions import draft_event
from danchu.staff.models import FactorReset, Invitation
from danchu.staff.right_words import kind_words, verb_words
from danchu.units.find import unit_from
from danchu.units.models import Unit
from tests.browser import inspect
from tests.desk.test_lists import questions_asked
from tests.english.test_messages import VIETNAMESE
from tests.markup import tight
from tests.sizes import turn
from tests.staff.conftest import with_factor

BY = Actor.system("thử")
SINCE = date(2025, 7, 1)
PEOPLE = {
    "operator": ("operator", ""),
    "chair": ("committee_chair", "00004"),
    "clerk": ("commune_clerk", "00004"),
    "front": ("front_chair", "00004"),
    "beside": ("commune_clerk", "00008"),
}


def add(role, office, code):
    account = create_account(by=BY, email=f"{role}@example.vn", name=f"Người {role}")
    unit = unit_from(f"{code}@{today().isoformat()}") if code else Unit.objects.get(level="nation")
    kind = OfficeKind.objects.get(key=office)
    appoint(account, by=BY, office_kind=kind, unit=unit, since=SINCE)
    return account


@pytest.fixture
def ward(country_database, db, settings):
    settings.DEMO = True
    return SimpleNamespace(**{role: add(role, *place) for role, place in PEOPLE.items()})


@pytest.fixture
def chair(client, ward):
    """A browser of the chair of the ward."""
    client.force_login(ward.chair)
    return client


def names(answer):
    return {line.row.email.partition("@")[0] for line in answer.context["lines"]}


def do(client, account, act, **values):
    return client.post(f"/desk/people/{account.pk}/{act}/", values)


def test_the_list_holds_those_of_the_ward_and_is_narrowed(chair, ward):
    assert names(chair.get("/desk/people/")) == {"chair", "clerk", "front"}
    assert names(chair.get("/desk/people/?office=commune_clerk")) == {"clerk"}
    assert names(chair.get("/desk/people/?unit=Phường+Ba+Đình")) == {"chair", "clerk", "front"}
    assert names(chair.get("/desk/people/?state=closed")) == set()
    assert names(chair.post("/desk/people/", {"q": "nguoi front"})) == {"front"}
    assert names(chair.get("/desk/people/?q=front")) == {"chair", "clerk", "front"}  # no address
    assert "Công chức" in chair.get("/desk/people.csv").getvalue().decode("utf-8-sig")
    chair.force_login(ward.operator)
    assert names(chair.get("/desk/people/")) == set(PEOPLE)


def test_a_list_of_one_and_of_three_asks_the_same_number_of_questions(chair, ward):
    counts = {"people": [], "account-invitations": []}
    for number in range(3):
        for name, numbers in counts.items():
            numbers.append(questions_asked(chair, name))
        add(f"them{number}", "commune_clerk", "00004")
        _invite(chair, email=f"moi{number}@example.vn")
    assert all(len(set(numbers[1:])) == 1 for numbers in counts.values()), counts


def _invite(client, **more):
    values = {
        "uid": str(uuid4()),
        "name": "Lê Thị Mới",
        "email": "moi@example.vn",
        "office_kind": "commune_clerk",
        "unit": "Phường Ba Đình",
        "since": "01/03/2026",
        "last": "",
        "grounds": "Quyết định 1",
        "channel": "mail",
        **more,
    }
    return client.post("/desk/account-invitations/new/", values)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"unit": "Phường Trúc Bạch"}, "unit"),
        ({"unit": "khong co"}, "unit"),
        ({"office_kind": ""}, "office_kind"),
        ({"office_kind": "zzz"}, "office_kind"),
        ({"since": "31/02/2026"}, "since"),
        ({"last": "31/12/9999"}, "last"),
        ({"last": "28/02/2026"}, "last"),
        ({"email": "x"}, "email"),
        ({"channel": "khong"}, "channel"),
        ({"grounds": ""}, "grounds"),
    ],
    ids=str,
)
def test_what_is_wrong_stands_on_its_field_and_what_was_typed_stays(chair, wrong, field):
    answer = _invite(chair, **wrong)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "Lê Thị Mới" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_bad_address_is_told_beside_everything_else_that_is_wrong(chair):
    answer = _invite(chair, email="x", phone="12", grounds="", unit="khong co")
    assert {"email", "phone", "grounds", "unit"} == set(answer.context["form"].errors)


def test_the_place_of_an_invitation_is_suggested(chair, client, person):
    page = "/desk/account-invitations/new/"
    assert chair.get(page).context["form"]["unit"].value() == "Phường Ba Đình"


def test_an_office_that_one_cannot_give_is_refused_on_its_field(chair):
    for office in ("front_chair", "operator"):
        answer = _invite(chair, office_kind=office)
        text = answer.content.decode()
        assert answer.status_code == 400 and 'id="id_office_kind_error"' in text
        [refusal] = re.findall("vì chính ông/bà không có quyền[^.]*", text)
        assert refusal.count(":") == 1, refusal
    assert not Invitation.objects.exists()


def test_an_invitation_pressed_twice_or_in_two_browsers_is_one(chair, ward):
    uid = str(uuid4())
    first, second = _invite(chair, uid=uid), _invite(chair, uid=uid)
    assert first.url == second.url and Invitation.objects.count() == 1
    assert _invite(chair).status_code == 400
    page = f"/desk/account-invitations/{uid}/"
    assert chair.post(f"{page}resend/", {"channel": "letter"}).status_code == 302
    letter = chair.post(f"{page}letter/")
    assert letter.status_code == 200 and letter.headers["Cache-Control"].startswith("private")
    assert chair.post(f"{page}withdraw/", {"reason": "Nhầm"}).status_code == 302
    assert chair.post(f"{page}withdraw/", {"reason": "Nhầm"}).status_code == 400
    chair.force_login(ward.beside)
    assert chair.get(page).status_code == 404


def test_offices_deputies_and_delegation_by_the_page_of_a_person(chair, ward):
    give = {
        "office_kind": "steering_officer",
        "unit": "Phường Ba Đình",
        "since": "01/03/2026",
        "last": "31/12/2030",
        "grounds": "Quyết định 2",
    }
    assert do(chair, ward.clerk, "give", **give).status_code == 302
    assert do(chair, ward.clerk, "give", **give).status_code == 400
    holding = ward.clerk.holdings.get(office_kind="steering_officer")
    assert holding.until == date(2031, 1, 1)
    own = str(ward.chair.holdings.get().pk)
    deputy = {
        "holding": own,
        "deputy": ward.clerk.email,
        "since": "01/03/2026",
        "last": "31/12/2030",
        "grounds": "Đi học",
    }
    assert do(chair, ward.chair, "deputise", **deputy).status_code == 302
    assert ward.clerk.holdings.filter(deputy_of=int(own)).exists()
    delegation = {
        "holding": own,
        "right": "confirm:dialogue",
        "to": ward.clerk.email,
        "since": "01/03/2026",
        "last": "01/03/2027",
        "reason": "Văn bản 3",
    }
    for last in ("", "31/12/2036"):
        refused = do(chair, ward.chair, "delegate", **{**delegation, "last": last})
        assert refused.status_code == 400
    assert "lâu nhất đến hết ngày 01/03/2027" in refused.content.decode()
    assert do(chair, ward.chair, "delegate", **delegation).status_code == 302
    row = Delegation.objects.get()
    last = "31/12/2026"
    over = {"delegation": str(row.pk), "last": last}
    assert do(chair, ward.chair, "end_delegation", **over).status_code == 302
    end = {"holding": str(holding.pk), "last": "01/01/2029"}
    assert do(chair, ward.clerk, "end", **end).status_code == 302
    holding.refresh_from_db()
    assert holding.until == date(2029, 1, 2)
    assert do(chair, ward.clerk, "end", **{**end, "last": "01/01/2030"}).status_code == 400
    page = tight(chair.get(f"/desk/people/{ward.clerk.pk}/").content.decode())
    assert "làm thay Người chair" in page and "xác nhận (đối thoại" in page


def test_an_office_that_is_not_ones_to_give_is_refused_on_the_form_that_keeps_what_was_typed(
    client, ward
):
    """The operator appoints everywhere, but could not give an office over citizens' files."""
    client.force_login(ward.operator)
    officer = add("officer", "petition_officer", "00004")
    span = {"since": "01/03/2026", "last": "31/12/2030", "grounds": "Quyết định 7"}
    holding = str(officer.holdings.get().pk)
    deputy = {"holding": holding, "deputy": ward.clerk.email}
    office = {"office_kind": "petition_officer", "unit": "Phường Ba Đình"}
    for act, typed in (("deputise", deputy), ("give", office)):
        answer = do(client, officer, act, **typed, **span)
        text = answer.content.decode()
        assert answer.status_code == 400 and "Quyết định 7" in text
        assert "quyền rộng hơn quyền của chính mình" in text
    assert not ward.clerk.holdings.filter(deputy_of__isnull=False).exists()


def test_a_page_of_another_ward_is_not_there_and_ones_own_always_is(client, ward):
    client.force_login(ward.clerk)
    assert client.get(f"/desk/people/{ward.clerk.pk}/").status_code == 200
    assert client.get(f"/desk/people/{ward.chair.pk}/").status_code == 404
    assert client.get("/desk/people/").status_code == 403
    client.force_login(ward.chair)
    assert client.get(f"/desk/people/{ward.beside.pk}/").status_code == 404
    assert do(client, ward.front, "close", reason="Thử").status_code == 403


def test_a_lost_factor_is_removed_by_two_pages_and_an_account_closed_by_one(client, ward):
    clerk = with_factor(ward.clerk)
    client.force_login(ward.chair)
    assert do(client, clerk, "ask_reset", reason="Mất máy").status_code == 302
    assert do(client, clerk, "ask_reset", reason="Mất máy").status_code == 400
    assert do(client, clerk, "confirm_reset").status_code == 403
    client.force_login(ward.operator)
    assert do(client, clerk, "confirm_reset").status_code == 302
    assert FactorReset.objects.get().state == "done"
    assert do(client, clerk, "close", reason="Nghỉ").status_code == 302
    assert do(client, clerk, "close", reason="Nghỉ").status_code == 400
    assert do(client, clerk, "reopen", reason="Trở lại").status_code == 302
    assert Account.objects.get(pk=clerk.pk).is_active
    assert not Holding.objects.on(today()).filter(account=clerk).exists()
    assert do(client, ward.operator, "close", reason="Nghỉ").status_code == 400


ASK = {"verb": "confirm", "kind": "dialogue", "unit": "Phường Ba Đình", "on": ""}


def test_the_page_of_rights_says_who_may_and_why_she_may_not(chair, ward):
    page = tight(chair.post("/desk/rights/", ASK).content.decode())
    assert "Người chair" in page and "Người clerk" not in page
    page = tight(chair.post("/desk/rights/", {**ASK, "person": "nguoi clerk"}).content.decode())
    assert "Không được" in page and "chức trách này không có quyền ấy" in page
    page = tight(chair.post("/desk/rights/", {**ASK, "person": ward.chair.email}).content.decode())
    assert "Được: xác nhận (đối thoại" in page
    page = tight(chair.post("/desk/rights/", {**ASK, "person": "Ai Đó"}).content.decode())
    assert "Không có ai giữ chức trách" in page


def test_a_link_asks_about_a_right_and_never_about_a_person(chair):
    page = chair.get("/desk/rights/", {**ASK, "person": "nguoi clerk"})
    assert page.status_code == 200 and page.context["answer"]["person"] == ""
    assert chair.get("/desk/rights/").context["answer"] is None


def test_a_record_links_to_who_may_do_its_next_step(chair, ward):
    unit = ward.clerk.holdings.get().unit
    event = draft_event("dialogue", by=BY, unit=unit, held_on=date(2025, 9, 9), title="Đối thoại")
    chair.force_login(ward.clerk)
    page = chair.get(f"/desk/records/{event.uid}/").content.decode()
    address = unescape(re.search(r'href="(/desk/rights/\?[^"]+)"', page)[1])
    assert "verb=confirm&kind=dialogue" in address
    answer = chair.get(address).context["answer"]
    assert "Người chair" in [ground.account.name for ground in answer["grounds"]]


@pytest.mark.parametrize("wrong", [{"verb": "x"}, {"unit": "khong co"}, {"on": "31/02/2026"}])
def test_a_wrong_question_is_refused_on_its_field(chair, wrong):
    answer = chair.post("/desk/rights/", {**ASK, **wrong})
    assert answer.status_code == 400 and wrong.keys() <= answer.context["form"].errors.keys()


def test_the_words_of_rights_are_those_of_the_table_and_each_has_its_english():
    table = rights_table()
    assert {key: str(word) for key, word in kind_words().items()} == table["kinds"]
    assert {key: str(word) for key, word in verb_words().items()} == table["verbs"]
    with translation.override("en"):
        english = [str(word) for word in (*kind_words().values(), *verb_words().values())]
    assert [word for word in english if VIETNAMESE.search(word)] == []


@turn(4, together=1)
@pytest.mark.browser
def test_the_pages_fit_and_are_accessible(browser_page, client, site, ward):
    client.force_login(ward.chair)
    _invite(client)
    client.force_login(ward.operator)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    invitation = Invitation.objects.get()
    for path in (
        "/desk/people/",
        f"/desk/people/{ward.chair.pk}/",
        "/desk/account-invitations/new/",
        f"/desk/account-invitations/{invitation.uid}/",
        "/desk/rights/?verb=confirm&kind=dialogue&unit=Ba+Đình,+Hà+Nội",
        "/desk/setup/",
        "/accounts/join/",
        "/accounts/recover/",
    ):
        inspect(browser_page, path)
