"""What stays of reports: a seal and its lines are written once; a report that is sealed or dropped
never changes.
"""

from danchu.journal.digested import Digested
from danchu.journal.keep import ONCE, Kept, among

_SAYS = ("a sealed report is never changed", "báo cáo đã niêm phong không bị sửa, không bị xóa")

SEAL = Kept(name="seal_kept", says=_SAYS, ended=ONCE)
SEAL_DIGEST = Digested(
    name="seal_digest",
    kind="seal",
    title=("sealed report", "báo cáo niêm phong"),
    fields="form title unit map_day text sealed_by sealed_at journal_head digest",
)
LINE = Kept(name="seal_line_kept", says=_SAYS, ended=ONCE)
REPORT = Kept(
    name="office_report_kept",
    says=(
        "a report is never removed, and sealed or dropped it never changes",
        "báo cáo không bị xóa; đã niêm phong hay đã bỏ thì không đổi",
    ),
    ended=among("state", ["sealed", "dropped"]),
    fixed=("uid", "unit", "made_by", "made_at"),
)
COMMENT = Kept(
    name="report_comment_kept",
    says=("a comment is never changed", "ý kiến đã ghi thì không đổi"),
    ended=ONCE,
)
REPORT_DIGEST = Digested(
    name="office_report_digest",
    kind="office_report",
    title=("report of an office", "báo cáo của cơ quan"),
    when="r.state = 'sealed'",
    state="r.state",
    fields=(
        "uid unit title english_title since until map_day text english issuer number place signer "
        "recipients state seal made_by made_at edited_at"
    ),
)
