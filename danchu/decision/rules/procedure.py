"""The procedure that those who attend choose: secretary, way of voting, counting board."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from danchu.decision.latest import LONGEST_NAME, names_in
from danchu.decision.models.votes import Way
from danchu.decision.rules.outcomes import check_chosen, check_number
from danchu.kernel.refusals import Refused, all_refusals
from danchu.subjects.texts import line_of


def checked_procedure(
    attending: int,
    day: date,
    *,
    secretary: str,
    secretary_yes: int,
    way: str,
    way_yes: int,
    team: str,
    team_yes: int,
) -> dict[str, Any]:
    """The values as they are stored. Refused, by field, unless each was chosen by more than half of
    so many who attend, and three to five people count.
    """
    people = names_in(team)
    if not attending:
        raise Refused(_("Hãy ghi các hộ dự họp trước."))
    with all_refusals() as rule:
        with rule():
            secretary = line_of(secretary, "secretary", LONGEST_NAME, _("Hãy ghi thư ký."))
        with rule():
            if way not in Way.values:
                raise Refused(_("Hãy chọn trong danh sách."), "way")
        for field, yes in (
            ("secretary_yes", secretary_yes),
            ("way_yes", way_yes),
            ("team_yes", team_yes),
        ):
            with rule():
                check_chosen(yes, attending, day, field)
        for key in ("meeting.counters_least", "meeting.counters_most"):
            with rule():
                check_number(key, len(people), day, "team")
    return {
        "secretary": secretary,
        "secretary_yes": secretary_yes,
        "way": way,
        "way_yes": way_yes,
        "team": "\n".join(people),
        "team_yes": team_yes,
    }


def checked_count(
    attending: int, way: str, day: date, counts: dict[str, int], witnesses: str
) -> list[str]:
    """The witnesses of a count, each a name. Refused, by field, where there are more votes than
    representatives, a secret vote has too few witnesses, or one by hands has blank sheets.
    """
    names = names_in(witnesses, "witnesses")
    total = sum(counts.values())
    with all_refusals() as rule:
        if total > attending:
            with rule():
                raise Refused(
                    _("Tổng số %(part)s lớn hơn số đại diện hộ dự họp %(whole)s.")
                    % {"part": total, "whole": attending},
                    "yes",
                )
        if way == Way.SECRET:
            with rule():
                check_number("meeting.witnesses", len(names), day, "witnesses")
        elif counts["blank"]:
            with rule():
                raise Refused(_("Biểu quyết giơ tay không có phiếu trắng."), "blank")
    return names
