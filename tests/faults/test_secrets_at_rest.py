"""What opens a door stands in no row: neither a copy of the database nor a backup can be used."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.db import connection
from django.test import Client

from danchu.disclosure.actions import ask_information
from danchu.disclosure.actions.requests import Asker
from danchu.people.actions import issue_token
from danchu.people.actor import Actor
from danchu.staff.actions import print_letter
from danchu.staff.models import Invitation
from tests.casework.conftest import _law_loaded_once, law, registered  # noqa: F401
from tests.people.conftest import NOW, country, holder, offices, person, system  # noqa: F401
from tests.staff.conftest import PASSWORD, code_of, offer, staff  # noqa: F401

FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def everything():
    """Every value of every row, as one text without the marks that codes are written with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        )
        texts = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" AS t')
            texts.append(f"{table}: {cursor.fetchone()[0] or ''}")
    return texts


def plain(text):
    return re.sub("[^a-z0-9]", "", text.casefold())


@pytest.mark.case("SE-M15")
def test_no_row_holds_what_opens_a_door(staff, system, registered, settings, tmp_path):  # noqa: F811
    settings.VAULT_ROOT = tmp_path / "vault"
    doors = {"password": PASSWORD}
    staff.clerk.set_password(PASSWORD)
    staff.clerk.save()
    typed = {"login": staff.clerk.email, "password": PASSWORD}
    browser = Client()
    assert browser.post("/accounts/login/", typed).status_code == 302
    doors["session"] = browser.cookies["sessionid"].value
    TOTP.activate(staff.clerk, FACTOR)
    doors["factor"] = FACTOR
    for number, code in enumerate(RecoveryCodes.activate(staff.clerk).get_unused_codes()):
        doors[f"recovery code {number}"] = code
    Client().post("/accounts/password/reset/", {"email": staff.clerk.email})
    doors["reset"] = re.search(r"reset/key/(\S+?)/", mail.outbox[-1].body)[1]
    until = NOW + timedelta(days=30)
    _token, doors["token"] = issue_token(staff.clerk, by=system, name="Máy", until=until)
    _petition, doors["petition"] = registered("feedback", whole=True)
    _sealed, doors["denunciation"] = registered("denunciation", whole=True)
    for channel in ("letter", "mail", "sms"):
        way = {"phone": "0912345678", "email": ""} if channel == "sms" else {}
        way = way or {"email": f"{channel}@example.vn"}
        doors[f"invitation by {channel}"] = code_of(offer(system, staff, channel=channel, **way))
    doors["letter"] = print_letter(Invitation.objects.first(), by=system)[1]
    asked = {"unit": staff.country.here, "question": "Quyết toán quỹ", "asker": Asker("Lê Văn Tám")}
    _request, doors["information request"] = ask_information(by=Actor.public(), **asked)
    rows = [(row, plain(row)) for row in everything()]
    assert sum(plain(staff.clerk.email) in text for _row, text in rows) > 0, "rows are read"
    for name, secret in doors.items():
        holders = [row[:200] for row, text in rows if plain(secret) and plain(secret) in text]
        assert holders == [], name
