"""Documents, communication, training, steering committees and the regulations of communes."""

from django.utils.translation import gettext_noop as _

from danchu.figures.catalogue import Level, Ratio
from danchu.register.indicators.sources import (
    COMMUNES,
    EVENT_TABLE,
    EVENTS,
    PEOPLE,
    UNITS,
    bodies,
    communes_with,
    events,
    units_inspected,
)


def regulations(period):
    """Events of democracy regulations issued up to the last day of the period: one stays in force
    until it is replaced.
    """
    return EVENTS.rows().filter(kind="document", form="regulation", held_on__lt=period.until)


WITH_REGULATION = Level(
    "communes_regulated",
    "Đơn vị cấp xã đã ban hành quy chế",
    "Communes with a regulation",
    UNITS,
    communes_with(regulations),
    ("xã", "communes"),
    "A09",
    told_by=(EVENT_TABLE, "document"),
)
FIGURES = (
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
        told_by=(EVENT_TABLE, "steering_inspection"),
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
)
