"""The numbers the register stands for, declared beside their rows."""

from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_noop as _

from danchu.figures.catalogue import STATEMENTS, Flow, Level, Outside, Ratio, Source, declare
from danchu.register.kinds import KINDS
from danchu.register.models import Event, EventTally, Part, Statement
from danchu.units.models import Body, BodyStanding, Standing, Unit

EVENTS = Source(
    "event",
    lambda: Event.objects.counted(),
    "held_on",
    "unit",
    EventTally,
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda event: (event.reference, event.title, event.uid),
)
PARTS = Source(
    "part",
    lambda: Part.objects.filter(event__state="confirmed").select_related("event"),
    "event__held_on",
    "unit",
    visible=lambda rows, actor: rows.filter(event__in=Event.objects.visible_to(actor)),
    face=lambda part: (part.event.reference, part.name or part.event.title, part.event.uid),
)

BODIES = Source(
    "body",
    lambda: Body.objects.annotate(called=_last_name(BodyStanding, "body")),
    "since",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda body: ("", body.called or "", None),
)
UNITS = Source(
    "unit",
    lambda: Unit.objects.annotate(called=_last_name(Standing, "unit")),
    "since",
    "pk",
    visible=lambda rows, actor: rows,
    face=lambda unit: ("", unit.called or "", None),
)


def _last_name(names, owner):
    return Subquery(
        names.objects.filter(**{owner: OuterRef("pk")}).order_by("-since").values("name")[:1]
    )


def bodies(key, code, vi, en, kind, measure):
    """A level: bodies of a kind in being on the last day of the period."""
    return Level(
        key,
        vi,
        en,
        BODIES,
        lambda period: BODIES.rows().on(period.last).filter(kind=kind),
        measure,
        code,
    )


def communes(period):
    """The communes there are on the last day of the period."""
    return UNITS.rows().on(period.last).filter(level="commune")


def communes_with(rows):
    """The communes there are on the last day at which at least one of `rows(period)` was
    recorded.
    """
    return lambda period: communes(period).filter(Exists(rows(period).filter(unit=OuterRef("pk"))))


def units_inspected(period):
    """Distinct units that the steering committee inspected in the period."""
    parts = PARTS.rows().filter(
        role="inspected",
        event__kind="steering_inspection",
        event__held_on__gte=period.since,
        event__held_on__lt=period.until,
        unit=OuterRef("pk"),
    )
    return UNITS.rows().filter(Exists(parts))


def regulations(period):
    """Democracy regulations confirmed as issued by the last day of the period: they stay in
    force until replaced.
    """
    return EVENTS.rows().filter(kind="document", form="regulation", held_on__lt=period.until)


LAW = {kind.key: kind.law for kind in KINDS.values()}
CASES, PEOPLE, OPINIONS = ("cuộc", "events"), ("lượt người", "attendances"), ("ý kiến", "opinions")


def events(key, code, vi, en, kind, amount="1", measure=CASES, sensitive=False, **where):
    """A flow over the events of one kind."""
    where = {"kind": kind, **where}
    return Flow(key, vi, en, EVENTS, where, amount, measure, code, LAW[kind], sensitive=sensitive)


# Rounds of inspection boards carry no form; those of investment boards have their own.
OF_INSPECTION = {"form": ""}
VIOLATIONS = events(
    "pib_violations",
    "E04",
    "Vụ việc vi phạm phát hiện",
    "Violations found",
    "inspection_round",
    "findings",
    ("vụ", "cases"),
    **OF_INSPECTION,
)
RECOMMENDED = events(
    "pib_violations_recommended",
    "E05",
    "Vụ việc kiến nghị",
    "Violations recommended for handling",
    "inspection_round",
    "recommended",
    ("vụ", "cases"),
    **OF_INSPECTION,
)
RESOLVED = events(
    "pib_violations_resolved",
    "E06",
    "Vụ việc được xem xét, giải quyết",
    "Violations resolved",
    "inspection_round",
    "resolved",
    ("vụ", "cases"),
    **OF_INSPECTION,
)
OPINIONS_GIVEN = events(
    "opinions",
    "F07",
    "Ý kiến góp ý xây dựng Đảng, chính quyền",
    "Opinions on Party and government",
    "opinion_conference",
    "opinions",
    OPINIONS,
)
PETITIONS = events(
    "petitions_received",
    "G05",
    "Đơn tiếp nhận",
    "Petitions received",
    "petition",
    measure=("đơn", "petitions"),
    sensitive=True,
)

STATEMENTS.append(lambda: Statement.objects.counted())
COMPETENT = events(
    "petitions_competent",
    "G07",
    "Đơn thuộc thẩm quyền",
    "Petitions within competence",
    "petition",
    "competent",
    ("đơn", "petitions"),
    sensitive=True,
)
SETTLED = events(
    "petitions_resolved",
    "G08",
    "Đơn đã giải quyết",
    "Petitions resolved",
    "petition",
    "resolved",
    ("đơn", "petitions"),
    sensitive=True,
)
DIALOGUES = events(
    "dialogues",
    "D10",
    "Cuộc đối thoại định kỳ của người đứng đầu",
    "Dialogues of leaders",
    "dialogue",
)
COMMUNE_DIALOGUES = DIALOGUES.only(
    "authority",
    "Đối thoại của UBND cấp xã với Nhân dân (Điều 32)",
    "Dialogues of commune authorities with the people (article 32)",
    form="authority",
)
SUPERVISIONS = events(
    "supervisions_217",
    "F01",
    "Cuộc giám sát theo Quyết định 217-QĐ/TW",
    "Supervisions under Decision 217",
    "supervision_217",
)
CRITIQUES = events(
    "critiques",
    "F03",
    "Cuộc phản biện xã hội (mọi hình thức)",
    "Social critiques (all forms)",
    "critique",
)
RECEPTIONS = events(
    "reception_visitors",
    "G01",
    "Lượt người được tiếp công dân",
    "Visits received",
    "reception",
    "participants",
    PEOPLE,
    sensitive=True,
)
COMMUNES = Level(
    "communes", "Số đơn vị hành chính cấp xã", "Communes", UNITS, communes, ("xã", "communes")
)
WITH_REGULATION = Level(
    "communes_regulated",
    "Đơn vị cấp xã đã ban hành quy chế",
    "Communes with a regulation",
    UNITS,
    communes_with(regulations),
    ("xã", "communes"),
    "A09",
)
IN_DIALOGUE = Level(
    "communes_that_met",
    "Đơn vị cấp xã đã đối thoại với Nhân dân",
    "Communes that held a dialogue",
    UNITS,
    communes_with(COMMUNE_DIALOGUES.rows),
    ("xã", "communes"),
    "D09",
)
# The scheme of PAR INDEX and SIPAS changed for these years (see docs of the Ministry's decisions):
# not comparable across.
SCHEMES = tuple(date(year, 1, 1) for year in (2017, 2020, 2022, 2024, 2025))

declare(
    events(
        "documents_issued",
        "A01",
        "Văn bản lãnh đạo, chỉ đạo, hướng dẫn ban hành",
        "Documents issued",
        "document",
        measure=("văn bản", "documents"),
    ),
    events(
        "communication_conferences",
        "A02",
        "Hội nghị quán triệt, tuyên truyền",
        "Communication conferences",
        "communication",
    ),
    events(
        "communication_participants",
        "A03",
        "Lượt người dự tuyên truyền",
        "Attendance at communication conferences",
        "communication",
        "participants",
        PEOPLE,
    ),
    events(
        "training_classes",
        "A04",
        "Lớp tập huấn nghiệp vụ",
        "Training classes",
        "training",
        measure=("lớp", "classes"),
    ),
    events(
        "trainees",
        "A05",
        "Lượt cán bộ được tập huấn",
        "Trainees",
        "training",
        "participants",
        PEOPLE,
    ),
    events(
        "steering_inspections",
        "A06",
        "Cuộc kiểm tra của Ban Chỉ đạo",
        "Steering committee inspections",
        "steering_inspection",
    ),
    Level(
        "units_inspected",
        "Đơn vị được Ban Chỉ đạo kiểm tra",
        "Units inspected by the steering committee",
        UNITS,
        units_inspected,
        ("đơn vị", "units"),
        "A07",
    ),
    bodies(
        "steering_committees",
        "A08",
        "Ban Chỉ đạo thực hiện QCDC đang hoạt động",
        "Active steering committees",
        "steering_committee",
        ("ban", "committees"),
    ),
    COMMUNES,
    WITH_REGULATION,
    Ratio(
        "communes_with_regulation",
        "Tỷ lệ cấp xã ban hành quy chế thực hiện dân chủ",
        "Communes with a democracy regulation",
        WITH_REGULATION,
        COMMUNES,
        "A09",
        _("Luật 10/2022 Điều 35"),
    ),
    DIALOGUES,
    COMMUNE_DIALOGUES,
    IN_DIALOGUE,
    Ratio(
        "communes_in_dialogue",
        "Tỷ lệ cấp xã đối thoại ít nhất một lần trong kỳ",
        "Communes that held a dialogue",
        IN_DIALOGUE,
        COMMUNES,
        "D09",
        _("Luật 10/2022 Điều 32"),
    ),
    events(
        "dialogue_opinions_settled",
        "D12",
        "Ý kiến tại đối thoại đã giải quyết",
        "Opinions at dialogues settled",
        "dialogue",
        "opinions_accepted",
        OPINIONS,
    ),
    bodies(
        "inspection_boards",
        "E01",
        "Ban Thanh tra nhân dân cấp xã",
        "People's Inspection Boards of communes",
        "peoples_inspection_board",
        ("ban", "boards"),
    ),
    bodies(
        "inspection_boards.agency",
        "E01",
        "Ban Thanh tra nhân dân ở cơ quan",
        "People's Inspection Boards of agencies",
        "pib_agency",
        ("ban", "boards"),
    ),
    bodies(
        "inspection_boards.enterprise",
        "E01",
        "Ban Thanh tra nhân dân ở doanh nghiệp nhà nước",
        "People's Inspection Boards of state enterprises",
        "pib_enterprise",
        ("ban", "boards"),
    ),
    events(
        "dialogue_participants",
        "D11",
        "Lượt người dự đối thoại",
        "Attendance at dialogues",
        "dialogue",
        "participants",
        PEOPLE,
    ),
    events(
        "dialogue_opinions",
        "D12",
        "Ý kiến tại đối thoại",
        "Opinions at dialogues",
        "dialogue",
        "opinions",
        OPINIONS,
    ),
    events(
        "pib_supervisions",
        "E03",
        "Cuộc giám sát của Ban Thanh tra nhân dân",
        "Rounds of People's Inspection Boards",
        "inspection_round",
        **OF_INSPECTION,
    ),
    events(
        "investment_rounds",
        "E14",
        "Cuộc giám sát đầu tư của cộng đồng",
        "Rounds of investment boards",
        "inspection_round",
        form="investment",
    ),
    VIOLATIONS,
    RECOMMENDED,
    RESOLVED,
    Ratio(
        "pib_resolution_rate",
        "Tỷ lệ giải quyết (trên số phát hiện)",
        "Resolution rate (of violations found)",
        RESOLVED,
        VIOLATIONS,
        "E07",
    ),
    Ratio(
        "pib_resolution_rate_recommended",
        "Tỷ lệ giải quyết (trên số kiến nghị)",
        "Resolution rate (of those recommended)",
        RESOLVED,
        RECOMMENDED,
        "E07",
    ),
    events(
        "pib_money",
        "E09",
        "Tiền thu hồi qua kiến nghị",
        "Money recovered",
        "inspection_round",
        "money",
        ("đồng", "VND"),
        **OF_INSPECTION,
    ),
    SUPERVISIONS,
    SUPERVISIONS.only(
        "study", "– nghiên cứu, xem xét văn bản", "– by document study", form="study"
    ),
    SUPERVISIONS.only("delegation", "– đoàn giám sát", "– by delegation", form="delegation"),
    SUPERVISIONS.only(
        "boards", "– qua Ban TTND, Ban GSĐTCCĐ", "– through people's boards", form="boards"
    ),
    SUPERVISIONS.only(
        "joint", "– tham gia giám sát cùng cơ quan", "– jointly with authorities", form="joint"
    ),
    events(
        "recommendations_217_accepted",
        "F02",
        "Kiến nghị sau giám sát được tiếp thu",
        "Recommendations accepted",
        "supervision_217",
        "accepted",
        ("kiến nghị", "recommendations"),
    ),
    CRITIQUES,
    CRITIQUES.only(
        "written", "– gửi dự thảo lấy ý kiến bằng văn bản", "– in writing", form="written"
    ),
    CRITIQUES.only("dialogue", "– đối thoại trực tiếp", "– by direct dialogue", form="dialogue"),
    events(
        "critique_opinions_accepted",
        "F05",
        "Ý kiến phản biện được tiếp thu",
        "Critique opinions accepted",
        "critique",
        "opinions_accepted",
        OPINIONS,
    ),
    events(
        "opinions_accepted",
        "F07",
        "Ý kiến góp ý được tiếp thu",
        "Opinions accepted",
        "opinion_conference",
        "opinions_accepted",
        OPINIONS,
    ),
    events(
        "recommendations_217",
        "F02",
        "Kiến nghị sau giám sát",
        "Recommendations after supervision",
        "supervision_217",
        "recommended",
        ("kiến nghị", "recommendations"),
    ),
    events(
        "critique_conferences",
        "F03",
        "Hội nghị phản biện",
        "Critique conferences",
        "critique",
        form="conference",
    ),
    events(
        "critique_opinions",
        "F05",
        "Ý kiến phản biện",
        "Critique opinions",
        "critique",
        "opinions",
        OPINIONS,
    ),
    events(
        "opinion_conferences",
        "F06",
        "Hội nghị góp ý xây dựng Đảng, chính quyền",
        "Opinion conferences",
        "opinion_conference",
    ),
    OPINIONS_GIVEN,
    Flow(
        "online_conference_delegates",
        "Đại biểu dự hội nghị trực tuyến tại các điểm cầu",
        "Delegates at bridge points",
        PARTS,
        {"role": "bridge_point"},
        "amount",
        ("đại biểu", "delegates"),
    ),
    RECEPTIONS,
    RECEPTIONS.only("regular", "– thường xuyên", "– regular", form="regular"),
    RECEPTIONS.only(
        "periodic", "– định kỳ của người đứng đầu", "– periodic, by the head", form="periodic"
    ),
    RECEPTIONS.only("ad_hoc", "– đột xuất", "– ad hoc", form="ad_hoc"),
    *[
        events(f"reception_{column}", code, vi, en, "reception", column, measure, sensitive=True)
        for column, code, vi, en, measure in (
            ("people", "G02", "Số người được tiếp", "People received", ("người", "people")),
            (
                "matters_first",
                "G03",
                "Vụ việc tiếp lần đầu",
                "Matters heard for the first time",
                ("vụ", "matters"),
            ),
            (
                "matters_repeat",
                "G03",
                "Vụ việc tiếp nhiều lần",
                "Matters heard again",
                ("vụ", "matters"),
            ),
            ("groups", "G04", "Đoàn đông người", "Large groups", ("đoàn", "groups")),
            (
                "group_people",
                "G04",
                "Số người trong đoàn đông người",
                "People in large groups",
                ("người", "people"),
            ),
        )
    ],
    PETITIONS,
    events(
        "petitions_eligible",
        "G06",
        "Đơn đủ điều kiện xử lý",
        "Petitions eligible",
        "petition",
        "eligible",
        ("đơn", "petitions"),
        sensitive=True,
    ),
    *[
        PETITIONS.only(form, f"– {vi}", f"– {en}", form=form)
        for form, vi, en in (
            ("complaint", "khiếu nại", "complaints"),
            ("denunciation", "tố cáo", "denunciations"),
            ("feedback", "kiến nghị, phản ánh", "feedback"),
        )
    ],
    COMPETENT,
    SETTLED,
    Ratio(
        "petition_resolution_rate",
        "Tỷ lệ giải quyết đơn thuộc thẩm quyền (trên số đơn nhận trong kỳ)",
        "Petitions resolved (of those received within competence)",
        SETTLED,
        COMPETENT,
        "G09",
    ),
    events(
        "emulation_launches", "", "Cuộc phát động thi đua", "Emulation launches", "emulation_launch"
    ),
    events("pledges", "", "Giao ước thi đua đã ký", "Pledges signed", "pledge"),
    Outside(
        "par_index",
        "Chỉ số cải cách hành chính PAR INDEX",
        "PAR INDEX",
        "par_index",
        code="H03",
        breaks=SCHEMES,
    ),
    Outside("sipas", "Chỉ số hài lòng SIPAS", "SIPAS", "sipas", ("%", "%"), "H04", breaks=SCHEMES),
)
