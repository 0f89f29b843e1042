"""The illustrative hall that a visitor may enter: a conference of a ward that was opened when the
demo was loaded, with delegates who have arrived, questions, a hand raised and an open vote.
"""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction

from danchu.conference import actions
from danchu.conference.access.codes import pass_digest, personal_code
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.models import (
    BridgePoint,
    Conference,
    Delegate,
    Pass,
    ProgrammeItem,
    Question,
)
from danchu.conference.words import Role, State
from danchu.conference.writes.batches import vote
from danchu.demo.polls import YES_NO, note_arrivals
from danchu.journal.actions import record
from danchu.kernel.days import now, today
from danchu.kernel.refusals import require
from danchu.units.find import unit_from

UID = UUID("5a1e0000-0000-4000-8000-000000000002")
WARD = "00070"
# The codes of those who lead the hall; those of delegates are derived as everywhere.
STEWARD_CODES = {
    Role.CHAIR: "CHUTOA-2026",
    Role.MODERATOR: "DIEUPHOI-2026",
    Role.PROJECTOR: "MANCHIEU-2026",
}
POINTS = ("Hội trường Ủy ban nhân dân phường", "Nhà văn hóa số 3", "Nhà văn hóa số 7")
PROGRAMME = (
    ("Khai mạc, giới thiệu đại biểu", "opening", 10),
    ("Báo cáo việc thực hiện dân chủ ở cơ sở năm nay", "report", 20),
    ("Thảo luận của các điểm cầu", "discussion", 40),
    ("Hỏi đáp với lãnh đạo phường", "questions", 30),
    ("Kết luận, bế mạc", "closing", 10),
)
NAMES = (
    *("Nguyễn Văn Chính", "Trần Thị Hòa", "Lê Quang Vinh", "Phạm Thị Nga", "Vũ Đức Toàn"),
    *("Đặng Thị Thu", "Bùi Văn Sơn", "Hoàng Minh Đức", "Đỗ Thị Yến", "Ngô Văn Lợi"),
    *("Phan Thị Hiền", "Dương Quốc Việt", "Trịnh Thị Loan", "Lý Văn Tâm", "Mai Thị Xuân"),
    *("Hồ Sỹ Hùng", "Đinh Thị Mơ", "Cao Văn Thắng", "Lương Thị Huệ", "Tạ Quang Minh"),
    *("Nguyễn Thị Sen", "Trần Đình Khoa", "Lê Thị Phượng", "Phạm Văn Hải"),
)
ABSENT = 2
QUESTIONS = (
    ("Bao giờ xong đoạn vỉa hè trước nhà văn hóa số 3?", "shown", "Điểm cầu Nhà văn hóa số 3"),
    ("Quỹ khuyến học năm nay thu và chi thế nào?", "shown", "Trần Thị Hòa"),
    ("Có mở bộ phận một cửa vào sáng thứ Bảy không?", "submitted", "Bùi Văn Sơn"),
)
POLL = "Thông qua quy chế làm việc của hội nghị"
NEXT_POLL = "Chọn việc làm trước trong quý tới"
NEXT_OPTIONS = ["Lát lại vỉa hè", "Lắp thêm đèn ngõ", "Sửa sân chơi trẻ em"]
# Of those who have voted: for, against, abstaining.
VOTES = (13, 2, 1)


@transaction.atomic
def load_open_hall(*, by):
    """Open the hall; idempotent. Returns how many conferences are new."""
    require(by.may("draft", "conference_hall", None))
    if Conference.objects.filter(uid=UID).exists():
        return 0
    conference = _conference(by)
    delegates = _delegates(conference, by)
    items = _programme(conference)
    _ask_questions(conference, items[1], delegates)
    poll = actions.draft_poll(
        conference,
        by=by,
        title=POLL,
        options=YES_NO,
        kind="binding",
        secrecy="named",
        threshold_rule="vote.present.majority",
    )
    poll = actions.open_poll(poll, by=by)
    choices = [place for place, number in enumerate(VOTES) for _n in range(number)]
    for delegate, choice in zip(delegates[-len(choices) :], choices, strict=True):
        vote(poll, delegate, choice)
    actions.draft_poll(
        conference, by=by, title=NEXT_POLL, options=NEXT_OPTIONS, kind="opinion", secrecy="named"
    )
    record(by, "demo.hall_opened", conference)
    return 1


def _conference(by):
    unit = unit_from(f"{WARD}@{today().isoformat()}")
    opened_at = now() - timedelta(minutes=18)
    conference = Conference.objects.create(
        uid=UID,
        unit=unit,
        title="Hội nghị đại diện hộ gia đình phường Hoàn Kiếm",
        state=State.OPEN,
        starts_at=opened_at,
        opened_at=opened_at,
        planned_minutes=sum(minutes for _title, _kind, minutes in PROGRAMME),
        illustrative=True,
        made_by=by.key,
        made_at=opened_at,
    )
    for position, name in enumerate(POINTS):
        BridgePoint.objects.create(
            conference=conference,
            unit=unit,
            name=name,
            expected=len(NAMES) // len(POINTS),
            position=position,
        )
    for role, code in STEWARD_CODES.items():
        Pass.objects.create(conference=conference, role=role, secret=pass_digest(code))
    return conference


def _delegates(conference, by):
    """[Delegate], all but the last of whom have arrived."""
    points = list(conference.points.order_by("position"))
    delegates = [
        add_delegate(
            conference, by=by, name=name, office="Đại diện hộ gia đình", point=points[n % 3]
        )
        for n, name in enumerate(NAMES)
    ]
    arrived = delegates[:-ABSENT]
    Delegate.objects.filter(pk__in=[row.pk for row in arrived]).update(state="registered")
    note_arrivals(conference, arrived)
    return arrived


def _programme(conference):
    """[ProgrammeItem], the first done and the second going on."""
    second_at = conference.opened_at + timedelta(minutes=PROGRAMME[0][2])
    times = [
        {"state": "done", "began_at": conference.opened_at, "ended_at": second_at},
        {"state": "current", "began_at": second_at},
    ]
    return ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            conference=conference,
            position=position,
            title=title,
            kind=kind,
            planned_minutes=minutes,
            **(times[position - 1] if position <= len(times) else {}),
        )
        for position, (title, kind, minutes) in enumerate(PROGRAMME, 1)
    )


def _ask_questions(conference, item, delegates):
    for number, (text, state, asker) in enumerate(QUESTIONS):
        Question.objects.create(
            uid=uuid5(UID, text),
            conference=conference,
            item=item,
            point=delegates[number].point,
            asker=asker,
            text=text,
            state=state,
            asked_at=conference.opened_at + timedelta(minutes=4 + number),
        )


def hall_codes(conference):
    """[(code, who enters by it)]: those who lead, and the first delegate whose code no device
    has used yet.
    """
    codes = [(code, Role(role).label) for role, code in STEWARD_CODES.items()]
    free = (
        Delegate.objects.filter(conference=conference, pass_in__used_at=None, state="registered")
        .select_related("pass_in")
        .order_by("pk")
        .first()
    )
    if free is not None:
        code = personal_code(free.uid, free.pass_in.issue, free.pass_in.secret)
        codes.append((code, f"{Role.DELEGATE.label}: {free.name}"))
    return codes
