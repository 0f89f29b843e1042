"""Illustrative invitations, accounts, members of bodies and a village that ended."""

from datetime import date, timedelta

from danchu.bodies.actions.members import join_body
from danchu.demo.staff import PASSWORD, SINCE
from danchu.kernel.days import now
from danchu.people.actions import appoint, close_account, create_account
from danchu.people.actor import Actor
from danchu.people.models import OfficeKind
from danchu.staff.actions.invitations import accept_invitation, invite, withdraw_invitation
from danchu.staff.codes import invitation_code
from danchu.staff.models import Invitation
from danchu.units.actions import close_village, code_body, open_village

GROUNDS = "Quyết định số 112/QĐ-UBND"
# (address, name, kind of office, what became of the invitation)
INVITED = (
    ("thuky@hoankiem.example", "Mai Thị Thảo", "commune_clerk", "open"),
    ("vanthu@hoankiem.example", "Ngô Văn Tiến", "commune_clerk", "accepted"),
    ("canbo@hoankiem.example", "Đinh Thị Hiền", "front_clerk", "withdrawn"),
    ("thanhvien@hoankiem.example", "Trịnh Văn Nam", "inspection_member", "expired"),
)
# (kind of body, agency code, members with their roles)
BODIES = (
    (
        "peoples_committee",
        "H26.70",
        (("Trần Văn Bình", "Chủ tịch"), ("Lý Thị Hương", "Phó Chủ tịch")),
    ),
    (
        "fatherland_front",
        "H26.71",
        (("Đỗ Minh Châu", "Chủ tịch"), ("Lê Thu Hà", "Phó Chủ tịch")),
    ),
)
DECISION = {"decision": "15/QĐ-UBND", "decided_on": SINCE}


def play_offices(ward):
    """Returns how many records are new."""
    for invited in INVITED:
        _invite(ward, *invited)
    _leave(ward)
    for kind, code, members in BODIES:
        body = code_body(ward.bodies[kind], by=ward.by, code=code, on=SINCE, **DECISION)
        for name, role in members:
            join_body(body, by=ward.by, name=name, role=role, since=SINCE, **DECISION)
    village = open_village(
        ward.unit, by=ward.by, name="Tổ dân phố số 13", kind="to_dan_pho", since=SINCE
    )
    close_village(village, by=ward.by, on=date(2025, 8, 1), decree="31/NQ-HĐND")
    return len(INVITED) + 2


def _invite(ward, email, name, office, outcome):
    invitation = invite(
        by=ward.by,
        email=email,
        name=name,
        office_kind=OfficeKind.objects.get(key=office),
        unit=ward.unit,
        since=ward.day(-7),
        grounds=GROUNDS,
        channel="letter",
    )
    if outcome == "accepted":
        code = invitation_code(invitation.uid, invitation.issue)
        accept_invitation(invitation, by=Actor.public(), code=code, password=PASSWORD)
    elif outcome == "withdrawn":
        withdraw_invitation(invitation, by=ward.by, reason="Mời nhầm chức trách.")
    elif outcome == "expired":
        past = now() - timedelta(days=1)
        Invitation.objects.filter(pk=invitation.pk).update(valid_until=past)


def _leave(ward):
    """Somebody who has left, with the account closed."""
    account = create_account(by=ward.by, email="nguoicu@hoankiem.example", name="Phan Văn Lộc")
    appoint(
        account,
        by=ward.by,
        office_kind=OfficeKind.objects.get(key="commune_clerk"),
        unit=ward.unit,
        since=SINCE,
    )
    close_account(account, by=ward.by, reason="Chuyển công tác.")
