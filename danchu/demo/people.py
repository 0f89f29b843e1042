"""Invented persons."""

FAMILY_NAMES = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ"),
    *("Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Mai"),
)
GIVEN_NAMES = (
    *("Văn Minh", "Thị Lan", "Văn Hùng", "Thị Mai", "Quốc Tuấn", "Thị Hoa", "Đức Long"),
    *("Thu Hằng", "Thị Hồng Nhung", "Xuân Trường", "Ngọc Ánh", "Thanh Tùng", "Thị Bích"),
    *("Hữu Nghĩa", "Kim Oanh", "Văn Quyết", "Thị Thanh Hà", "Công Danh"),
)


def person_name(chance):
    """A name; `chance` is a random.Random."""
    return f"{chance.choice(FAMILY_NAMES)} {chance.choice(GIVEN_NAMES)}"


def person(chance):
    """{name, address, phone} of somebody."""
    return {
        "name": person_name(chance),
        "address": f"số {chance.randrange(1, 90)} ngõ {chance.randrange(1, 40)}",
        "phone": f"09{chance.randrange(10**7, 10**8)}",
    }
