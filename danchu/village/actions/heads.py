"""Heads of villages: who serves, who stands in, who is asked to be released."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.input.household_fields import check_village
from danchu.decision.models import HouseholdDecision
from danchu.decision.models.decisions import Proposer
from danchu.decision.writes.proposals import put_forward
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of, reason_of
from danchu.units.models import Unit
from danchu.units.names import name_of
from danchu.village import stored
from danchu.village.lives import HEAD_LIFE, OFFICE
from danchu.village.models import HeadRelease, VillageHead
from danchu.village.models.heads import LONGEST_NAME, Ground
from danchu.village.rules.days import check_asking, check_term, last_day
from danchu.village.writes.heads import INTERIM, begin_head, end_head
from danchu.village.writes.owing import owe_by_committee

LONGEST_NUMBER = 60
ITEM = 4
UNSETTLED = ("not_passed", "short")


@transaction.atomic
def enter_head(
    *,
    by: Acting,
    unit: Unit,
    name: str,
    since: date,
    document: str,
    is_interim: bool = False,
    term_until: date | None = None,
    uid: UUID | None = None,
) -> VillageHead:
    """Write down a head whom the commune recognised outside this system, or an interim one whom its
    chair appointed, whose time the law limits. Refused by field; Denied without the right.
    """
    require(by.may("draft", OFFICE, unit), HEAD_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            check_village(unit, since)
        with rule():
            name = line_of(name, "name", LONGEST_NAME, _("Hãy ghi họ tên."))
        with rule():
            document = line_of(document, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
        with rule():
            latest = last_day(INTERIM, since) if is_interim and isinstance(since, date) else None
            term_until = term_until or latest
            if not isinstance(term_until, date):
                raise Refused(_("Hãy ghi ngày hết nhiệm kỳ."), "term_until")
            if latest is not None and term_until > latest:
                raise Refused(_("Người lâm thời làm lâu nhất sáu tháng."), "term_until")
            check_term(since, term_until, "term_until")
    check_unsent(VillageHead, uid)
    head = begin_head(
        unit=unit,
        name=name,
        since=since,
        term_until=term_until,
        by=by,
        uid=uid,
        is_interim=is_interim,
        document=document,
    )
    record(by, "village_head.entered", head, unit=unit, interim=is_interim)
    if is_interim:
        title = stored.INTERIM_OWED.format(place=name_of(unit, since))
        owe_by_committee(head, INTERIM, since, title, by)
    return head


@transaction.atomic
def ask_release(
    head: VillageHead, *, by: Acting, on: date, ground: str, asking: int = 0
) -> HouseholdDecision:
    """The head asks to be released, the Front proposes so, or so many households do: the matter is
    put before the households. Refused, by field, where too few households ask, and while another
    such matter is open.
    """
    HEAD_LIFE.require(by, "ask_release", head)
    head = HEAD_LIFE.hold(head, "ask_release", "unit")
    households = 0
    with all_refusals() as rule:
        with rule():
            check_day(on, head.since, "on")
            if ground == Ground.HOUSEHOLDS:
                households = check_asking("release.petition", asking, head.unit_id, on, "asking")
        with rule():
            if ground not in Ground.values:
                raise Refused(_("Hãy chọn trong danh sách."), "ground")
    for one in head.releases.select_related("decision"):
        if one.decision.settled_on is None and one.decision.state != "withdrawn":
            raise Refused(_("Việc cho thôi đang được đưa ra các hộ."))
    place = name_of(head.unit, on)
    decision = put_forward(
        by=by,
        unit=head.unit,
        item=ITEM,
        title=stored.RELEASE.format(place=place),
        content=stored.GROUNDS[ground],
        proposer=Proposer.FRONT.value,
        proposed_on=on,
        day_field="on",
    )
    HeadRelease.objects.create(
        head=head,
        decision=decision,
        ground=ground,
        asked_on=on,
        asking=asking if households else 0,
        households_then=households,
    )
    record(by, "village_head.release_asked", head, unit=head.unit_id, ground=ground)
    return decision


@transaction.atomic
def decide_release(
    head: VillageHead, *, by: Acting, on: date, document: str, reason: str
) -> VillageHead:
    """The People's Committee, after agreeing with the Front, releases a head on whom the households
    could not agree. Refused before they were asked.
    """
    HEAD_LIFE.require(by, "decide_release", head)
    head = HEAD_LIFE.hold(head, "decide_release", "unit")
    request = head.releases.select_related("decision").order_by("-pk").first()
    if request is None or request.decision.state not in UNSETTLED:
        raise Refused(
            _("Chỉ quyết định khi đã họp mà các hộ không thống nhất được (Nghị định 59 Điều 9).")
        )
    with all_refusals() as rule:
        with rule():
            check_day(on, request.asked_on, "on")
        with rule():
            document = line_of(document, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
        with rule():
            reason = reason_of(reason)
    end_head(head, on, "decided", by, end_document=document, reason=reason)
    record(by, "village_head.ended", head, unit=head.unit_id, on=on.isoformat())
    return head


@transaction.atomic
def vacate_head(head: VillageHead, *, by: Acting, on: date, reason: str) -> VillageHead:
    """The post is vacant for another reason: the head died, moved away, was convicted."""
    HEAD_LIFE.require(by, "vacate", head)
    head = HEAD_LIFE.hold(head, "vacate", "unit")
    with all_refusals() as rule:
        with rule():
            check_day(on, head.since, "on")
        with rule():
            reason = reason_of(reason)
    end_head(head, on, "vacated", by, reason=reason)
    record(by, "village_head.ended", head, unit=head.unit_id, on=on.isoformat())
    return head
