"""What stays of reports: a seal and its lines are written once."""

from danchu.journal.keep import ONCE, Kept

_SAYS = ("a sealed report is never changed", "báo cáo đã niêm phong không bị sửa, không bị xóa")

SEAL = Kept(name="seal_kept", says=_SAYS, ended=ONCE)
LINE = Kept(name="seal_line_kept", says=_SAYS, ended=ONCE)
