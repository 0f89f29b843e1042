"""An illustrative conference that is over, with its votes: named, secret, by show of hands, an
opinion poll; from a fixed seed.
"""

import random
from uuid import UUID

from django.db import transaction

from danchu.conference import actions
from danchu.conference.models import Attendance, BridgePoint, Conference, Delegate, RoomCount
from danchu.conference.words import State
from danchu.conference.writes.batches import vote
from danchu.journal.actions import record
from danchu.kernel.days import now, today
from danchu.kernel.refusals import require
from danchu.kernel.text import fold
from danchu.units.find import unit_from

UID = UUID("5a1e0000-0000-4000-8000-000000000001")
PLACES = (
    ("00004", "Điểm cầu phường Ba Đình"),
    ("00008", "Điểm cầu phường Ngọc Hà"),
    ("01", "Điểm cầu thành phố"),
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ")
GIVEN = ("An", "Bình", "Châu", "Dung", "Giang", "Hải", "Khánh", "Lan", "Minh", "Ngọc")
DELEGATES = 48
AWAY = 6
YES_NO = ["Tán thành", "Không tán thành", "Không biểu quyết"]
POLLS = (
    (
        "Thông qua chương trình và quy chế làm việc của hội nghị",
        YES_NO,
        {"kind": "binding", "secrecy": "named", "threshold_rule": "vote.present.majority"},
        (30, 3, 2),
    ),
    (
        "Lấy phiếu về việc chọn thôn, tổ dân phố điểm thực hiện dân chủ",
        ["Tổ dân phố số 3", "Tổ dân phố số 7", "Thôn Đông"],
        {
            "kind": "binding",
            "secrecy": "secret",
            "quorum_rule": "quorum.two_thirds",
            "threshold_rule": "vote.present.majority",
        },
        (24, 10, 4),
    ),
    (
        "Thông qua nghị quyết của hội nghị",
        YES_NO,
        {
            "kind": "binding",
            "secrecy": "named",
            "franchise": "both",
            "quorum_rule": "quorum.two_thirds",
            "threshold_rule": "vote.present.two_thirds",
        },
        (12, 1, 1),
    ),
    (
        "Điều gì cần làm trước trong năm tới?",
        ["Công khai tài chính", "Đối thoại định kỳ", "Giám sát đầu tư"],
        {"kind": "opinion", "secrecy": "named"},
        (11, 19, 8),
    ),
)


@transaction.atomic
def load_polls(*, by):
    """Make them once; how many."""
    require(by.may("draft", "conference_hall", None))
    if Conference.objects.filter(uid=UID).exists():
        return 0
    chance = random.Random(2026)
    conference = _conference(by)
    delegates = _delegates(conference, chance)
    for title, options, given, shares in POLLS:
        _play(conference, delegates, title, options, given, shares, chance, by)
    Conference.objects.filter(pk=conference.pk).update(state=State.CLOSED, closed_at=now())
    record(by, "demo.polls_made", None, count=len(POLLS))
    return len(POLLS)


def _conference(by):
    unit = unit_from(f"01@{today().isoformat()}")
    made = Conference.objects.create(
        uid=UID,
        unit=unit,
        title="Hội nghị bàn việc thực hiện dân chủ ở cơ sở (minh họa)",
        state=State.OPEN,
        starts_at=now(),
        opened_at=now(),
        illustrative=True,
        made_by=by.key,
        made_at=now(),
    )
    for place, (code, name) in enumerate(PLACES):
        BridgePoint.objects.create(
            conference=made,
            unit=unit_from(f"{code}@{today().isoformat()}"),
            name=name,
            expected=DELEGATES // len(PLACES),
            position=place,
        )
    return made


def _delegates(conference, chance):
    """Those who are in, in an order of their own."""
    points = list(conference.points.order_by("position"))
    names = [
        f"{family} {middle} {given}"
        for family in FAMILIES
        for middle in ("Văn", "Thị")
        for given in GIVEN
    ]
    made = [
        Delegate(
            uid=UUID(int=chance.getrandbits(128), version=4),
            conference=conference,
            point=points[n % len(points)],
            name=name,
            search=fold(name),
            state="registered",
            made_by=conference.made_by,
            made_at=now(),
        )
        for n, name in enumerate(chance.sample(names, DELEGATES))
    ]
    came = Delegate.objects.bulk_create(made)[:-AWAY]
    Attendance.objects.bulk_create(
        Attendance(
            delegate=one,
            point=one.point,
            movement="arrived",
            how="qr",
            at=conference.opened_at,
            noted_by=conference.made_by,
        )
        for one in came
    )
    return came


def _play(conference, delegates, title, options, given, shares, chance, by):
    poll = actions.open_poll(
        actions.draft_poll(conference, by=by, title=title, options=options, **given), by=by
    )
    choices = [place for place, number in enumerate(shares) for _n in range(number)]
    for delegate, choice in zip(chance.sample(delegates, len(choices)), choices, strict=True):
        vote(poll, delegate, choice)
    if given.get("franchise") == "both":
        for point, counts in zip(
            conference.points.order_by("position"), ((9, 0, 0), (8, 1, 0), (6, 1, 1)), strict=True
        ):
            RoomCount.objects.create(
                poll=poll,
                point=point,
                counts=list(counts),
                heads=sum(counts) + 14,
                noted_at=now(),
                noted_by=by.key,
            )
    actions.declare_poll(actions.close_poll(poll, by=by), by=by)
