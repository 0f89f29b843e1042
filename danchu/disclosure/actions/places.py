"""The places where a commune discloses: opened and closed."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.disclosure.lives import DISCLOSURE, OF_VILLAGES, PLACE_LIFE, PlaceKind
from danchu.disclosure.models import PostingPlace
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of
from danchu.units.models import Unit
from danchu.units.names import names_on
from danchu.units.on_day import check_unit_on

LONGEST_NAME = 120


@transaction.atomic
def open_place(
    *,
    by: Acting,
    unit: Unit,
    kind: str,
    name: str,
    since: date,
    village: Unit | None = None,
    uid: UUID | None = None,
) -> PostingPlace:
    """Write down a board, loudspeaker, page or village head where `unit` discloses, in use from
    `since` on. Refused by field; Denied without the right.
    """
    require(by.may("draft", DISCLOSURE, unit), PLACE_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            name = line_of(name, "name", LONGEST_NAME, _("Hãy ghi tên nơi công khai."))
        with rule():
            if kind not in PlaceKind.values:
                raise Refused(_("Hãy chọn trong danh sách."), "kind")
        with rule():
            check_day(since, None, "since")
    check_unit_on(unit, since, "since")
    _check_village(unit, village, kind, since)
    check_unsent(PostingPlace, uid)
    place = PostingPlace.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        village=village,
        kind=kind,
        name=name,
        since=since,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "posting_place.opened", place, unit=unit, of=kind)
    return place


def _check_village(unit, village, kind, since):
    """Refused, on its field, where the village is missing, or belongs to another commune."""
    if village is None:
        if kind in OF_VILLAGES:
            raise Refused(_("Hãy chọn thôn, tổ dân phố của nơi này."), "village")
        return
    standing = names_on(since).get(village.pk)
    if standing is None or standing.level != "village" or standing.parent_id != unit.pk:
        raise Refused(_("Thôn, tổ dân phố này không thuộc đơn vị đã chọn vào ngày đó."), "village")


@transaction.atomic
def close_place(place: PostingPlace, *, by: Acting, on: date) -> PostingPlace:
    """The place is used no more from the day on; nothing may hang there any longer. Refused by
    field; Denied without the right.
    """
    PLACE_LIFE.require(by, "close", place)
    place = PLACE_LIFE.hold(place, "close")
    check_day(on, None, "on")
    if on <= place.since:
        raise Refused(_("Ngày thôi dùng phải sau ngày bắt đầu dùng."), "on")
    if place.postings.filter(until=None).exists():
        raise Refused(_("Ở đây còn nội dung đang niêm yết. Hãy ghi gỡ xuống trước."), "on")
    place.until = on
    place.save(update_fields=["until"])
    record(by, "posting_place.closed", place, unit=place.unit_id, on=on.isoformat())
    return place
