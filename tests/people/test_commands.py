"""danchu account and danchu people: accounts and rights from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from danchu.journal.models import Entry
from danchu.people.actor import Actor
from danchu.people.management.commands.people import PLACE
from danchu.people.models import Account
from danchu.people.rights_page import rights_page
from tests.people.conftest import DAY, NOW


def run(*arguments, typed="", monkeypatch=None):
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def an(db, monkeypatch):
    run(
        "account",
        "create",
        "an@example.vn",
        "Nguyễn Văn An",
        typed="mot-cau-dai-de-nho\n",
        monkeypatch=monkeypatch,
    )
    return Account.objects.get()


def test_an_account_is_made_with_the_password_read_from_the_input(an):
    assert an.check_password("mot-cau-dai-de-nho")
    assert Entry.objects.get().actor_name == "dòng lệnh"


def test_a_weak_password_is_refused_in_one_line(db, monkeypatch):
    with pytest.raises(CommandError, match="mật khẩu|Mật khẩu"):
        run(
            "account", "create", "an@example.vn", "An Bình", typed="ngan\n", monkeypatch=monkeypatch
        )
    assert not Account.objects.exists()


def test_an_office_is_given_and_ended(an, country, offices):
    here = str(country.here.pk)
    text = run(
        "account", "appoint", "an@example.vn", "commune_clerk", here, "--since", "01/12/2025"
    )
    assert "Đống Đa" in text
    assert Actor.of(an, NOW).may("draft", "dialogue", country.here)
    run("account", "end", "an@example.vn", "commune_clerk", here, "--until", "2026-03-02")
    assert not Actor.of(an, NOW).may("draft", "dialogue", country.here)
    assert Actor.of(an, NOW - DAY).may("draft", "dialogue", country.here)


def test_a_deputy_is_appointed(an, country, offices, holder):
    holder("committee_chair", country.here, "Bình Hai")
    here = str(country.here.pk)
    run(
        "account",
        "appoint",
        "an@example.vn",
        "committee_chair",
        here,
        "--since",
        "2026-01-01",
        "--deputy-of",
        "binh.hai@example.vn",
    )
    actor = Actor.of(an, NOW)
    assert actor.may("confirm", "dialogue", country.here)
    assert actor.signature.endswith("(thay mặt Bình Hai)")


def test_a_delegation_on_paper_is_entered(an, country, offices, holder):
    holder("committee_chair", country.here, "Bình Hai")
    run(
        "account",
        "delegate",
        "binh.hai@example.vn",
        "committee_chair",
        str(country.here.pk),
        "an@example.vn",
        "confirm",
        "dialogue",
        "--since",
        "2026-03-01",
        "--until",
        "2026-03-03",
        "--reason",
        "Giấy ủy quyền 3/GUQ-UBND",
    )
    assert Actor.of(an, NOW).may("confirm", "dialogue", country.here)
    assert not Actor.of(an, NOW + DAY).may("confirm", "dialogue", country.here)
    assert Entry.objects.order_by("-number").first().act == "right.delegated"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["an@example.vn", "vua", "HERE"], "Không có chức trách"),
        (["la@example.vn", "commune_clerk", "HERE"], "Không có tài khoản"),
        (["an@example.vn", "commune_clerk", "999999999"], "."),
    ],
)
def test_what_does_not_exist_is_said(an, country, offices, wrong, says):
    arguments = [str(country.here.pk) if word == "HERE" else word for word in wrong]
    with pytest.raises(CommandError, match=says):
        run("account", "appoint", *arguments)


def test_accounts_are_listed_with_their_offices(an, country, offices, holder):
    holder("commune_clerk", country.here, "Bình Hai")
    run("account", "lock", "an@example.vn", "--reason", "nghỉ việc")
    first, second = run("account", "list").splitlines()
    assert first == "an@example.vn\tNguyễn Văn An [đã khóa]\t–"
    assert second.startswith("binh.hai@example.vn\tBình Hai\tcommune_clerk@")
    assert "Đống Đa" in second


def test_the_page_of_rights_in_the_documentation_is_current():
    assert PLACE.read_text(encoding="utf-8") == rights_page(), "run: danchu people rights --write"
