"""The vote that a decision is at, and names as they are typed for it."""

from django.utils.translation import gettext as _

from danchu.decision.models import HouseholdDecision, HouseholdVote
from danchu.kernel.refusals import Refused
from danchu.kernel.text import identity_key
from danchu.subjects.texts import line_of

LONGEST_NAME = 120


def latest_vote(decision: HouseholdDecision) -> HouseholdVote | None:
    """The vote that the decision is at; None before the first."""
    return HouseholdVote.objects.filter(decision=decision).order_by("-number").first()


def names_in(text: str, field: str = "team") -> list[str]:
    """The names in a text, one on each line. Refused, on the field, where one stands there twice:
    a team of three is three people.
    """
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    names = [line_of(line, field, LONGEST_NAME) for line in lines if line]
    keys = [identity_key(name) for name in names]
    for place, name in enumerate(names):
        if keys[place] in keys[:place]:
            raise Refused(
                _("Tên ghi hai lần: %s. Hai người trùng tên thì ghi thêm năm sinh.") % name, field
            )
    return names
