"""Words that are stored in records and read by everybody, in Vietnamese."""

# Why a content is withdrawn that arose from a record.
GONE = "Hồ sơ mà nội dung này phát sinh từ đó đã rút, không còn hiệu lực hoặc chuyển nơi khác."
