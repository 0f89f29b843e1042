"""Words that are stored in records and read by everybody, in Vietnamese."""

ELECTION = "Bầu trưởng thôn, tổ trưởng: {place}"
ELECTION_CONTENT = "Theo kế hoạch số {document} của Chủ tịch Ủy ban nhân dân cấp xã."
CANDIDATES_OWED = "Gửi biên bản người ứng cử: {place}"
TEAM_OWED = "Lập Tổ bầu cử: {place}"
POSTING_OWED = "Niêm yết việc bầu: {place}"
AGAIN_OWED = "Bầu trưởng thôn, tổ trưởng mới: {place}"
INTERIM_OWED = "Bầu thay người lâm thời: {place}"
ENDED = "Người này đã thôi."
ELECTION_WITHDRAWN = "Việc bầu đã rút."
RELEASE = "Cho thôi làm trưởng thôn, tổ trưởng: {place}"
RELEASE_ANNULLED = "Việc cho thôi đã bị bãi bỏ."
GROUNDS = {
    "own": "Người đó xin thôi.",
    "front": "Trưởng ban công tác Mặt trận đề nghị.",
    "households": "Các hộ gia đình kiến nghị.",
}
CONVENTION = "Thông qua {title}"
CONVENTION_CONTENT = "Bản số {number} của hương ước, quy ước, công khai ở trang của nó."
POST_OWED = "Niêm yết dự thảo: {title}"
FORWARD_OWED = "Gửi hương ước, quy ước đã công nhận: {title}"
FLAGGED = {
    "suspend": "Tạm ngừng thực hiện: {title}",
    "annul": "Bãi bỏ: {title}",
}
TERM_OWED = "Bầu trưởng thôn, tổ trưởng khi hết nhiệm kỳ: {place}"
YEAR_OWED = "Họp hội nghị định kỳ năm {year}: {place}"
HELD_BEFORE = "Hội nghị của năm đã họp trước."
NO_VILLAGE = "Thôn, tổ dân phố này không còn."
NOTICE_OWED = "Triệu tập hội nghị định kỳ: {place}"
