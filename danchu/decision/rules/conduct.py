"""Who may lawfully convene a meeting, and lead the team of a ballot, by the law of the day."""

from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from danchu.decision.models.conduct import Convener, Leader
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.decision import is_listed

# The rule that lists the matters of each; two of them stand in one.
_LISTED_BY = {role: f"convener_{role.value}" for role in Convener} | {
    Convener.CHAIR: "convener_front"
}


def lawful_conveners(item: int, day: date) -> list[Convener]:
    """Who may convene and chair the meeting on a matter, the ordinary one first."""
    rules = partial(book().rule, day=day)
    return [role for role in Convener if is_listed(item, _LISTED_BY[role], rules)]


def check_convener(role: str, item: int, day: date) -> str:
    """The role as it is stored: "" where the law of the day names nobody. Refused, on "convener",
    where others are lawful; the refusal names them and the article.
    """
    lawful = lawful_conveners(item, day)
    if not lawful:
        return ""
    if role not in lawful:
        rule = book().rule(f"decision.items.{_LISTED_BY[lawful[0]]}", day)
        names = "; ".join(str(one.label) for one in lawful)
        raise Refused(
            _(
                "Họp về việc số %(item)s do những người sau triệu tập, chủ trì: %(who)s "
                "(%(source)s)."
            )
            % {"item": item, "who": names, "source": rule.source},
            "convener",
        )
    return role


def check_leader(role: str, item: int, day: date, form: str = "ballot") -> str:
    """The role as it is stored. Refused, on "leader", where the law of the day lets only a
    representative of the Front lead the team; `form` is "ballot" or "online".
    """
    if role not in Leader.values:
        raise Refused(_("Hãy chọn trong danh sách."), "leader")
    which = f"{form}_leader_front"
    is_for_front = is_listed(item, which, partial(book().rule, day=day))
    if is_for_front and role != Leader.FRONT:
        raise Refused(
            _("Tổ trưởng phải là đại diện Ban công tác Mặt trận (%s).")
            % book().rule(f"decision.items.{which}", day).source,
            "leader",
        )
    return role
