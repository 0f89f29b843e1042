"""A hall in the middle of its day, with something of everything that a page of it can show."""

from datetime import timedelta
from uuid import uuid4

from danchu.conference.models import (
    BridgePoint,
    Conference,
    Delegate,
    FloorRequest,
    HeadCount,
    Poll,
    ProgrammeItem,
    Question,
    Upvote,
)
from danchu.conference.writes.frames import wake
from danchu.kernel.days import now

NAMES = (
    "Lê Minh Tuấn",
    "Phạm Thị Lan Hương",
    "Hoàng Đức Long",
    "Vũ Thị Mai",
    "Đặng Quốc Anh",
    "Ngô Thanh Thủy",
    "Bùi Văn Hải",
    "Đỗ Thị Kim Oanh",
)
OPTIONS = ["Tán thành", "Không tán thành", "Không biểu quyết"]
TITLE = "Hội nghị quán triệt Luật Thực hiện dân chủ ở cơ sở và sơ kết 5 năm thực hiện"


class FullHall:
    """Fills a conference that is open and has eight delegates."""

    def __init__(self, conference, delegates):
        self.conference, self.delegates, self.at = conference, delegates, now()
        Conference.objects.filter(pk=conference.pk).update(
            title=TITLE, video="https://video.example/hoi-nghi"
        )
        for one, name in zip(delegates, NAMES, strict=True):
            Delegate.objects.filter(pk=one.pk).update(name=name)
        self._points()
        self._programme()
        self._floor()
        self._questions()
        self.declared = self.poll(
            "Thông qua chương trình làm việc của hội nghị?",
            state="declared",
            opened=48,
            closed_at=self.ago(47),
            declared_at=self.ago(46),
            result={
                "told": {
                    "cast": 165,
                    "roll": 170,
                    "counts": [158, 4, 3],
                    "outcome": "passed",
                    "why": "Được thông qua. 158/170 (92,9 %), cần quá nửa số người có mặt.",
                }
            },
        )
        self.tell()

    def tell(self):
        wake(self.conference, "programme", "polls", "questions", "floor", "presence")

    def ago(self, minutes):
        return self.at - timedelta(minutes=minutes)

    def _points(self):
        self.city = self.delegates[0].point
        BridgePoint.objects.filter(pk=self.city.pk).update(name="Điểm cầu thành phố", expected=120)
        self.ward = BridgePoint.objects.create(
            conference=self.conference,
            unit=self.city.unit,
            name="Điểm cầu phường Hoàn Kiếm",
            expected=60,
            position=1,
        )
        for point, heads in ((self.city, 112), (self.ward, 58)):
            HeadCount.objects.create(point=point, count=heads, at=self.at, noted_by="kiểm thử")

    def _item(self, position, title, kind, speaker="", minutes=20, **more):
        return ProgrammeItem.objects.create(
            conference=self.conference,
            position=position,
            title=title,
            kind=kind,
            speaker=speaker,
            planned_minutes=minutes,
            **more,
        )

    def _programme(self):
        morning = self._item(1, "Phiên buổi sáng", "session")
        self._item(
            2,
            "Khai mạc, giới thiệu đại biểu",
            "opening",
            "Ông Nguyễn Văn Bình, Phó Chủ tịch UBND thành phố",
            15,
            parent=morning,
            state="done",
            began_at=self.ago(50),
            ended_at=self.ago(34),
        )
        self.current = self._item(
            3,
            "Báo cáo kết quả thực hiện dân chủ ở cơ sở giai đoạn 2021–2025",
            "report",
            "Bà Trần Thị Hồng, Ban Dân vận Thành ủy",
            25,
            parent=morning,
            state="current",
            began_at=self.ago(12),
        )
        self.next = self._item(
            4, "Thảo luận, kiến nghị của các điểm cầu", "discussion", "", 40, parent=morning
        )
        self._item(5, "Biểu quyết thông qua chương trình hành động", "vote", "", 10, parent=morning)
        afternoon = self._item(6, "Phiên buổi chiều", "session")
        self._item(
            7,
            "Hỏi đáp với lãnh đạo thành phố",
            "questions",
            "Chủ tịch UBND thành phố",
            45,
            parent=afternoon,
        )
        self._item(8, "Bế mạc", "closing", "", 10, parent=afternoon)

    def _floor(self):
        given = {"conference": self.conference, "item": self.current}
        self.speaking = FloorRequest.objects.create(
            uid=uuid4(),
            delegate=self.delegates[1],
            point=self.ward,
            state="speaking",
            asked_at=self.at,
            began_at=self.at - timedelta(seconds=72),
            seconds=180,
            **given,
        )
        for place, kind in ((2, "speak"), (3, "order"), (4, "speak")):
            FloorRequest.objects.create(
                uid=uuid4(),
                delegate=self.delegates[place],
                point=self.city,
                state="waiting",
                kind=kind,
                asked_at=self.at + timedelta(seconds=place),
                **given,
            )

    def _questions(self):
        for text, state, wanted, answer in (
            (
                "Bao giờ thành phố công khai xong kế hoạch sử dụng đất năm 2026 tới từng "
                "tổ dân phố?",
                "shown",
                5,
                "",
            ),
            (
                "Kinh phí hỗ trợ Ban Thanh tra nhân dân ở phường sau sắp xếp được tính thế nào?",
                "shown",
                3,
                "",
            ),
            (
                "Biểu mẫu báo cáo mới áp dụng từ quý nào?",
                "answered",
                2,
                "Từ quý II/2026, theo hướng dẫn gửi kèm chương trình.",
            ),
            ("Đề nghị cho biết danh mục việc phải lấy ý kiến nhân dân?", "submitted", 0, ""),
        ):
            asked = Question.objects.create(
                uid=uuid4(),
                conference=self.conference,
                item=self.current,
                delegate=self.delegates[5],
                point=self.city,
                text=text,
                state=state,
                answer=answer,
                asked_at=self.at,
            )
            Upvote.objects.bulk_create(
                Upvote(question=asked, delegate=one) for one in self.delegates[1 : 1 + wanted]
            )

    def poll(
        self,
        title="Thông qua Chương trình hành động thực hiện dân chủ ở cơ sở giai đoạn 2026–2030?",
        opened=1,
        **more,
    ):
        given = {
            "secrecy": "named",
            "kind": "opinion",
            "electorate": "hall",
            "on_roll": False,
            "state": "open",
            "item": self.current,
        }
        return Poll.objects.create(
            uid=uuid4(),
            conference=self.conference,
            title=title,
            options=OPTIONS,
            opened_at=self.ago(opened),
            made_by="kiểm thử",
            made_at=self.at,
            **{**given, **more},
        )
