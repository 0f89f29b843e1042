"""What this room stores in words: the language of the record is Vietnamese."""

PLANNED_AGAIN = "Đã có thông báo, kế hoạch phát phiếu khác."
