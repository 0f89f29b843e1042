"""Who answers a matter at a place: by the level the matter belongs to, on the map of the day."""

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.models import Body, Unit


def superior_of(unit, day):
    """(unit, body or None) that answers a second complaint: the committee of the level above,
    on the map of the day.
    """
    chart = boundaries(day)
    above = (
        next(
            (
                heir
                for heir in chart.ancestors(unit)
                if chart.level_of(heir) in ("district", "province")
            ),
            None,
        )
        if unit in chart
        else None
    )
    if above is None:
        raise Refused(
            _(
                "Khiếu nại lần hai đối với nơi này do Bộ trưởng, Thủ trưởng cơ quan "
                "ngang Bộ giải quyết: hãy gửi đơn đến đó."
            ),
            "unit",
        )
    return Unit.objects.get(pk=above), Body.objects.on(day).filter(
        unit=above, kind="peoples_committee"
    ).order_by("pk").first()


def handler_of(matter, place, day):
    """(unit, body or None) that answers `matter` at `place` on the day.

    A place that is no longer there is looked for where it went; Refused where it was divided, since
    then nobody but the sender knows which part is meant.
    """
    chart = boundaries(day)
    unit = getattr(place, "pk", place)
    if unit not in chart:
        heirs = [heir for heir, share in chart.place(unit).items() if heir in chart and share != 0]
        if len(heirs) != 1:
            raise Refused(
                _("Nơi này đã được chia cho nhiều đơn vị. Hãy ghi tên đơn vị hiện nay."), "place"
            )
        unit = heirs[0]
    for above in (unit, *chart.ancestors(unit)):
        if chart.level_of(above) == matter.level:
            unit = above
            break
    body = Body.objects.on(day).filter(unit=unit, kind=matter.body).order_by("pk").first()
    return Unit.objects.get(pk=unit), body
