"""Which unit answers a matter at a place: by the level of the matter, on the map of the day."""

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.models import Body, Unit


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
            raise Refused(
                _("Nơi này đã được chia cho nhiều đơn vị. Hãy ghi tên đơn vị hiện nay."), "place"
            )
        unit = successors[0]
    for candidate in (unit, *chart.ancestors(unit)):
        if chart.level_of(candidate) == matter.level:
            unit = candidate
            break
    body = Body.objects.on(day).filter(unit=unit, kind=matter.body).order_by("pk").first()
    return Unit.objects.get(pk=unit), body
