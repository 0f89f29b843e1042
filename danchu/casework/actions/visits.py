"""The register of receptions (form 03/TCD): a line for each visit; who came to denounce is
sealed; answers that are owed.
"""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.access.codes import VISIT
from danchu.casework.input.persons import checked_persons, shown_in
from danchu.casework.lives import BOOK, VISIT_LIFE
from danchu.casework.models import ReceptionDay, Visit
from danchu.casework.models.reception import DayState, Form
from danchu.casework.moves import NO_RIGHT
from danchu.casework.natures import Nature
from danchu.casework.rules.groups import check_representatives, is_large
from danchu.casework.writes.trail import check_day
from danchu.journal.actions import record
from danchu.kernel.codes import new_prefixed_code
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import check_length
from danchu.vault.actions import seal_identity

TEXTS = {"handled_before": 200, "guidance": 300, "handler": 200, "follow_up": 300, "note": 300}
SENT_BEFORE = gettext_lazy("Biểu này đã được gửi trước đó: lượt tiếp đã có trong sổ.")
LONGEST = 10_000
ANSWER = "reception.answer"


@transaction.atomic
def record_visit(
    *,
    by,
    unit,
    received_on,
    form,
    name,
    content,
    nature,
    address="",
    identity="",
    people=1,
    representatives=0,
    is_first=True,
    competent=True,
    day=None,
    petition=None,
    uid=None,
    secret_text="",
    is_owed=False,
    **texts,
):
    """One visit as the next line of the year's register. Whether it is a large group the law of the
    day says.

    Who comes to denounce is sealed: the line shows a pseudonym. `is_owed`: the answer is given
    later, in the time of the law.
    """
    require(by.may("draft", BOOK, unit), NO_RIGHT)
    person, content = _checked(name, address, identity, content)
    _check_line(received_on, form, nature, people, representatives, petition)
    texts = _checked_texts(texts)
    check_unsent(Visit, uid, SENT_BEFORE)
    code = new_prefixed_code(VISIT)
    sealed = None
    if nature == Nature.DENUNCIATION:
        _check_tells_nobody({"content": content, **texts}, person)
        sealed = _sealed(by, unit, code, person, secret_text)
        person = dict.fromkeys(person, "")
    visit = Visit.objects.create(
        uid=uid or uuid4(),
        code=code,
        sealed=sealed,
        unit=unit,
        day=day or _day_of(unit, received_on, form),
        received_on=received_on,
        year=received_on.year,
        number=_next_number(unit, received_on.year),
        form=form,
        name=person["name"],
        address=person["address"],
        identity=person["identity"],
        content=content,
        nature=nature,
        people=people,
        representatives=representatives,
        is_group=is_large(people, received_on),
        is_first=bool(is_first),
        competent=bool(competent),
        petition=petition,
        made_by=by.key,
        made_at=now(),
        **texts,
    )
    if is_owed:
        _owe_answer(visit)
    record(by, "visit.recorded", visit, unit=unit, number=visit.number, people=people)
    return visit


def _check_line(received_on, form, nature, people, representatives, petition):
    if not isinstance(received_on, date) or received_on > today():
        raise Refused(_("Hãy ghi ngày tiếp, không ở tương lai."), "received_on")
    if form not in Form.values or nature not in Nature.values:
        raise Refused(_("Hãy chọn trong danh sách."), "form")
    if isinstance(people, bool) or not isinstance(people, int) or not 1 <= people <= 100_000:
        raise Refused(_("Số người phải là số nguyên từ 1."), "people")
    check_representatives(representatives, people, received_on)
    _check_petition(petition, nature)


def _check_petition(petition, nature):
    """A visit of a denouncer is joined to a denunciation only, and no other to one."""
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
    for field, most in TEXTS.items():
        check_length(checked[field], field, most)
    return checked


def _owe_answer(visit):
    """The answer is given later, in the time of the law."""
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
def answer_visit(visit, *, by, on, text):
    """The answer that was owed to who came was given on the day."""
    VISIT_LIFE.require(by, "answer", visit)
    found = VISIT_LIFE.hold(visit, "answer")
    check_day(on, found.received_on)
    text = clean(text)
    if not text or len(text) > TEXTS["guidance"]:
        raise Refused(
            _("Hãy ghi nội dung trả lời, không quá %s ký tự.") % TEXTS["guidance"], "text"
        )
    found.answered_on = on
    found.guidance = text
    found.save(update_fields=["answered_on", "guidance"])
    for owed in Obligation.objects.open().filter(subject_kind="visit", subject=str(found.pk)):
        meet_obligation(owed, by=LAW, on=on)
    record(by, "visit.answered", found, unit=found.unit_id, on=on.isoformat())
    return found


@transaction.atomic
def seal_visit(visit, *, by, content):
    """A line of the register turns out to be of a denouncer: who came is sealed, and what was
    said is told in words without him.
    """
    VISIT_LIFE.require(by, "seal", visit)
    found = VISIT_LIFE.hold(visit, "seal", "unit")
    person, content = _checked(found.name, found.address, found.identity, content)
    _check_tells_nobody({"content": content}, person)
    told = {field: getattr(found, field) for field in TEXTS}
    found.sealed = _sealed(
        by, found.unit, found.code, person, "\n".join(filter(None, (found.content, *told.values())))
    )
    kept = {field: "" if shown_in(text, [person]) else text for field, text in told.items()}
    for name, value in {
        "nature": Nature.DENUNCIATION,
        "name": "",
        "address": "",
        "identity": "",
        "content": content,
        **kept,
    }.items():
        setattr(found, name, value)
    found.save(update_fields=["sealed", "nature", "name", "address", "identity", "content", *kept])
    record(by, "visit.sealed", found, unit=found.unit_id)
    return found


def _checked(name, address, identity, content):
    """(person, what was said) of a line, as they are kept."""
    person = checked_persons([{"name": name, "address": address, "identity": identity}])[0]
    if not person["name"]:
        raise Refused(_("Hãy ghi họ tên người được tiếp hoặc người đại diện."), "name")
    content = str(content or "").strip()
    if not clean(content) or len(content) > LONGEST:
        raise Refused(_("Hãy ghi nội dung trình bày, không quá %s ký tự.") % LONGEST, "content")
    return person, content


def _sealed(by, unit, code, person, text):
    return seal_identity(
        by=by,
        unit=unit,
        pseudonym=f"N{code}",
        words={"persons": [person], "text": str(text or "").strip()[:LONGEST]},
    )


def _check_tells_nobody(texts, person):
    """Refused by field where an open text says who the denouncer is."""
    for field, text in texts.items():
        if shown := shown_in(text, [person]):
            raise Refused(
                _("Ô này có %s: lượt tiếp về tố cáo không ghi điều cho biết người tố cáo là ai.")
                % shown,
                field,
            )


def _day_of(unit, on, form):
    """The day of the schedule a visit belongs to: of the same unit, date and form, where there
    is one that was not missed.
    """
    return (
        ReceptionDay.objects.filter(unit=unit, on=on, form=form)
        .exclude(state=DayState.MISSED)
        .order_by("pk")
        .first()
    )


def _next_number(unit, year):
    """The next line of the year; whoever else writes at the unit waits until this one is in."""
    type(unit).objects.select_for_update(no_key=True).get(pk=unit.pk)
    last = (
        Visit.objects.filter(unit=unit, year=year)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return (last or 0) + 1
