"""Violations that boards find: written down, resolved on the spot, taken back when there was
none.
"""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.recommendations import ANSWER_RULES
from danchu.inspection.input.recovered import check_recovered
from danchu.inspection.lives import FINDING_LIFE
from danchu.inspection.models import Finding
from danchu.inspection.moves import ROUND
from danchu.journal.actions import record
from danchu.kernel.days import check_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import check_length, reason_of

LENGTHS = {"number": 60, "title": 180, "place": 200}


@transaction.atomic
def record_finding(
    *,
    by,
    board,
    found_on,
    title,
    detail="",
    place="",
    number="",
    round=None,
    project=None,
    uid=None,
):
    """A violation the board found, of one of its rounds if any. Public once it is recommended."""
    require(by.may("draft", ROUND, board.unit_id), _("Ông/bà không có quyền ghi việc của Ban này."))
    if board.kind not in ANSWER_RULES:
        raise Refused(_("Kiến nghị phải là của một Ban Thanh tra nhân dân. Hãy chọn Ban."), "board")
    if round is not None and (round.kind != ROUND or round.unit_id != board.unit_id):
        raise Refused(
            _("Cuộc giám sát này không phải của đơn vị của Ban. Hãy chọn cuộc khác."), "round"
        )
    if project is not None and project.board_id != board.pk:
        raise Refused(_("Dự án này không phải của Ban. Hãy chọn dự án của Ban."), "project")
    texts = {"number": clean(number), "title": clean(title), "place": clean(place)}
    for name, most in LENGTHS.items():
        check_length(texts[name], name, most)
    if not texts["title"]:
        raise Refused(_("Hãy ghi vụ việc vi phạm."), "title")
    check_day(found_on, None, "found_on")
    check_unsent(Finding, uid)
    made = Finding.objects.create(
        uid=uid or uuid4(),
        unit_id=board.unit_id,
        board=board,
        round=round,
        project=project,
        found_on=found_on,
        detail=str(detail or "").strip()[:10_000],
        made_by=by.key,
        made_at=datetime.now(UTC),
        **texts,
    )
    record(by, "finding.recorded", made, unit=made.unit_id)
    return made


@transaction.atomic
def resolve_finding(finding, *, by, on, outcome, money=0, land=0, reduced=0):
    """It was put right without a recommendation, as the board has seen; what was recommended is
    settled there.
    """
    FINDING_LIFE.require(by, "resolve", finding)
    found = FINDING_LIFE.hold(finding, "resolve")
    check_day(on, found.found_on, "on")
    if not clean(outcome):
        raise Refused(_("Hãy ghi đã giải quyết thế nào."), "outcome")
    recovered = check_recovered(money=money, land=land, reduced=reduced)
    found.resolved_on = on
    found.outcome = str(outcome).strip()[:10_000]
    found.money = money
    found.land = land
    found.reduced = reduced
    found.save(update_fields=["resolved_on", "outcome", *recovered])
    record(by, "finding.resolved", found, unit=found.unit_id, on=on.isoformat())
    return found


@transaction.atomic
def withdraw_finding(finding, *, by, on, reason):
    """There was no violation: it counts no longer and stays readable to officials with the
    reason.
    """
    FINDING_LIFE.require(by, "withdraw", finding)
    found = FINDING_LIFE.hold(finding, "withdraw")
    check_day(on, found.found_on, "on")
    found.withdrawn_on = on
    found.reason = reason_of(reason)
    found.save(update_fields=["withdrawn_on", "reason"])
    record(by, "finding.withdrawn", found, unit=found.unit_id, reason=found.reason)
    return found
