"""The Keeper of rounds: the numbers of a round come from the files of its violations, where it has
some, and these follow a correction or a withdrawal of the round.
"""

from django.utils.translation import gettext_lazy as _

from danchu.inspection.actions.following import follow_round, leave_round
from danchu.inspection.rules.round_numbers import numbers_of
from danchu.register.keepers import Keeper

KEEPER = Keeper(
    numbers_of,
    _(
        "Các vụ việc của cuộc này có hồ sơ riêng và được đếm từ hồ sơ ấy. Ở cuộc hãy để số vụ "
        "việc, kiến nghị, giải quyết và tiền bằng 0."
    ),
    follow_round,
    leave_round,
)
