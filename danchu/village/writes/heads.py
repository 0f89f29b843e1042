"""A head ends, or another one begins: in one place, whoever decides."""

from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.kernel.text import identity_key
from danchu.people.actions import end_holding
from danchu.people.models import Holding
from danchu.units.maps import boundaries
from danchu.units.names import name_of
from danchu.village import stored
from danchu.village.models import VillageHead
from danchu.village.writes.owing import excuse_owed, meet_owed, owe_by_committee

AGAIN = "election.again"
INTERIM = "head.interim"
TERM_END = "head.term_end"
OFFICE_KIND = "village_head"


def begin_head(*, unit, name, since, term_until, by, uid=None, **more):
    """The new row of a head. Who serves until then ends on that day, and so does their account's
    office unless they follow themselves; Refused where that one began on it or later.
    """
    before = VillageHead.objects.select_for_update().filter(unit=unit)
    for head in before.filter(Q(until=None) | Q(until__gt=since)):
        if head.since >= since or head.until is not None:
            raise Refused(
                _("Thôn, tổ dân phố này đã có trưởng thôn, tổ trưởng vào ngày ấy."), "since"
            )
        end_head(head, since, "succeeded", by)
        if identity_key(head.name) != identity_key(name):
            _end_account(head, since, by)
    return VillageHead.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        name=name,
        since=since,
        term_until=term_until,
        made_by=by.key,
        made_at=now(),
        **more,
    )


def end_head(head, on, ending, by, **more):
    """End the head on the day, with the account that held the office where the actor appoints. A
    new election is owed, unless somebody follows, who also takes the office over.
    """
    if on <= head.since:
        raise Refused(_("Ngày thôi phải sau ngày bắt đầu."), "on")
    head.until = on
    head.ending = ending
    for name, value in more.items():
        setattr(head, name, value)
    head.save(update_fields=["until", "ending", *more])
    if ending == "succeeded":
        meet_owed(head, TERM_END, on, by)
    excuse_owed(head, stored.ENDED)
    if ending == "succeeded":
        return
    _end_account(head, on, by)
    if not head.is_interim:
        title = stored.AGAIN_OWED.format(place=name_of(head.unit, on))
        owe_by_committee(head, AGAIN, on, title, by)


def restore_head(head, by, reason):
    """Take back that the head was released: they serve on, or served until another one followed,
    who stays. The account gets its office back only by an appointment.
    """
    following = VillageHead.objects.filter(unit=head.unit_id, since__gte=head.until)
    heir = following.order_by("since").first()
    head.until = heir.since if heir else None
    head.ending = "succeeded" if heir else ""
    if not head.end_document:  # an earlier version wrote it over the number of the recognition
        head.document = head.election.decision.document if head.election else ""
    head.end_document = ""
    head.reason = reason
    head.save(update_fields=["until", "ending", "document", "end_document", "reason"])
    if heir is None or not heir.is_interim:
        excuse_owed(head, stored.RELEASE_ANNULLED)


def meet_election_again(unit, settled_on, by):
    """The elections that are owed for heads who ended, at the village and at those that went into
    it, are held.
    """
    chart = boundaries(settled_on)
    villages = chart.sources(unit.pk) if unit.pk in chart else [unit.pk]
    for head in VillageHead.objects.filter(unit__in=list(villages)):
        meet_owed(head, AGAIN, settled_on, by)


def _end_account(head, on, by):
    """The accounts that hold the office of this village, where the actor may end them."""
    if not by.may("appoint", "office", head.unit_id):
        return
    holdings = Holding.objects.filter(unit=head.unit_id, office_kind=OFFICE_KIND, since__lte=on)
    for holding in holdings.filter(Q(until=None) | Q(until__gt=on)):
        end_holding(holding, by=by, until=on)
