"""The register of receptions (form 03/TCD): a line for each visit, sealed identities of
denouncers, and answers that are owed.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.access.codes import VISIT
from danchu.casework.input.identifying import identifying_detail
from danchu.casework.input.persons import checked_persons
from danchu.casework.lives import BOOK, VISIT_LIFE
from danchu.casework.models import Petition, ReceptionDay, Visit
from danchu.casework.models.reception import DayState, Form
from danchu.casework.moves import NO_RIGHT
from danchu.casework.natures import Nature
from danchu.casework.rules.groups import check_representatives, is_large
from danchu.casework.writes.bookings import forget_booking_of
from danchu.casework.writes.trail import check_day
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import new_prefixed_code
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean, paragraphs
from danchu.law.book import book
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import check_length
from danchu.subjects.writes import next_number
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on
from danchu.vault.actions import seal_identity

TEXTS = {"handled_before": 200, "guidance": 300, "handler": 200, "follow_up": 300, "note": 300}
SENT_BEFORE = gettext_lazy("Biểu này đã được gửi trước đó: lượt tiếp đã có trong sổ.")
LONGEST = 10_000
ANSWER = "reception.answer"
# What of a person stands in a line of the register.
PERSON = ("name", "address", "identity")


@transaction.atomic
def record_visit(
    *,
    by: Acting,
    unit: Unit,
    received_on: date,
    form: str,
    name: str,
    content: str,
    nature: str,
    address: str = "",
    identity: str = "",
    people: int = 1,
    representatives: int = 0,
    is_first: bool = True,
    competent: bool = True,
    day: ReceptionDay | None = None,
    petition: Petition | None = None,
    uid: UUID | None = None,
    secret_text: str = "",
    is_owed: bool = False,
    **texts: str,
) -> Visit:
    """Write one visit as the next line of the year's register, a denouncer's with a pseudonym;
    `texts` are those of TEXTS, `is_owed`: by law. Refused by field; Denied without the right.
    """
    require(by.may("draft", BOOK, unit), NO_RIGHT)
    with all_refusals() as rule:
        with rule():
            person, content = _clean_person_and_content(name, address, identity, content)
        with rule():
            texts = _checked_texts(texts)
        with rule():
            _check_line(unit, received_on, form, nature, people, representatives, petition)
    check_unsent(Visit, uid, SENT_BEFORE)
    code = new_prefixed_code(VISIT)
    sealed_identity = None
    if nature == Nature.DENUNCIATION:
        _check_anonymous({"content": content, **texts}, person)
        sealed_identity = _seal_person(by, unit, code, person, secret_text)
        person = dict.fromkeys(person, "")
    visit = Visit.objects.create(
        uid=uid or uuid4(),
        code=code,
        sealed=sealed_identity,
        unit=unit,
        content=content,
        nature=nature,
        representatives=representatives,
        is_first=bool(is_first),
        competent=bool(competent),
        petition=petition,
        made_by=by.key,
        made_at=now(),
        **_place_in_register(unit, received_on, form, people, day),
        **({field: person[field] for field in PERSON} | texts),
    )
    if is_owed:
        _owe_answer(visit)
    record(by, "visit.recorded", visit, unit=unit, number=visit.number, people=people)
    return visit


def _place_in_register(unit, received_on, form, people, day) -> dict[str, Any]:
    """When and in what form the people were received, with the columns that follow: the reception
    day, the number of the line in its year, whether the law of the day calls them a large group.
    """
    return {
        "received_on": received_on,
        "form": form,
        "people": people,
        "day": day or _reception_day(unit, received_on, form),
        "year": received_on.year,
        "number": _next_number(unit, received_on.year),
        "is_group": is_large(people, received_on),
    }


def _check_line(unit, received_on, form, nature, people, representatives, petition):
    is_day = isinstance(received_on, date) and received_on <= today()
    are_people = not isinstance(people, bool) and isinstance(people, int) and 1 <= people <= 100_000
    with all_refusals() as rule:
        if not is_day:
            with rule():
                raise Refused(_("Hãy ghi ngày tiếp, không ở tương lai."), "received_on")
        else:
            with rule():
                check_unit_on(unit, received_on, "received_on")
        if form not in Form.values or nature not in Nature.values:
            with rule():
                raise Refused(_("Hãy chọn trong danh sách."), "form")
        if not are_people:
            with rule():
                raise Refused(_("Số người phải là số nguyên từ 1."), "people")
        if is_day and are_people:
            with rule():
                check_representatives(representatives, people, received_on)
        with rule():
            _check_petition(petition, nature)


def _check_petition(petition, nature):
    """A visit of a denouncer is linked to a denunciation only, and no other visit to one."""
    if petition is None:
        return
    if (petition.nature == Nature.DENUNCIATION) != (nature == Nature.DENUNCIATION):
        raise Refused(
            _(
                "Lượt tiếp về tố cáo chỉ nối với đơn tố cáo, và ngược lại: tên trong sổ "
                "sẽ cho biết ai tố cáo."
            ),
            "petition",
        )


def _checked_texts(texts):
    checked = {field: clean(texts.get(field) or "") for field in TEXTS}
    with all_refusals() as rule:
        for field, most in TEXTS.items():
            with rule():
                check_length(checked[field], field, most)
    return checked


def _owe_answer(visit):
    """Create the obligation to answer within the legal time limit; none before there was one."""
    if not book().is_in_force(ANSWER, visit.received_on):
        return
    owe(
        by=LAW,
        unit=visit.unit,
        rule_key=ANSWER,
        event_on=visit.received_on,
        title=f"{book().rule(ANSWER, visit.received_on).vi}: {visit.code}"[:200],
        subject_kind="visit",
        subject=visit.pk,
    )


@transaction.atomic
def answer_visit(visit: Visit, *, by: Acting, on: date, text: str) -> Visit:
    """Write down the answer that was given on the day; the obligation is met. Refused by field;
    Denied without the right.
    """
    VISIT_LIFE.require(by, "answer", visit)
    visit = VISIT_LIFE.hold(visit, "answer")
    check_day(on, visit.received_on)
    text = clean(text)
    if not text or len(text) > TEXTS["guidance"]:
        raise Refused(
            _("Hãy ghi nội dung trả lời, không quá %s ký tự.") % TEXTS["guidance"], "text"
        )
    visit.answered_on = on
    visit.guidance = text
    visit.save(update_fields=["answered_on", "guidance"])
    for obligation in Obligation.objects.open().filter(subject_kind="visit", subject=str(visit.pk)):
        meet_obligation(obligation, by=LAW, on=on)
    record(by, "visit.answered", visit, unit=visit.unit_id, on=on.isoformat())
    return visit


@transaction.atomic
def seal_visit(visit: Visit, *, by: Acting, content: str) -> Visit:
    """Turn a line of the register into one of a denouncer: the person and the old texts are
    sealed, and `content`, which does not identify them, replaces what was said. Other texts that
    identify them are emptied. Refused by field; Denied without the right.
    """
    VISIT_LIFE.require(by, "seal", visit)
    visit = VISIT_LIFE.hold(visit, "seal", "unit")
    person, content = _clean_person_and_content(visit.name, visit.address, visit.identity, content)
    _check_anonymous({"content": content}, person)
    texts = {field: getattr(visit, field) for field in TEXTS}
    fields = {
        "sealed": _seal_person(
            by,
            visit.unit,
            visit.code,
            person,
            "\n".join(filter(None, (visit.content, *texts.values()))),
        ),
        "nature": Nature.DENUNCIATION,
        **dict.fromkeys(PERSON, ""),
        "content": content,
        **{
            field: "" if identifying_detail(text, [person]) else text
            for field, text in texts.items()
        },
    }
    for name, value in fields.items():
        setattr(visit, name, value)
    visit.save(update_fields=list(fields))
    forget_booking_of(visit)
    record(by, "visit.sealed", visit, unit=visit.unit_id)
    return visit


def _clean_person_and_content(name, address, identity, content):
    """(person, content) of a line, cleaned; Refused by field."""
    person = checked_persons([{"name": name, "address": address, "identity": identity}])[0]
    if not person["name"]:
        raise Refused(_("Hãy ghi họ tên người được tiếp hoặc người đại diện."), "name")
    content = paragraphs(content or "")
    if not clean(content) or len(content) > LONGEST:
        raise Refused(_("Hãy ghi nội dung trình bày, không quá %s ký tự.") % LONGEST, "content")
    return person, content


def _seal_person(by, unit, code, person, text):
    """The sealed identity of the visitor, under the pseudonym that the line shows."""
    return seal_identity(
        by=by,
        unit=unit,
        pseudonym=f"N{code}",
        words={"persons": [person], "text": paragraphs(text or "")},
    )


def _check_anonymous(texts, person):
    """Refused by field where an unsealed text identifies the denouncer."""
    for field, text in texts.items():
        if detail := identifying_detail(text, [person]):
            raise Refused(
                _("Ô này có %s: lượt tiếp về tố cáo không ghi điều cho biết người tố cáo là ai.")
                % detail,
                field,
            )


def _reception_day(unit, on, form):
    """The reception day a visit belongs to: of the same unit, date and form, not missed; None
    without one.
    """
    return (
        ReceptionDay.objects.filter(unit=unit, on=on, form=form)
        .exclude(state=DayState.MISSED)
        .order_by("pk")
        .first()
    )


def _next_number(unit, year):
    """The next number of the year; the row of the unit is locked, so that concurrent writers wait
    for this transaction.
    """
    type(unit).objects.select_for_update(no_key=True).get(pk=unit.pk)
    return next_number(Visit.objects.filter(unit=unit, year=year))
