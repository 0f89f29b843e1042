"""Petitions against the statements of bodies that keep their book on paper: a petition is counted
once, by its file or by the statement.
"""

from django.utils.translation import gettext as _

from danchu.casework.models import Petition
from danchu.casework.querysets import SUBJECT
from danchu.kernel.actor import Acting
from danchu.register.file_statements import refuse_newly_stated, stated_for
from danchu.register.models import Statement

# The steps after which a petition may count in an indicator in which it did not count before.
COUNTING_ACTS = ("classify", "decide", "answer")


def counted_on_paper(petition: Petition) -> dict[Statement, bool]:
    """`stated_for` of a petition, before it changes."""
    return stated_for(SUBJECT, petition)


def refuse_counted_on_paper(
    petition: Petition, before: dict[Statement, bool], by: Acting, field: str = ""
) -> None:
    """Refused, on `field`, where a confirmed statement counts the petition already. The public is
    told when to come again: a statement covers days that have passed.
    """
    sentence = ""
    if by.is_public:
        sentence = _(
            "Sổ tiếp nhận của nơi này đã chốt số liệu của hôm nay. Xin gửi lại vào ngày mai, hoặc "
            "gửi trực tiếp tại trụ sở."
        )
    refuse_newly_stated(SUBJECT, petition, before, "" if by.is_public else field, sentence)
