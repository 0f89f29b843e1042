"""Reports to the People's Council: they write themselves, and are owed."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.disclosure.council_text import report_text
from danchu.disclosure.lives import COUNCIL_LIFE, DISCLOSURE
from danchu.disclosure.models import CouncilReport, Item, PostingPlace
from danchu.disclosure.quarters import half_years_over
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, day_of, now, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.law.book import book
from danchu.obligations.actions import owe
from danchu.obligations.clock import LAW
from danchu.obligations.writes import meet_unless_closed
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit

RULE = "disclosure.report"
SUBJECT = "council_report"
LONGEST = 120


@transaction.atomic
def write_council_reports(*, by: Acting) -> int:
    """Write the report of each period that is over, for units that say where they post; returns how
    many. Idempotent. Denied without the right.
    """
    require(by.may("draft", "disclosure", None), COUNCIL_LIFE.no_right)
    first = Item.objects.order_by("made_at").values_list("made_at", flat=True).first()
    if first is None:
        return 0
    places = PostingPlace.objects.on(today()).values("unit")
    number = 0
    for unit in Unit.objects.filter(pk__in=places, level="commune").order_by("pk"):
        for since, until in half_years_over(day_of(first), today()):
            if not CouncilReport.objects.filter(unit=unit, until=until).exists():
                write_council_report(by=by, unit=unit, since=since, until=until)
                number += 1
    if number:
        record(by, "council_reports.written", None, number=number)
    return number


@transaction.atomic
def write_council_report(*, by: Acting, unit: Unit, since: date, until: date) -> CouncilReport:
    """The report of a unit on one period that is over, which it owes from then on. Refused, on
    `until`, for a period that runs or has its report; Denied without the right.
    """
    require(by.may("draft", DISCLOSURE, unit), COUNCIL_LIFE.no_right)
    if until > today() or CouncilReport.objects.filter(unit=unit, until=until).exists():
        raise Refused(_("Kỳ này chưa hết hoặc đã có báo cáo."), "until")
    report = CouncilReport.objects.create(
        uid=uuid4(),
        unit=unit,
        since=since,
        until=until,
        text=report_text(unit, since, until, by),
        made_by=by.key,
        made_at=now(),
    )
    if book().is_in_force(RULE, until):
        report.obligation = owe(
            by=LAW,
            unit=unit,
            rule_key=RULE,
            event_on=until,
            title=report.title,
            owed_to=_("Hội đồng nhân dân; gửi Mặt trận Tổ quốc"),
            subject_kind=SUBJECT,
            subject=report.pk,
        )
        report.save(update_fields=["obligation"])
    record(by, "council_report.written", report, unit=unit)
    return report


@transaction.atomic
def send_council_report(
    report: CouncilReport, *, by: Acting, on: date, copied_on: date, document: str, session: str
) -> CouncilReport:
    """Write down when the report was sent to which session of the Council, and its copy to the
    Front. Refused by field; Denied without the right.
    """
    COUNCIL_LIFE.require(by, "send", report)
    report = COUNCIL_LIFE.hold(report, "send")
    with all_refusals() as rule:
        with rule():
            check_day(on, report.until, "on")
        with rule():
            check_day(copied_on, report.until, "copied_on")
        with rule():
            required = _("Hãy ghi số, ký hiệu văn bản.")
            document = line_of(document, "document", LONGEST, required)
        with rule():
            session = line_of(session, "session", LONGEST, _("Hãy ghi kỳ họp."))
    fields = {"document": document, "session": session, "sent_on": on, "copied_on": copied_on}
    move_on(report, COUNCIL_LIFE, "send", **fields)
    duty = report.obligation
    if duty is not None:
        meet_unless_closed(duty, by=LAW, on=max(on, copied_on))
    record(by, "council_report.sent", report, unit=report.unit_id, on=on.isoformat())
    return report
