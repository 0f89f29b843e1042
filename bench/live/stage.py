"""The conference of the rehearsal, prepared by the product's acts: programme, bridge points,
delegates, desks, a chair.
"""

from datetime import UTC, datetime
from uuid import uuid4

from bench.live.generators import Lines
from bench.live.processes import VAR

A_POINT = 100  # delegates at a bridge point
ABSENT, LATE, LEAVING = 0.03, 0.07, 0.05
LATE_MARK, HEADS_EVERY, AT_ODDS = "late", 4, 7
PROGRAMME = (
    ("session", "Phiên toàn thể", 0),
    ("opening", "Khai mạc, giới thiệu đại biểu", 5),
    ("report", "Báo cáo kết quả thực hiện dân chủ ở cơ sở", 20),
    ("discussion", "Thảo luận", 20),
    ("questions", "Hỏi đáp", 20),
    ("vote", "Biểu quyết", 20),
    ("closing", "Kết luận", 5),
    ("report", "Báo cáo chuyên đề (dự phòng)", 0),
)


class Stage:
    """A convened conference of `size` delegates with device tokens; sets of those who are absent,
    late, leave early or stay.
    """

    def __init__(self, size):
        from danchu.conference.access.tokens import cookie_name
        from danchu.people.actor import Actor

        self.size, self.by = size, Actor.system("bench")
        self.conference = self._convene()
        self.items = {item.title: item for item in self.conference.items.order_by("position")}
        self.points = list(self.conference.points.order_by("position"))
        self.delegates = self._invite()
        self.pk, self.cookie, self.path = (
            self.conference.pk,
            cookie_name(self.conference.pk),
            f"/hall/{self.conference.pk}/stream",
        )
        self.tokens = self._tokens("all", range(size))
        absent, late, leaving = (max(1, round(size * share)) for share in (ABSENT, LATE, LEAVING))
        people = sorted(
            range(size), key=lambda person: (person * 7919 % size, person)
        )  # absent, late and leaving are everywhere
        self.absent, self.late, self.leaving = (
            set(people[:absent]),
            set(people[absent : absent + late]),
            set(people[absent + late : absent + late + leaving]),
        )
        self.staying = set(range(size)) - self.absent - self.late - self.leaving

    def point_of(self, person):
        """The index in `points` of a person's room."""
        return person % len(self.points)

    def lines(self, name, people, ports):
        """The open connections (Lines) of these delegates."""
        return Lines(
            f"rehearsal-{name}",
            len(people),
            ports,
            self.path,
            self._tokens(name, sorted(people)),
            self.cookie,
        )

    def participant(self, role, point=None):
        """The actor of a new pass: chair, moderator, or the desk of a room (`point`)."""
        from danchu.conference.access.participants import participant_from_pass
        from danchu.conference.models import Pass

        room_pass = Pass.objects.create(
            conference=self.conference, role=role, point=point, secret=uuid4().hex
        )
        return participant_from_pass(room_pass, uuid4().hex[:16])

    def url(self, act):
        return f"/hall/{self.pk}/{act}"

    def _tokens(self, name, people):
        from danchu.conference.access.tokens import write_token

        place = VAR / f"rehearsal-{name}-{self.conference.pk}.tokens"
        place.parent.mkdir(parents=True, exist_ok=True)
        of = self.delegates
        place.write_text(
            "".join(
                write_token(
                    self.conference.pk, of[n].pass_in.pk, "delegate", of[n].pk, f"device{of[n].pk}"
                )
                + "\n"
                for n in people
            )
        )
        return place

    def _convene(self):
        from bench.live.ground import bench_unit
        from danchu.conference.actions.conferences import convene_conference, draft_conference
        from danchu.conference.actions.points import add_point
        from danchu.conference.actions.programme import add_item
        from danchu.law.loading import load_law
        from danchu.units.actions import open_body
        from danchu.units.models import Body

        load_law(by=self.by)
        unit = bench_unit()
        body = Body.objects.filter(unit=unit).first() or open_body(
            unit,
            by=self.by,
            kind="peoples_committee",
            name="Ủy ban nhân dân phường Đống Đa",
            since=unit.since,
        )
        conference = draft_conference(
            by=self.by,
            unit=unit,
            body=body,
            title="Hội nghị trực tuyến toàn thành phố quán triệt Luật Thực hiện dân chủ ở cơ sở",
            starts_at=datetime.now(UTC),
            planned_minutes=90,
        )
        session = None
        for kind, title, minutes in PROGRAMME:
            item = add_item(
                conference,
                by=self.by,
                title=title,
                kind=kind,
                planned_minutes=minutes,
                parent=session,
            )
            session = session or item
        for number in range(1, max(3, self.size // A_POINT) + 1):
            add_point(
                conference, by=self.by, unit=unit, name=f"Điểm cầu {number:03}", expected=A_POINT
            )
        return convene_conference(conference, by=self.by)

    def _invite(self):
        from danchu.conference.input.fields import clean_delegate
        from danchu.conference.models import Delegate
        from danchu.conference.writes.seats import write_delegates

        rows = [
            Delegate(
                uid=uuid4(),
                point=self.points[n % len(self.points)],
                **clean_delegate(name=f"Đại biểu {n + 1:05}"),
            )
            for n in range(self.size)
        ]
        write_delegates(self.conference, rows, self.by)
        return list(
            Delegate.objects.filter(conference=self.conference)
            .select_related("pass_in")
            .order_by("name")
        )
