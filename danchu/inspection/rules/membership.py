"""Who may be a member of a board, and when a board is complete: by its kind and the rules of the
day.

Commune boards: Law 10/2022 articles 36–40; agencies and state enterprises: articles 46–82;
investment boards: articles 41–45.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danchu.inspection.models import Role, Seat
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.deadline import months_from
from danchu.units.kinds import BodyKind
from danchu.units.maps import boundaries

COMMUNE = BodyKind.PEOPLES_INSPECTION_BOARD
AGENCY = BodyKind.PIB_AGENCY
ENTERPRISE = BodyKind.PIB_ENTERPRISE
INVESTMENT = BodyKind.INVESTMENT_BOARD
KINDS = (COMMUNE, AGENCY, ENTERPRISE, INVESTMENT)


@dataclass(frozen=True)
class Declaration:
    """What a candidate declares; `on` is the day of the signature, for investment boards."""

    is_official: bool = False
    is_resident: bool = True
    is_head: bool = False
    is_kin: bool = False
    on: date | None = None
    text: str = ""


def refuse_unfit(kind, declaration):
    """Refused on "name", with the article, where the person may not be a member of a board of the
    kind.
    """
    bars = {
        COMMUNE: (
            (
                declaration.is_official,
                _(
                    "Cán bộ, công chức cấp xã, người hoạt động không chuyên trách không "
                    "được là thành viên (Luật 10/2022/QH15 Điều 37)."
                ),
            ),
            (
                not declaration.is_resident,
                _("Thành viên phải thường trú tại xã (Luật 10/2022/QH15 Điều 37)."),
            ),
        ),
        AGENCY: (
            (
                declaration.is_head,
                _(
                    "Người đứng đầu, cấp phó, kế toán trưởng không được là thành viên "
                    "(Luật 10/2022/QH15 Điều 60)."
                ),
            ),
        ),
        ENTERPRISE: (
            (
                declaration.is_head,
                _(
                    "Người đứng đầu, cấp phó, kế toán trưởng không được là thành viên "
                    "(Luật 10/2022/QH15 Điều 77)."
                ),
            ),
        ),
        INVESTMENT: (
            (
                declaration.is_official,
                _(
                    "Cán bộ, công chức cấp xã không được là thành viên (Luật "
                    "10/2022/QH15 Điều 41–45)."
                ),
            ),
            (
                declaration.is_kin,
                _(
                    "Người thân thích của người quyết định, chủ đầu tư, nhà thầu, tư "
                    "vấn, giám sát không được là thành viên (Luật 10/2022/QH15 Điều "
                    "41–45)."
                ),
            ),
        ),
    }
    for is_barred, sentence in bars[kind]:
        if is_barred:
            raise Refused(sentence, "name")


def refuse_too_few_staff(staff, day):
    """Refused on "staff" where an agency or enterprise is too small to have a board (articles 60,
    77).
    """
    if isinstance(staff, bool) or not isinstance(staff, int) or staff < 1:
        raise Refused(_("Hãy ghi số người làm việc của cơ quan, doanh nghiệp."), "staff")
    rule = book().rule_if_any("pib.staff", day)
    if rule and not rule.is_met_by(staff):
        raise Refused(
            _("Nơi có dưới %(value)s người làm việc không lập Ban Thanh tra nhân dân (%(source)s).")
            % {"value": rule.value, "source": rule.source},
            "staff",
        )


def refuse_incomplete(term, members, day):
    """Refused, saying what is missing, unless the members make a complete board by the rules of the
    day.
    """
    law = book()
    kind = term.board.kind
    number = len(members)
    least, most, deputies = {
        COMMUNE: ("pib.members", None, "pib.deputies"),
        AGENCY: ("pib.agency.members_least", "pib.agency.members_most", "pib.agency.deputies"),
        ENTERPRISE: ("pib.agency.members_least", "pib.agency.members_most", "pib.agency.deputies"),
        INVESTMENT: ("investment.members", None, "investment.deputies"),
    }[kind]
    deputy_number = sum(member.role == Role.DEPUTY for member in members)
    counts = [
        (least, number),
        (None if term.is_dispersed else most, number),
        (deputies, deputy_number),
    ]
    if kind == INVESTMENT:
        people = sum(member.seat == Seat.PEOPLE for member in members)
        counts.append(("investment.people", people))
    for key, count in counts:
        rule = law.rule_if_any(key, day) if key else None
        if rule and not rule.is_met_by(count):
            raise Refused(
                _("%(name)s: có %(count)s, chưa đúng quy định %(value)s (%(source)s).")
                % {"name": rule.name, "count": count, "value": rule.value, "source": rule.source}
            )
    if sum(member.role == Role.HEAD for member in members) != 1:
        raise Refused(_("Ban phải có đúng một trưởng ban."))
    if kind == COMMUNE:
        _refuse_unrepresented(term, members, day)
    large = law.rule_if_any("pib.second_deputy", day) if kind in (AGENCY, ENTERPRISE) else None
    if large and not large.is_met_by(number) and deputy_number > 1:
        raise Refused(
            _("Ban có dưới %(value)s thành viên chỉ có một phó trưởng ban (%(source)s).")
            % {"value": large.value, "source": large.source}
        )
    if kind == INVESTMENT and {member.seat for member in members} != set(Seat.values):
        raise Refused(
            _(
                "Ban phải có đại diện Mặt trận Tổ quốc, Ban Thanh tra nhân dân và người "
                "dân (Luật 10/2022/QH15 Điều 41–45)."
            )
        )


def unrepresented(term, members, day):
    """The ids of the villages of the commune that have no member of its board on the day; none for
    boards of other kinds.
    """
    if term.board.kind != COMMUNE:
        return set()
    return _villages(term, day) - {member.village_id for member in members}


def _villages(term, day):
    chart = boundaries(day)
    if term.unit_id not in chart:
        return set()
    return {unit for unit in chart.children(term.unit_id) if chart.level_of(unit) == "village"}


def _refuse_unrepresented(term, members, day):
    """Refused unless every village has a member; in a commune with fewer villages than the least
    number of members, that number is also the largest (Decree 59/2023 article 13.2).
    """
    number = len(unrepresented(term, members, day))
    if number:
        raise Refused(
            _("Còn %s thôn, tổ dân phố chưa có thành viên (Nghị định 59/2023/NĐ-CP Điều 13).")
            % number
        )
    villages = _villages(term, day)
    least = book().rule_if_any("pib.members", day)
    if villages and least and len(villages) < least.value < len(members):
        raise Refused(
            _(
                "Xã có dưới %(value)s thôn, tổ dân phố thì Ban có nhiều nhất %(value)s "
                "thành viên (%(source)s)."
            )
            % {"value": least.value, "source": least.source}
        )


def needs_by_election(term, on):
    """Whether a seat that falls vacant on the day is filled by election: as many months of the term
    are left as the rule of the day says (Law 10/2022 article 36.2); always where there was no rule.
    """
    rule = book().rule_if_any("pib.byelection", on)
    return rule is None or months_from(on, rule.value.numerator) <= term.until


def seats_to_fill(term, members, day):
    """How many seats that fell vacant after recognition are still to be filled by election."""
    if not term.recognised_on or term.until <= day or not needs_by_election(term, day):
        return 0
    vacant = sum(
        bool(member.left_on) and member.left_on >= term.recognised_on for member in members
    )
    return max(0, vacant - sum(member.elected_on > term.recognised_on for member in members))
