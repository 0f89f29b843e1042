"""Refusing to receive: a line of the register with the ground of the law, and the head's notice
in the time of the law.
"""

from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from danchu.casework.actions.visits import record_visit
from danchu.casework.lives import BOOK, VISIT_LIFE
from danchu.casework.moves import NO_RIGHT
from danchu.casework.rules.refusals import reason_on, reasons
from danchu.casework.writes.trail import check_day
from danchu.journal.actions import record
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation

NOTICE = "reception.refusal"
LONGEST_NUMBER = 30


@transaction.atomic
def refuse_reception(
    *, by, unit, reason, received_on, nature, name, guidance="", handled_before="", **line
):
    """Write down that somebody was not received, on which ground of the law of the day; the line
    counts as no visit.

    Where the law asks for a notice in writing its time begins; elsewhere whoever receives explains
    at once: `guidance` says what.
    """
    require(by.may("draft", BOOK, unit), NO_RIGHT)
    if not isinstance(received_on, date):
        raise Refused(_("Hãy ghi ngày."), "received_on")
    ground = _checked_ground(reason, received_on, nature, guidance, handled_before)
    if not ground.needs_notice and nature != "denunciation":
        # As the register says it, whatever the language of the clerk.
        with translation.override("vi"):
            name = clean(name) or _("Không cho biết họ tên")
    made = record_visit(
        by=by,
        unit=unit,
        received_on=received_on,
        nature=nature,
        name=name,
        guidance=guidance,
        handled_before=handled_before,
        **line,
    )
    made.refused_for = ground.key
    made.save(update_fields=["refused_for"])
    if ground.needs_notice:
        _owe_notice(made, received_on)
    record(by, "visit.refused", made, unit=made.unit_id, reason=ground.key)
    return made


def _checked_ground(reason, received_on, nature, guidance, handled_before):
    """The ground of the law of the day; Refused where it does not hold or lacks its facts."""
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
    if ground.needs_body and not clean(handled_before):
        raise Refused(
            _("Hãy ghi cơ quan đã hoặc đang giải quyết và số văn bản: lý do này dựa vào đó."),
            "handled_before",
        )
    if not ground.needs_notice and not clean(guidance):
        raise Refused(
            _("Hãy ghi đã giải thích gì cho công dân: lý do này phải được giải thích trực tiếp."),
            "guidance",
        )
    return ground


def _owe_notice(visit, received_on):
    """The notice in writing is owed from the day, where a rule of the day says until when."""
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
def issue_refusal(visit, *, by, on, number):
    """The head signed the notice of a refused reception on the day, under this number."""
    VISIT_LIFE.require(by, "issue", visit)
    found = VISIT_LIFE.hold(visit, "issue")
    check_day(on, found.received_on)
    number = clean(number)
    if not number or len(number) > LONGEST_NUMBER:
        raise Refused(_("Hãy ghi số của thông báo, không quá %s ký tự.") % LONGEST_NUMBER, "number")
    found.noticed_on = on
    found.notice_number = number
    found.save(update_fields=["noticed_on", "notice_number"])
    for owed in Obligation.objects.open().filter(
        subject_kind="visit", subject=str(found.pk), rule__key=NOTICE
    ):
        meet_obligation(owed, by=LAW, on=on)
    record(by, "visit.refusal_issued", found, unit=found.unit_id, on=on.isoformat())
    return found
