"""The numbers the register stands for, declared beside their rows."""

from danchu.figures.catalogue import Flow, Outside, Ratio, Source, declare
from danchu.register.kinds import KINDS
from danchu.register.models import Event, EventTally, Part

EVENTS = Source(
    "event", lambda: Event.objects.counted(), "held_on", "unit", EventTally,
    visible=lambda rows, actor: rows.visible_to(actor), face=lambda event: (event.reference, event.title, event.uid),
)  # fmt: skip
PARTS = Source(
    "part", lambda: Part.objects.filter(event__state="confirmed").select_related("event"), "event__held_on", "unit",
    visible=lambda rows, actor: rows.filter(event__in=Event.objects.visible_to(actor)),
    face=lambda part: (part.event.reference, part.name or part.event.title, part.event.uid),
)  # fmt: skip

LAW = {kind.key: kind.law for kind in KINDS.values()}
CASES, PEOPLE, OPINIONS = ("cuộc", "events"), ("lượt người", "attendances"), ("ý kiến", "opinions")


def events(key, code, vi, en, kind, amount="1", measure=CASES, sensitive=False, **where):
    """A flow over the events of one kind."""
    where = {"kind": kind, **where}
    return Flow(key, vi, en, EVENTS, where, amount, measure, code, LAW[kind], sensitive=sensitive)


VIOLATIONS = events("pib_violations", "E04", "Vụ việc vi phạm phát hiện", "Violations found",
                    "inspection_round", "findings", ("vụ", "cases"))  # fmt: skip
RECOMMENDED = events("pib_violations_recommended", "E05", "Vụ việc kiến nghị", "Violations recommended for handling",
                     "inspection_round", "recommended", ("vụ", "cases"))  # fmt: skip
RESOLVED = events("pib_violations_resolved", "E06", "Vụ việc được xem xét, giải quyết", "Violations resolved",
                  "inspection_round", "resolved", ("vụ", "cases"))  # fmt: skip
OPINIONS_GIVEN = events("opinions", "F07", "Ý kiến góp ý xây dựng Đảng, chính quyền", "Opinions on Party and government",
                        "opinion_conference", "opinions", OPINIONS)  # fmt: skip
PETITIONS = events("petitions_received", "G05", "Đơn tiếp nhận", "Petitions received", "petition",
                   measure=("đơn", "petitions"), sensitive=True)  # fmt: skip

declare(
    events("documents_issued", "A01", "Văn bản lãnh đạo, chỉ đạo, hướng dẫn ban hành", "Documents issued", "document",
           measure=("văn bản", "documents")),
    events("communication_conferences", "A02", "Hội nghị quán triệt, tuyên truyền", "Communication conferences", "communication"),
    events("communication_participants", "A03", "Lượt người dự tuyên truyền", "Attendance at communication conferences",
           "communication", "participants", PEOPLE),
    events("training_classes", "A04", "Lớp tập huấn nghiệp vụ", "Training classes", "training", measure=("lớp", "classes")),
    events("trainees", "A05", "Lượt cán bộ được tập huấn", "Trainees", "training", "participants", PEOPLE),
    events("steering_inspections", "A06", "Cuộc kiểm tra của Ban Chỉ đạo", "Steering committee inspections", "steering_inspection"),
    events("dialogues", "D10", "Cuộc đối thoại định kỳ của người đứng đầu", "Dialogues of leaders", "dialogue"),
    events("dialogue_participants", "D11", "Lượt người dự đối thoại", "Attendance at dialogues", "dialogue", "participants", PEOPLE),
    events("dialogue_opinions", "D12", "Ý kiến tại đối thoại", "Opinions at dialogues", "dialogue", "opinions", OPINIONS),
    events("pib_supervisions", "E03", "Cuộc giám sát của Ban Thanh tra nhân dân", "Rounds of People's Inspection Boards",
           "inspection_round"),
    VIOLATIONS, RECOMMENDED, RESOLVED,
    Ratio("pib_resolution_rate", "Tỷ lệ giải quyết (trên số phát hiện)", "Resolution rate (of violations found)",
          RESOLVED, VIOLATIONS, "E07"),
    Ratio("pib_resolution_rate_recommended", "Tỷ lệ giải quyết (trên số kiến nghị)", "Resolution rate (of those recommended)",
          RESOLVED, RECOMMENDED, "E07"),
    events("pib_money", "E09", "Tiền thu hồi qua kiến nghị", "Money recovered", "inspection_round", "money", ("đồng", "VND")),
    events("supervisions_217", "F01", "Cuộc giám sát theo Quyết định 217-QĐ/TW", "Supervisions under Decision 217", "supervision_217"),
    events("recommendations_217", "F02", "Kiến nghị sau giám sát", "Recommendations after supervision", "supervision_217",
           "recommended", ("kiến nghị", "recommendations")),
    events("critique_conferences", "F03", "Hội nghị phản biện", "Critique conferences", "critique", form="conference"),
    events("critique_opinions", "F05", "Ý kiến phản biện", "Critique opinions", "critique", "opinions", OPINIONS),
    events("opinion_conferences", "F06", "Hội nghị góp ý xây dựng Đảng, chính quyền", "Opinion conferences", "opinion_conference"),
    OPINIONS_GIVEN,
    Flow("online_conference_delegates", "Đại biểu dự hội nghị trực tuyến tại các điểm cầu", "Delegates at bridge points",
         PARTS, {"role": "bridge_point"}, "amount", ("đại biểu", "delegates")),
    events("reception_visitors", "G01", "Lượt người được tiếp công dân", "Visits received", "reception", "participants",
           PEOPLE, sensitive=True),
    PETITIONS,
    events("petitions_eligible", "G06", "Đơn đủ điều kiện xử lý", "Petitions eligible", "petition", "eligible",
           ("đơn", "petitions"), sensitive=True),
    events("emulation_launches", "", "Cuộc phát động thi đua", "Emulation launches", "emulation_launch"),
    events("pledges", "", "Giao ước thi đua đã ký", "Pledges signed", "pledge"),
    Outside("par_index", "Chỉ số cải cách hành chính PAR INDEX", "PAR INDEX", "par_index", code="H03"),
    Outside("sipas", "Chỉ số hài lòng SIPAS", "SIPAS", "sipas", ("%", "%"), "H04"),
)  # fmt: skip
