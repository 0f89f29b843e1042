"""The families of the catalogue: {first letter of an indicator's code: name}."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """The name of a family in both languages."""

    vi: str
    en: str


FAMILIES = {
    "A": Family("Lãnh đạo, chỉ đạo, tuyên truyền", "Leadership, direction, communication"),
    "B": Family("Công khai thông tin", "Disclosure of information"),
    "C": Family("Nhân dân bàn và quyết định", "The people discuss and decide"),
    "D": Family("Nhân dân tham gia ý kiến, đối thoại", "The people's opinions and dialogue"),
    "E": Family("Ban Thanh tra nhân dân", "People's Inspection Boards"),
    "F": Family(
        "Mặt trận Tổ quốc giám sát, phản biện", "Fatherland Front supervision and critique"
    ),
    "G": Family("Tiếp công dân, giải quyết đơn", "Reception of citizens, petitions"),
    "H": Family("Cải cách hành chính, sự hài lòng", "Administrative reform, satisfaction"),
    "": Family("Phong trào và hội nghị", "Movements and conferences"),
}
