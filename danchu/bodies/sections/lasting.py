"""What the lists of bodies and of villages have in common: both last from a day until another."""

from django.utils.translation import gettext_lazy as _

from danchu.bodies.lives import STATE_WORDS, state_today
from danchu.kernel.days import DAWN, today
from danchu.subjects.columns import state_column
from danchu.subjects.filters import Choice
from danchu.subjects.listing import Column

DAYS_AND_STATE = (
    Column(
        "since",
        _("Từ ngày"),
        lambda line: _("từ trước") if line.row.since == DAWN else line.row.since,
        sort="since",
    ),
    Column("until", _("Kết thúc")),
    state_column(lambda line: STATE_WORDS[state_today(line.row)]),
)


def state_choice():
    """The filter by `state_today`, of rows with `since` and `until`."""
    conditions = {
        "running": lambda rows: rows.on(today()),
        "upcoming": lambda rows: rows.filter(since__gt=today()),
        "ended": lambda rows: rows.filter(until__lte=today()),
    }
    return Choice(list(STATE_WORDS.items()), _("Trạng thái"), conditions=conditions)
