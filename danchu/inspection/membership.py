"""Who may sit on a board, and when a board is whole: by its kind, under the rules of the day. Pure questions over rows.

Commune boards: Law 10/2022 articles 36–40; agencies and state enterprises: articles 46–82; investment boards: articles 41–45.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from danchu.inspection.models import Role
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.deadline import months_from
from danchu.units.kinds import BodyKind
from danchu.units.maps import boundaries

COMMUNE, AGENCY, ENTERPRISE, INVESTMENT = BodyKind.PEOPLES_INSPECTION_BOARD, BodyKind.PIB_AGENCY, BodyKind.PIB_ENTERPRISE, BodyKind.INVESTMENT_BOARD
KINDS = (COMMUNE, AGENCY, ENTERPRISE, INVESTMENT)


@dataclass(frozen=True)
class Declared:
    """What a candidate declares of himself."""

    is_official: bool = False
    is_resident: bool = True
    is_head: bool = False
    is_kin: bool = False


def refuse_unfit(kind, declared):
    """Refused, with the article, when this person may not be a member of a board of the kind."""
    bars = {
        COMMUNE: ((declared.is_official, _("Cán bộ, công chức cấp xã, người hoạt động không chuyên trách không được là thành viên (Luật 10/2022/QH15 Điều 37).")),
                  (not declared.is_resident, _("Thành viên phải thường trú tại xã (Luật 10/2022/QH15 Điều 37)."))),
        AGENCY: ((declared.is_head, _("Người đứng đầu, cấp phó, kế toán trưởng không được là thành viên (Luật 10/2022/QH15 Điều 60).")),),
        ENTERPRISE: ((declared.is_head, _("Người đứng đầu, cấp phó, kế toán trưởng không được là thành viên (Luật 10/2022/QH15 Điều 77).")),),
        INVESTMENT: ((declared.is_official, _("Cán bộ, công chức cấp xã không được là thành viên (Luật 10/2022/QH15 Điều 41–45).")),
                     (declared.is_kin, _("Người thân thích của người quyết định, chủ đầu tư, nhà thầu, tư vấn, giám sát không được là thành viên (Luật 10/2022/QH15 Điều 41–45)."))),
    }  # fmt: skip
    for bar, why in bars[kind]:
        if bar:
            raise Refused(why, "name")


def refuse_not_whole(term, members, day):
    """Refused, saying what is missing, unless the members make a whole board by the rules of the day."""
    law, kind, number = book(), term.board.kind, len(members)
    least, most, deputies = {
        COMMUNE: ("pib.members", None, "pib.deputies"), AGENCY: ("pib.agency.members_least", "pib.agency.members_most", "pib.deputies"),
        ENTERPRISE: ("pib.agency.members_least", "pib.agency.members_most", "pib.deputies"), INVESTMENT: ("investment.members", None, "investment.deputies"),
    }[kind]  # fmt: skip
    told = [(least, number), (most, number), (deputies, sum(m.role == Role.DEPUTY for m in members))]
    if kind == INVESTMENT:
        told.append(("investment.people", sum(m.is_peoples for m in members)))
    for key, count in told:
        rule = law.rule(key, day) if key else None
        if rule and not rule.met_by(count):
            raise Refused(_("%(name)s: có %(count)s, chưa đúng quy định %(value)s (%(source)s).") % {"name": rule.name, "count": count, "value": rule.value, "source": rule.source})
    if sum(m.role == Role.HEAD for m in members) != 1:
        raise Refused(_("Ban phải có đúng một trưởng ban."))
    if kind == COMMUNE:
        _refuse_unrepresented(term, members, day)


def _refuse_unrepresented(term, members, day):
    """Every village sends a member; with fewer than five villages the board has exactly five."""
    chart = boundaries(day)
    villages = {unit for unit in chart.children(term.unit_id) if chart.level_of(unit) == "village"} if term.unit_id in chart else set()
    absent = villages - {m.village_id for m in members}
    if absent:
        raise Refused(_("Còn %s thôn, tổ dân phố chưa có thành viên (Luật 10/2022/QH15 Điều 37).") % len(absent))
    if villages and len(villages) < 5 < len(members):
        raise Refused(_("Xã có dưới 5 thôn, tổ dân phố thì Ban có nhiều nhất 5 thành viên (Luật 10/2022/QH15 Điều 37)."))


def must_be_filled(term, on):
    """Whether a seat that falls vacant on the day needs a by-election: as much of the term is left as the rule says."""
    rule = book().rule("pib.byelection", on)
    return months_from(on, rule.value.numerator) <= term.until
