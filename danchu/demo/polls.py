"""An illustrative conference that has ended, with its polls: named, secret, by show of hands, an
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
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ")
GIVEN_NAMES = ("An", "Bình", "Châu", "Dung", "Giang", "Hải", "Khánh", "Lan", "Minh", "Ngọc")
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
    """Load them; idempotent. Returns how many are new."""
    require(by.may("draft", "conference_hall", None))
    if Conference.objects.filter(uid=UID).exists():
        return 0
    chance = random.Random(2026)
    conference = _conference(by)
    delegates = _delegates(conference, chance)
    for title, options, settings, shares in POLLS:
        _play_poll(conference, delegates, title, options, settings, shares, chance, by)
    Conference.objects.filter(pk=conference.pk).update(state=State.CLOSED, closed_at=now())
    record(by, "demo.polls_made", None, count=len(POLLS))
    return len(POLLS)


def _conference(by):
    unit = unit_from(f"01@{today().isoformat()}")
    conference = Conference.objects.create(
        uid=UID,
        unit=unit,
        title="Hội nghị bàn việc thực hiện dân chủ ở cơ sở",
        state=State.OPEN,
        starts_at=now(),
        opened_at=now(),
        illustrative=True,
        made_by=by.key,
        made_at=now(),
    )
    for place, (code, name) in enumerate(PLACES):
        BridgePoint.objects.create(
            conference=conference,
            unit=unit_from(f"{code}@{today().isoformat()}"),
            name=name,
            expected=DELEGATES // len(PLACES),
            position=place,
        )
    return conference


def _delegates(conference, chance):
    """[Delegate] of those who have arrived, in random order."""
    points = list(conference.points.order_by("position"))
    names = [
        f"{family_name} {middle} {given_name}"
        for family_name in FAMILY_NAMES
        for middle in ("Văn", "Thị")
        for given_name in GIVEN_NAMES
    ]
    delegates = [
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
    arrived = Delegate.objects.bulk_create(delegates)[:-AWAY]
    note_arrivals(conference, arrived)
    return arrived


def note_arrivals(conference, delegates):
    """Write that the delegates came when the conference was opened."""
    Attendance.objects.bulk_create(
        Attendance(
            delegate=delegate,
            point=delegate.point,
            movement="arrived",
            how="qr",
            at=conference.opened_at,
            noted_by=conference.made_by,
        )
        for delegate in delegates
    )


def _play_poll(conference, delegates, title, options, settings, shares, chance, by):
    poll = actions.open_poll(
        actions.draft_poll(conference, by=by, title=title, options=options, **settings), by=by
    )
    choices = [place for place, number in enumerate(shares) for _n in range(number)]
    for delegate, choice in zip(chance.sample(delegates, len(choices)), choices, strict=True):
        vote(poll, delegate, choice)
    if settings.get("franchise") == "both":
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
