"""A program acts at the API with a token: told once, of limited life, revoked at once, with its
account's rights of today.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actions import create_account, issue_token, revoke_token
from danchu.people.actor import Actor
from danchu.people.models import Token
from danchu.people.tokens import account_of

BY = Actor.system("test")


@pytest.fixture
def account(db):
    return create_account(by=BY, email="may@example.org", name="Phần mềm một cửa")


@pytest.fixture
def token(account):
    return issue_token(account, by=BY, name="Một cửa", until=today() + timedelta(days=30))


def _post(client, secret):
    file = SimpleUploadedFile("so.csv", b"reference\n")
    header = {"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {}
    return client.post("/api/v1/imports?dry_run=true", {"file": file}, **header)


def test_the_secret_opens_its_account_and_is_not_kept(token, account):
    row, secret = token
    assert account_of(secret) == account
    assert secret not in str(Token.objects.filter(pk=row.pk).values()[0])


def test_a_wrong_an_old_and_a_revoked_secret_open_nothing(token):
    row, secret = token
    assert account_of(secret + "x") is None
    Token.objects.filter(pk=row.pk).update(until=today())
    assert account_of(secret) is None
    Token.objects.filter(pk=row.pk).update(until=today() + timedelta(days=1))
    revoke_token(row, by=BY, reason="Máy bị mất")
    assert account_of(secret) is None


def test_the_token_of_a_locked_account_opens_nothing(token, account):
    account.is_active = False
    account.save()
    assert account_of(token[1]) is None


def test_nobody_issues_or_revokes_a_token_for_another(token, account):
    stranger = Actor.of(create_account(by=BY, email="khac@example.org", name="Người khác"))
    with pytest.raises(Denied):
        issue_token(account, by=stranger, name="Lén", until=today() + timedelta(days=1))
    with pytest.raises(Denied):
        revoke_token(token[0], by=stranger, reason="Lén")
    assert issue_token(
        account, by=Actor.of(account), name="Của tôi", until=today() + timedelta(days=1)
    )


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_token_lives_at_least_a_day_and_at_most_a_year(account, days):
    with pytest.raises(Refused):
        issue_token(account, by=BY, name="Một cửa", until=today() + timedelta(days=days))


def test_the_api_asks_for_a_token_and_gives_the_rights_of_its_account(token, client):
    assert _post(client, None).status_code == 401
    assert _post(client, "danchu_khong-dung").status_code == 401
    answer = _post(client, token[1])
    assert answer.status_code == 403, "the account holds no office: known, but without the right"
    assert "không có quyền" in answer.json()["error"]
