"""The filter of petitions by the way they came in, each hot-line by itself."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.casework.natures import Channel
from danchu.casework.rules.hotlines import hotlines
from danchu.subjects.filters import Choice


class Channels(Choice):
    """The channels; behind them the hot-lines, by their keys."""

    def __init__(self):
        conditions = {key: Q(call__hotline=key) for key in hotlines()}
        super().__init__((), _("Đến bằng cách nào"), "channel", conditions=conditions)

    def read_choices(self):
        return [*Channel.choices, *((key, str(line)) for key, line in hotlines().items())]
