"""Which unit answers a matter at a place: by the level of the matter, on the map of the day."""

from django.utils.translation import gettext as _

from danchu.casework.moves import FILE
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.people.holders import holdings_of
from danchu.people.models import Holding
from danchu.units.choices import choice_of, successors_on
from danchu.units.maps import boundaries
from danchu.units.models import Body, Unit
from danchu.units.names import name_of, names_on


def superior_of(unit, day):
    """(unit, body or None) that answers a second complaint: the People's Committee of the next
    level above, on the map of the day. Refused where no unit here is above.
    """
    chart = boundaries(day)
    superior = (
        next(
            (
                ancestor
                for ancestor in chart.ancestors(unit)
                if chart.level_of(ancestor) in ("district", "province")
            ),
            None,
        )
        if unit in chart
        else None
    )
    if superior is None:
        raise Refused(
            _(
                "Khiếu nại lần hai đối với nơi này do Bộ trưởng, Thủ trưởng cơ quan "
                "ngang Bộ giải quyết: hãy gửi đơn đến đó."
            ),
            "unit",
        )
    return Unit.objects.get(pk=superior), Body.objects.on(day).filter(
        unit=superior, kind="peoples_committee"
    ).order_by("pk").first()


def handler_of(matter, place, day):
    """(unit, body or None) that answers `matter` at `place` on the day.

    For a place that has ended it is the unit of its successor; Refused on "place" where it was
    divided, since only the sender knows which part is meant.
    """
    chart = boundaries(day)
    unit = getattr(place, "pk", place)
    if unit not in chart:
        successors = [
            successor
            for successor, share in chart.place(unit).items()
            if successor in chart and share != 0
        ]
        if len(successors) != 1:
            names = names_on(day)
            raise Refused(
                _("Nơi này đã được chia cho nhiều đơn vị. Hãy ghi tên đơn vị hiện nay."),
                "place",
                choices=[choice_of(successor, names) for successor in successors],
            )
        unit = successors[0]
    for candidate in (unit, *chart.ancestors(unit)):
        if chart.level_of(candidate) == matter.level:
            unit = candidate
            break
    body = Body.objects.on(day).filter(unit=unit, kind=matter.body).order_by("pk").first()
    return Unit.objects.get(pk=unit), body


def check_certain(matter, place, day):
    """Refused on "place", with the choices, for a district that has ended where a commune answers
    the matter: only the sender knows which.
    """
    chart = boundaries(day)
    if place in chart or chart.level_of(place) != "district" or matter.level != "commune":
        return
    names = names_on(day)
    raise Refused(
        _("Cấp huyện không còn nữa: hãy chọn phường, xã nơi xảy ra việc."),
        "place",
        choices=[choice_of(unit, names) for unit in successors_on(chart, place)],
    )


def check_receives(unit, place, day):
    """Refused on "place" where nobody holds an office that takes petitions in at the unit which
    answers the place, and somebody does elsewhere: the installation is not used there. One in
    which nobody holds such an office yet keeps what is sent for whoever will.
    """
    if holdings_of("draft", FILE, unit).exists():
        return
    offices = Holding.objects.in_force(today()).filter(
        office_kind__rights__verb="draft", office_kind__rights__kind=FILE
    )
    if not offices.exists():
        return
    raise Refused(
        _(
            "%(place)s chưa nhận đơn ở trang này, nên đơn chưa được gửi. Hãy gửi trực tiếp hoặc "
            "qua bưu điện tới Ủy ban nhân dân %(unit)s; phản ánh, kiến nghị gửi được ở Cổng Dịch "
            "vụ công quốc gia (dichvucong.gov.vn)."
        )
        % {"place": name_of(place, day), "unit": name_of(unit, day)},
        "place",
    )
