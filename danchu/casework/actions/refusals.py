"""Refused receptions: a line of the register with the ground in the law, and the written notice
by the head of the office within the legal time limit.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from danchu.casework.actions.visits import record_visit
from danchu.casework.lives import BOOK, VISIT_LIFE
from danchu.casework.models import Visit
from danchu.casework.moves import NO_RIGHT
from danchu.casework.rules.refusals import reason_on, reasons
from danchu.casework.writes.trail import check_day
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation
from danchu.units.models import Unit

NOTICE = "reception.refusal"
LONGEST_NUMBER = 30


@transaction.atomic
def refuse_reception(
    *,
    by: Acting,
    unit: Unit,
    reason: str,
    received_on: date,
    nature: str,
    name: str,
    guidance: str = "",
    handled_before: str = "",
    **fields: Any,
) -> Visit:
    """Write down that somebody was not received, with the ground in the law of the day; the line
    is not counted as a visit. `reason` is the key of the ground, `fields` those of `record_visit`.

    Where the law asks for a written notice, the notice is owed from that day; elsewhere `guidance`
    says what was explained at once. Refused by field; Denied without the right.
    """
    require(by.may("draft", BOOK, unit), NO_RIGHT)
    if not isinstance(received_on, date):
        raise Refused(_("Hãy ghi ngày."), "received_on")
    ground = _checked_ground(reason, received_on, nature, guidance, handled_before)
    if not ground.needs_notice and nature != "denunciation":
        # The register is in Vietnamese, whatever language the clerk reads.
        with translation.override("vi"):
            name = clean(name) or _("Không cho biết họ tên")
    visit = record_visit(
        by=by,
        unit=unit,
        received_on=received_on,
        nature=nature,
        name=name,
        guidance=guidance,
        handled_before=handled_before,
        **fields,
    )
    visit.refused_for = ground.key
    visit.save(update_fields=["refused_for"])
    if ground.needs_notice:
        _owe_notice(visit, received_on)
    record(by, "visit.refused", visit, unit=visit.unit_id, reason=ground.key)
    return visit


def _checked_ground(reason, received_on, nature, guidance, handled_before):
    """The Reason with the key; Refused by field where the law of the day does not know it for the
    nature, and where a text that it needs is missing.
    """
    if reason not in reasons():
        raise Refused(_("Hãy chọn lý do trong danh sách."), "reason")
    ground = reason_on(reason, received_on, nature)
    if ground is None:
        raise Refused(
            _(
                "Luật của ngày %s không cho từ chối tiếp vì lý do này với loại việc này. "
                "Hãy chọn lý do khác, hoặc tiếp công dân."
            )
            % show_day(received_on),
            "reason",
        )
    with all_refusals() as rule:
        if ground.needs_body and not clean(handled_before):
            with rule():
                raise Refused(
                    _(
                        "Hãy ghi cơ quan đã hoặc đang giải quyết và số văn bản: lý do này dựa "
                        "vào đó."
                    ),
                    "handled_before",
                )
        if not ground.needs_notice and not clean(guidance):
            with rule():
                raise Refused(
                    _(
                        "Hãy ghi đã giải thích gì cho công dân: lý do này phải được giải thích "
                        "trực tiếp."
                    ),
                    "guidance",
                )
    return ground


def _owe_notice(visit, received_on):
    """Create the obligation to give notice, where a rule in force on the day sets a time limit."""
    if any(rule.in_force(received_on) for rule in book().versions(NOTICE)):
        rule = book().rule(NOTICE, received_on)
        owe(
            by=LAW,
            unit=visit.unit,
            rule_key=NOTICE,
            event_on=received_on,
            title=f"{rule.vi}: {visit.code}"[:200],
            subject_kind="visit",
            subject=visit.pk,
        )


@transaction.atomic
def issue_refusal(visit: Visit, *, by: Acting, on: date, number: str) -> Visit:
    """Write down that the head of the office signed the notice of a refused reception on the day,
    under this number; the obligation is met. Refused by field; Denied without the right.
    """
    VISIT_LIFE.require(by, "issue", visit)
    visit = VISIT_LIFE.hold(visit, "issue")
    check_day(on, visit.received_on)
    number = clean(number)
    if not number or len(number) > LONGEST_NUMBER:
        raise Refused(_("Hãy ghi số của thông báo, không quá %s ký tự.") % LONGEST_NUMBER, "number")
    visit.noticed_on = on
    visit.notice_number = number
    visit.save(update_fields=["noticed_on", "notice_number"])
    for obligation in Obligation.objects.open().filter(
        subject_kind="visit", subject=str(visit.pk), rule__key=NOTICE
    ):
        meet_obligation(obligation, by=LAW, on=on)
    record(by, "visit.refusal_issued", visit, unit=visit.unit_id, on=on.isoformat())
    return visit
