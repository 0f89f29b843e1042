"""What stays of published figures: a release and its numbers are written once, because the
difference of two versions would tell a small count. What the journal proves of scores that others
published.
"""

from danchu.journal.digested import Digested
from danchu.journal.keep import ONCE, Kept

_SAYS = ("a published figure is never changed", "số liệu đã công bố không bị sửa, không bị xóa")

RELEASE = Kept(name="release_kept", says=_SAYS, ended=ONCE)
RELEASED_FIGURE = Kept(name="released_figure_kept", says=_SAYS, ended=ONCE)
RELEASED_PERIOD = Kept(name="released_period_kept", says=_SAYS, ended=ONCE)
SCORE_DIGEST = Digested(
    name="score_digest",
    kind="score",
    title=("outside score", "điểm do nơi khác công bố"),
    fields="series unit year score rank source status note",
)
