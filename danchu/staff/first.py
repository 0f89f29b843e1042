"""The first offices of an installation: those over the files of citizens, which no operator has and
so none could give. The installation itself gives each of them, at the place it is for, when its
operator says so: to its first holder, and again where nobody holds it any more and no file of a
citizen is kept there yet. From then on whoever holds it gives what lies below.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.casework.models import Petition, Visit
from danchu.kernel.actor import Acting
from danchu.kernel.boundaries import Boundaries
from danchu.kernel.days import today
from danchu.people.giving import LEVEL_FIRST, WHOLE_COUNTRY, may_give, why_not_given
from danchu.people.models import Holding, OfficeKind
from danchu.staff.models import Installation, Invitation
from danchu.staff.right_words import words_of_right
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.units.names import name_of

# Who heads the place, and the two who open the vault and check it: the operator has no part in it.
FIRST_OFFICES = ("committee_chair", "inspectorate_chief", "auditor")
MOST_RIGHTS = 3  # rights that a refusal names


def is_first(
    by: Acting, office_kind: OfficeKind, unit: Unit, apart_from: int | None = None
) -> bool:
    """Whether the installation gives this office at the unit: an operator says so, the unit lies at
    or below the place of the installation, nobody there or above holds it, will hold it or has a
    valid invitation to it, and either nobody ever held it there or no file of a citizen is kept at
    the unit. `apart_from` is the invitation (an id) that is being accepted.
    """
    return _why_not_first(by, office_kind, unit, apart_from) == ""


def may_invite(
    by: Acting, office_kind: OfficeKind, unit: Unit, apart_from: int | None = None
) -> bool:
    """Whether the actor may invite somebody to the office at the unit."""
    return may_give(by, office_kind, unit) or is_first(by, office_kind, unit, apart_from)


def why_not(by: Acting, office_kind: OfficeKind, unit: Unit) -> str:
    """Why the actor may not invite somebody to the office at the unit, and what to do instead."""
    if office_kind.pk in FIRST_OFFICES and by.may("appoint", "office", WHOLE_COUNTRY):
        return _why_not_first(by, office_kind, unit)
    if (why := why_not_given(by, office_kind, unit)) == LEVEL_FIRST:
        return why
    rights = office_kind.rights.order_by("pk").values_list("verb", "kind")
    missing = [words_of_right(verb, kind) for verb, kind in rights if not by.may(verb, kind, unit)]
    names = "; ".join(missing[:MOST_RIGHTS]) + ("…" if len(missing) > MOST_RIGHTS else "")
    refusal = _(
        "Ông/bà không giao được chức trách này ở đây, vì chính ông/bà không có quyền: %(rights)s."
    ) % {"rights": names or words_of_right("appoint", "office")}
    if by.may("appoint", "office", WHOLE_COUNTRY):
        who = _(
            "Chủ tịch Ủy ban nhân dân của nơi ấy mời được, sau khi đã nhận chức trách của mình."
        )
    else:
        who = _("Hãy nhờ người quản trị hệ thống, hoặc người giữ chức trách cao hơn, mời.")
    return f"{refusal} {who}"


def _why_not_first(
    by: Acting, office_kind: OfficeKind, unit: Unit, apart_from: int | None = None
) -> str:
    """Why the installation does not give the office at the unit now; "" where it does."""
    installation = Installation.objects.first()
    if office_kind.pk not in FIRST_OFFICES or not by.may("appoint", "office", WHOLE_COUNTRY):
        return _("Chức trách này không do bản cài đặt giao.")
    if installation is None or installation.place_id is None:
        return _("Chưa ghi nơi sử dụng: hãy ghi ở trang “Thiết lập” trước.")
    chart = boundaries(today())
    lineage = [unit.pk, *chart.ancestors(unit.pk)]
    if unit.pk not in chart or installation.place_id not in lineage:
        return _(
            "Người quản trị chỉ mời người đầu tiên giữ chức trách này ở %(place)s hoặc bên dưới. "
            "Nơi khác thì đổi nơi sử dụng ở trang “Thiết lập”."
        ) % {"place": name_of(installation.place_id, today())}
    return _why_occupied(office_kind, chart, lineage, apart_from)


def _why_occupied(
    office_kind: OfficeKind, chart: Boundaries, lineage: Iterable[int], apart_from: int | None
) -> str:
    """Who gives the office instead, since somebody has or had it there or above; "" for nobody."""
    unit, *_above = lineage
    at_place = {"office_kind": office_kind, "unit__in": lineage}
    invitation = Invitation.objects.valid().filter(**at_place).exclude(pk=apart_from).first()
    if invitation is not None:
        words = {"name": invitation.name, "place": name_of(invitation.unit_id, today())}
        return (
            _(
                "%(name)s đang được mời giữ chức trách này ở %(place)s. Nhầm người thì thu hồi "
                "giấy mời ấy rồi mời lại; đúng người thì người ấy nhận xong sẽ mời bên dưới."
            )
            % words
        )
    holdings = Holding.objects.filter(**at_place).select_related("account")
    for holding in holdings.order_by("-since", "-pk"):
        if holding.until is None or holding.until > today():
            words = {"name": holding.account.name, "place": name_of(holding.unit_id, today())}
            return (
                _(
                    "%(name)s giữ chức trách này ở %(place)s: chỉ người ấy mời được người khác "
                    "giữ, ở đó hoặc bên dưới. Người ấy đã thôi thì ghi kết thúc chức trách trước."
                )
                % words
            )
    below = chart.subtree(unit)
    if holdings.exists() and _keeps_files(below):
        return _(
            "Chức trách này đã từng có người giữ và nơi này đã có hồ sơ của người dân, nên người "
            "quản trị không mời được: người giữ máy chủ giao lại bằng lệnh danchu account appoint."
        )
    return ""


def needs_command(office: str, unit_id: int) -> bool:
    """Whether no page gives this first office at the unit again: somebody held it there, above or
    below, nobody does now, and files of citizens are kept there.
    """
    chart = boundaries(today())
    if unit_id not in chart:
        return False
    below = chart.subtree(unit_id)
    units = [*below, *chart.ancestors(unit_id)]
    holdings = Holding.objects.filter(office_kind=office, unit__in=units)
    lasting = Q(until=None) | Q(until__gt=today())
    was_held = holdings.exists() and not holdings.filter(lasting).exists()
    return was_held and _keeps_files(below)


def _keeps_files(units: Iterable[int]) -> bool:
    """Whether petitions or visits of citizens are recorded at one of the units."""
    return (
        Petition.objects.filter(unit__in=units).exists()
        or Visit.objects.filter(unit__in=units).exists()
    )
