"""The reception of citizens: days that are planned, held or missed; visits written into the register."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.steps import NO_RIGHT
from danchu.casework.codes import VISIT
from danchu.casework.models import ReceptionDay, Visit
from danchu.casework.models.reception import DayState, Form
from danchu.casework.natures import Nature
from danchu.casework.persons import checked_persons, shown_in
from danchu.journal.actions import record
from danchu.kernel.codes import marked_code
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.vault.actions import seal_identity

BOOK = "reception_book"
TEXTS = {"handled_before": 200, "guidance": 300, "handler": 200, "follow_up": 300, "note": 300}
LONGEST = 10_000


@transaction.atomic
def plan_reception_day(*, by, unit, office, on, form, room, hours=""):
    """Publish that the holder of an office receives on a day, at a place."""
    require(by.may("draft", BOOK, unit), NO_RIGHT)
    office, room, hours = clean(office), clean(room), clean(hours)
    if not office or len(office) > 120:
        raise Refused(_("Hãy ghi chức vụ của người tiếp, không quá 120 ký tự."), "office")
    if not room or len(room) > 200 or len(hours) > 40:
        raise Refused(_("Hãy ghi địa điểm tiếp công dân."), "room")
    if form not in Form.values or not isinstance(on, date):
        raise Refused(_("Hãy ghi ngày và hình thức tiếp."), "on")
    if ReceptionDay.objects.filter(unit=unit, office=office, on=on, form=form).exists():
        raise Refused(_("Lịch này đã có."), "on")
    made = ReceptionDay.objects.create(
        uid=uuid4(), unit=unit, office=office, on=on, form=form, room=room, hours=hours, made_by=by.key, made_at=now()
    )
    record(by, "reception_day.planned", made, unit=unit, on=on.isoformat(), office=office)
    return made


@transaction.atomic
def close_reception_day(day, *, by, held, reason=""):
    """It was held, or missed and why; only a day that has come."""
    require(by.may("draft", BOOK, day.unit_id), NO_RIGHT)
    day = ReceptionDay.objects.select_for_update().get(pk=day.pk)
    if day.on > today():
        raise Refused(_("Ngày tiếp công dân chưa đến."))
    if not held and not clean(reason):
        raise Refused(_("Hãy ghi vì sao không tiếp."), "reason")
    if not held and day.visits.exists():
        raise Refused(_("Sổ đã ghi có người được tiếp trong ngày này."))
    day.state, day.reason = (DayState.HELD, "") if held else (DayState.MISSED, clean(reason)[:300])
    day.save(update_fields=["state", "reason"])
    record(by, "reception_day.held" if held else "reception_day.missed", day, unit=day.unit_id, reason=day.reason)
    return day


@transaction.atomic
def record_visit(
    *, by, unit, received_on, form, name, content, nature, address="", identity="", people=1, is_first=True, competent=True, day=None,
    petition=None, uid=None, secret_text="", **texts,
):  # fmt: skip
    """One visit as the next line of the year's register. Whether it is a large group the law of the day says.

    Who comes to denounce is sealed: the line shows a pseudonym.
    """
    require(by.may("draft", BOOK, unit), NO_RIGHT)
    person = checked_persons([{"name": name, "address": address, "identity": identity}])[0]
    if not person["name"]:
        raise Refused(_("Hãy ghi họ tên người được tiếp hoặc người đại diện."), "name")
    if not isinstance(received_on, date) or received_on > today():
        raise Refused(_("Hãy ghi ngày tiếp, không ở tương lai."), "received_on")
    if form not in Form.values or nature not in Nature.values:
        raise Refused(_("Hãy chọn trong danh sách."), "form")
    content = str(content or "").strip()
    if not clean(content) or len(content) > LONGEST:
        raise Refused(_("Hãy ghi nội dung trình bày, không quá %s ký tự.") % LONGEST, "content")
    if isinstance(people, bool) or not isinstance(people, int) or not 1 <= people <= 100_000:
        raise Refused(_("Số người phải là số nguyên từ 1."), "people")
    if petition is not None and (petition.nature == Nature.DENUNCIATION) != (nature == Nature.DENUNCIATION):
        raise Refused(_("Lượt tiếp về tố cáo chỉ nối với đơn tố cáo, và ngược lại: tên trong sổ sẽ cho biết ai tố cáo."), "petition")
    texts = {field: clean(texts.get(field) or "") for field in TEXTS}
    for field, most in TEXTS.items():
        if len(texts[field]) > most:
            raise Refused(_("Dài quá %s ký tự. Hãy rút gọn.") % most, field)
    if uid and Visit.objects.filter(uid=uid).exists():
        raise Refused(_("Biểu này đã được gửi trước đó: lượt tiếp đã có trong sổ."), "uid")
    code, sealed = marked_code(VISIT), None
    if nature == Nature.DENUNCIATION:
        _check_tells_nobody({"content": content, **texts}, person)
        sealed = _sealed(by, unit, code, person, secret_text)
        person = dict.fromkeys(person, "")
    made = Visit.objects.create(
        uid=uid or uuid4(), code=code, sealed=sealed, unit=unit, day=day, received_on=received_on,
        year=received_on.year, number=_next_number(unit, received_on.year), form=form, name=person["name"], address=person["address"],
        identity=person["identity"], content=content, nature=nature, people=people, is_group=_is_large(people, received_on),
        is_first=bool(is_first), competent=bool(competent), petition=petition, made_by=by.key, made_at=now(), **texts,
    )  # fmt: skip
    record(by, "visit.recorded", made, unit=unit, number=made.number, people=people)
    return made


@transaction.atomic
def seal_visit(visit, *, by, content):
    """A line of the register turns out to be of a denouncer: who came is sealed, and what was said is told in words without him."""
    require(by.may("draft", BOOK, visit.unit_id), NO_RIGHT)
    found = Visit.objects.select_related("unit").select_for_update(of=("self",)).get(pk=visit.pk)
    if found.sealed_id is not None:
        raise Refused(_("Lượt tiếp này đã được niêm phong."))
    person = checked_persons([{"name": found.name, "address": found.address, "identity": found.identity}])[0]
    content = str(content or "").strip()
    if not clean(content) or len(content) > LONGEST:
        raise Refused(_("Hãy ghi nội dung trình bày, không quá %s ký tự.") % LONGEST, "content")
    _check_tells_nobody({"content": content}, person)
    told = {field: getattr(found, field) for field in TEXTS}
    words = "\n".join(filter(None, (found.content, *told.values())))
    found.sealed = _sealed(by, found.unit, found.code, person, words)
    kept = {field: "" if shown_in(text, [person]) else text for field, text in told.items()}
    for name, value in {"nature": Nature.DENUNCIATION, "name": "", "address": "", "identity": "", "content": content, **kept}.items():
        setattr(found, name, value)
    found.save(update_fields=["sealed", "nature", "name", "address", "identity", "content", *kept])
    record(by, "visit.sealed", found, unit=found.unit_id)
    return found


def _sealed(by, unit, code, person, text):
    return seal_identity(by=by, unit=unit, pseudonym=f"N{code}", words={"persons": [person], "text": str(text or "").strip()[:LONGEST]})


def _check_tells_nobody(texts, person):
    """Refused by field where an open text says who the denouncer is."""
    for field, text in texts.items():
        if shown := shown_in(text, [person]):
            raise Refused(_("Ô này có %s: lượt tiếp về tố cáo không ghi điều cho biết người tố cáo là ai.") % shown, field)


def _next_number(unit, year):
    """The next line of the year; whoever else writes at the unit waits until this one is in."""
    type(unit).objects.select_for_update(no_key=True).get(pk=unit.pk)
    last = Visit.objects.filter(unit=unit, year=year).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _is_large(people, day):
    law = book()
    return any(rule.in_force(day) and rule.met_by(people) for rule in law.versions("reception.large_group"))
