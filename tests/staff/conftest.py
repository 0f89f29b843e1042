"""A small country with an installation, its operator and the chair of the province."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator

from danchu.people.actor import Actor
from danchu.people.factor_key import encrypt
from danchu.staff import actions
from danchu.staff.codes import invitation_code
from danchu.staff.models import Invitation
from tests.people.conftest import NOW, country, holder, offices, person, system  # noqa: F401

PASSWORD = "mot-cau-dai-de-nho"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
GROUNDS = "Quyết định 12/QĐ-UBND"


@pytest.fixture
def staff(country, holder, offices, system, clock, settings):  # noqa: F811
    """Accounts by name; the second factor is relaxed as in a demo."""
    clock.set(NOW.isoformat())
    settings.DEMO = True
    place = country.nation
    actions.describe_installation(by=system, title="Bản thử", place=place)
    accounts = {
        "operator": holder("operator", country.nation, "Quản Trị").account,
        "chair": holder("committee_chair", country.province, "Chủ Tịch").account,
        "ward_chair": holder("committee_chair", country.here, "Chủ Tịch Phường").account,
        "clerk": holder("commune_clerk", country.here, "Công Chức").account,
    }
    return SimpleNamespace(country=country, offices=offices, **accounts)


def actor(account):
    return Actor.of(account, NOW)


def offer(by, staff, office="commune_clerk", unit=None, **more):
    """An invitation to an office at the commune of the country."""
    values = {
        "email": "moi@example.vn",
        "name": "Lê Thị Mới",
        "office_kind": staff.offices[office],
        "unit": unit or staff.country.here,
        "since": NOW,
        "grounds": GROUNDS,
        "channel": "letter",
        **more,
    }
    return actions.invite(by=by, **values)


def code_of(invitation):
    """The code that is valid now."""
    row = Invitation.objects.get(pk=invitation.pk)
    return invitation_code(row.uid, row.issue)


def accept(invitation, by=None, **more):
    """The invited person takes the office with the valid code."""
    return actions.accept_invitation(
        invitation,
        by=by or Actor.public(),
        **{"code": code_of(invitation), "password": PASSWORD, **more},
    )


def with_factor(account):
    """The account, with a second factor."""
    Authenticator.objects.create(user=account, type="totp", data={"secret": encrypt(SECRET)})
    return account
