"""Petitions against the statements of bodies that keep their book on paper: a petition is counted
once, by its file or by the statement.
"""

from django.utils.translation import gettext as _

from danchu.casework.models import Petition
from danchu.casework.querysets import SUBJECT
from danchu.kernel.actor import Acting
from danchu.register.stated_parts import Stated, refuse_newly_beside, stated_beside

# The steps after which a petition may count in an indicator in which it did not count before.
COUNTING_ACTS = ("classify", "decide", "answer")
# What statements say of a petition that is new.
NOTHING_STATED = Stated()


def counted_on_paper(petition: Petition) -> Stated:
    """What statements say of a petition, before it changes."""
    return stated_beside(SUBJECT, petition)


def refuse_counted_on_paper(
    petition: Petition, before: Stated, by: Acting, field: str = ""
) -> None:
    """Refused, on `field`, where a confirmed statement counts the petition already or a stated part
    would be more than the whole. The public is told when to come again: a statement covers days
    that have passed.
    """
    sentence = ""
    if by.is_public:
        sentence = _(
            "Sổ tiếp nhận của nơi này đã chốt số liệu của hôm nay. Xin gửi lại vào ngày mai, hoặc "
            "gửi trực tiếp tại trụ sở."
        )
    refuse_newly_beside(SUBJECT, petition, before, "" if by.is_public else field, sentence)
