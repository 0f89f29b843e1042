"""The plan of a consultation, to whom it was sent, and the versions of its content."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.consultation.difference import paragraphs_of
from danchu.consultation.lives import CONSULTATION, CONSULTATION_LIFE, State
from danchu.consultation.matters import (
    PERIOD_RULE,
    Exempt,
    Form,
    is_individual,
    matters_on,
    period_rules,
)
from danchu.consultation.models import Consultation, Content
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of, line_of, text_of
from danchu.subjects.writes import next_number
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on

LONGEST_TITLE = 180
LONGEST_NOTE = 300
LONGEST_CONTENT = 100_000


@transaction.atomic
def plan_consultation(
    *,
    by: Acting,
    unit: Unit,
    planned_on: date,
    matter: int,
    title: str,
    plan: str,
    ways: Iterable[str],
    responsible: str,
    groups: str = "",
    period_rule: str = PERIOD_RULE,
    exempt: str = "",
    illustrative: bool = False,
    uid: UUID | None = None,
) -> Consultation:
    """A plan was issued on `planned_on` to ask the people about a matter of article 25; `groups`
    are those to be heard, one a line. Refused by field; Denied without the right.
    """
    require(by.may("draft", CONSULTATION, unit), CONSULTATION_LIFE.no_right)
    ways = list(dict.fromkeys(ways))
    with all_refusals() as rule:
        with rule():
            _check_planned_on(unit, planned_on)
            _check_matter(matter, planned_on)
            _check_period(period_rule, planned_on)
            _check_exempt(exempt, matter, planned_on)
        with rule():
            title = line_of(title, "title", LONGEST_TITLE, _("Hãy ghi hỏi dân về việc gì."))
        with rule():
            plan = content_of(plan, "plan")
        with rule():
            groups = text_of(groups, "groups", 2000)
        with rule():
            responsible = line_of(
                responsible, "responsible", 200, _("Hãy ghi ai chịu trách nhiệm.")
            )
        if not ways or not set(ways) <= set(Form.values):
            with rule():
                raise Refused(_("Hãy chọn hình thức lấy ý kiến (Điều 26)."), "ways")
    check_unsent(Consultation, uid)
    consultation = Consultation.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        planned_on=planned_on,
        matter=matter,
        is_individual=is_individual(matter, planned_on),
        exempt=exempt,
        title=title,
        plan=plan,
        ways=ways,
        groups=groups,
        responsible=responsible,
        period_rule=period_rule,
        illustrative=illustrative,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "consultation.planned", consultation, unit=unit, matter=matter)
    return consultation


@transaction.atomic
def send_plan(
    consultation: Consultation, *, by: Acting, council_on: date, front_on: date
) -> Consultation:
    """Write down on which days the plan was sent to the People's Council and to the Front."""
    CONSULTATION_LIFE.require(by, "send", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "send")
    with all_refusals() as rule:
        with rule():
            check_day(council_on, consultation.planned_on, "council_on")
        with rule():
            check_day(front_on, consultation.planned_on, "front_on")
    consultation.council_on = council_on
    consultation.front_on = front_on
    consultation.save(update_fields=["council_on", "front_on"])
    record(
        by,
        "consultation.sent",
        consultation,
        unit=consultation.unit_id,
        council=council_on.isoformat(),
        front=front_on.isoformat(),
    )
    return consultation


@transaction.atomic
def write_content(
    consultation: Consultation, *, by: Acting, on: date, text: str, note: str = ""
) -> Consultation:
    """A new version of what people are asked about, from `on`; all versions stay readable, with
    what each changed and, from the second, why (`note`).
    """
    CONSULTATION_LIFE.require(by, "write", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "write")
    last = consultation.contents.order_by("-number").first()
    with all_refusals() as rule:
        with rule():
            check_day(on, last.since if last else None, "on")
        with rule():
            text = content_of(text, "text", LONGEST_CONTENT)
            if last and paragraphs_of(last.text) == paragraphs_of(text):
                raise Refused(_("Nội dung không khác bản trước."), "text")
        with rule():
            why = _("Hãy ghi đã sửa gì, vì sao.") if last else ""
            note = line_of(note, "note", LONGEST_NOTE, why)
    content = Content.objects.create(
        consultation=consultation,
        number=next_number(consultation.contents),
        text=text,
        note=note,
        since=on,
        made_by=by.key,
        made_at=now(),
    )
    record(
        by,
        "consultation.written",
        consultation,
        unit=consultation.unit_id,
        number=content.number,
        while_open=consultation.state == State.OPEN,
    )
    return consultation


def _check_planned_on(unit, day):
    check_day(day, None, "planned_on")
    check_unit_on(unit, day, "planned_on")


def _check_matter(matter, day):
    if matter in matters_on(day):
        return
    if not matters_on(day):
        raise Refused(
            _("Ngày %s chưa có quy định về lấy ý kiến Nhân dân trong bộ luật.") % show_day(day),
            "planned_on",
        )
    raise Refused(_("Hãy chọn nội dung theo Điều 25."), "matter")


def _check_period(key, day):
    if key not in {rule.key for rule in period_rules(day)}:
        raise Refused(_("Hãy chọn quy định về thời gian lấy ý kiến."), "period_rule")


def _check_exempt(exempt, matter, day):
    if exempt and (exempt not in Exempt.values or not is_individual(matter, day)):
        raise Refused(
            _("Chỉ dự thảo quyết định cá biệt mới có trường hợp không báo (Điều 27)."), "exempt"
        )
