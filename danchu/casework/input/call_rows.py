"""One row of the export of a city hot-line: the call to take in, or its wrong cells."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from danchu.casework.input.identifying import identifying_detail
from danchu.casework.input.persons import LENGTHS, checked_persons
from danchu.casework.lives import CASE_LIFE
from danchu.casework.models import Matter, Petition
from danchu.casework.moves import FILE, State
from danchu.casework.natures import Nature
from danchu.casework.rules.hotlines import meanings
from danchu.casework.rules.routing import handler_of
from danchu.casework.writes.entry import (
    EARLIEST_DAYS,
    LONGEST_TITLE,
    Submission,
    checked_texts,
)
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold, sort_key
from danchu.kernel.words import local_name
from danchu.people.actor import reaches
from danchu.register.imports.tables import Row, by_name
from danchu.register.imports.typed_cells import (
    moment_of_cell,
    telephone_of_cell,
    text_of_cell,
)
from danchu.subjects.fields import unit_at

# Whoever may import the events of petitions and may open files there takes calls in.
IMPORTED_AS = "petition"
LONGEST_NUMBER = 60
LONGEST_BODY = 200
# The acts that lead feedback from its receipt to a state that an export may name.
WAYS: dict[str, tuple[str, ...]] = {
    State.RECEIVED: (),
    State.ACCEPTED: ("take_in",),
    State.ANSWERED: ("take_in", "answer"),
    State.CLOSED: ("take_in", "answer", "close"),
}
URGENT = {"khan", "khan cap", "gap", "hoa toc", "urgent", "cao"}
NOT_URGENT = {"", "thuong", "binh thuong", "khong khan", "trung binh", "thap", "normal"}
# What a hot-line is not for: whoever complains or denounces is protected by another way in.
OTHER_NATURES = ("khieu nai", "to cao")


@dataclass(frozen=True)
class CallRow:
    """One call to take in; `matter` is a key, `place` and `unit` (who answers) are ids, `state`
    one of WAYS. `values` is for the token of the preview.
    """

    number: str
    received_on: date
    called_at: datetime | None
    is_urgent: bool
    matter: str
    place: int
    unit: int
    title: str
    content: str
    name: str
    phone: str
    forwarded_to: str
    state: str
    answered_on: date | None
    answer: str

    def values(self) -> tuple[Any, ...]:
        return tuple(vars(self).values())


class CallReader:
    """Reads rows with what they share: matters, words of states, places that were read before."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.imports = by.scope("import", IMPORTED_AS)
        self.drafts = by.scope("draft", FILE)
        self.matters = {matter.key: matter for matter in Matter.objects.filter(is_open=True)}
        words = by_name(self.matters.values(), local_name, lambda matter: matter.key)
        self.matter_words = {word: matter.key for word, matter in words.items()}
        self.matter_words |= {
            word: key for word, key in meanings("matters").items() if key in self.matters
        }
        states = by_name(State, lambda state: state.label, str)
        self.state_words = {"": State.RECEIVED, **states, **meanings("states")}
        self.places: dict[tuple[str, date], Any] = {}
        self.handlers: dict[tuple[str, int, date], int] = {}

    def call(self, row: Row) -> CallRow | None:
        """The call of a row; None, with Problems, where a cell is wrong."""
        day, called_at = row.read("called_at", moment_of_cell, (None, None))
        if day is not None:
            row.check(_check_received, day, column="called_at")
        number = _line(row, "number", LONGEST_NUMBER)
        if number == "":
            row.report("number", _("Hãy ghi mã phản ánh: nhờ đó nhập lại không thành hai đơn."))
        matter = self._matter(row)
        place = self._place(row, day)
        unit = self._handler(row, matter, place, day) if matter and place else None
        self._check_kind(row)
        title, content = self._texts(row, matter, number)
        name, phone = _person(row, title)
        state, answered_on, answer = self._state(row, unit, day)
        is_urgent = _is_urgent(row)
        forwarded_to = _line(row, "forwarded_to", LONGEST_BODY)
        if not row.is_good:
            return None
        return CallRow(
            number,
            day,
            called_at,
            is_urgent,
            matter,
            place,
            unit,
            title,
            content,
            name,
            phone,
            forwarded_to,
            state,
            answered_on,
            answer,
        )

    def _matter(self, row: Row) -> str | None:
        text = row.read("matter", text_of_cell)
        if text is None:
            return None
        key = self.matter_words.get(fold(text))
        if key is None:
            names = sorted((local_name(one) for one in self.matters.values()), key=sort_key)
            row.report("matter", _("Hãy ghi một trong: %s.") % "; ".join(names))
        return key

    def _place(self, row: Row, day: date | None) -> int | None:
        """The id of the place that the cell means on the day, within what may be imported."""
        text = row.read("place", text_of_cell)
        if text == "":
            row.report("place", _("Hãy ghi xã, phường nơi xảy ra việc."))
        if not text or day is None:
            return None
        key = text, day
        if key not in self.places:
            try:
                self.places[key] = unit_at(text, day, self.imports, "place").pk
            except Refused as refusal:
                self.places[key] = refusal
        place = self.places[key]
        if not isinstance(place, Refused):
            return place
        row.report("place", place.message)
        return None

    def _handler(self, row: Row, matter: str, place: int, day: date) -> int | None:
        """The id of the unit that answers; where the actor may not write there, the place itself,
        which forwards it.
        """
        key = matter, place, day
        if key not in self.handlers:
            handler = row.check(handler_of, self.matters[matter], place, day, column="place")
            if handler is None:
                return None
            self.handlers[key] = handler[0].pk
        for unit in (self.handlers[key], place):
            if reaches(self.imports, unit) and reaches(self.drafts, unit):
                return unit
        row.report("place", _("Ông/bà không có quyền nhập đơn ở nơi này."))
        return None

    def _check_kind(self, row: Row) -> None:
        kind = row.read("kind", text_of_cell, "")
        if any(word in fold(kind) for word in OTHER_NATURES):
            row.report(
                "kind",
                _(
                    "Khiếu nại, tố cáo không nhận qua đường dây nóng: hãy để lại dòng này và ghi "
                    "thành đơn, để người gửi được bảo vệ và có đúng thời hạn."
                ),
            )

    def _texts(self, row: Row, matter: str | None, number: str | None) -> tuple[str, str]:
        """(title, content); the title is the matter and the number where none was written."""
        title = row.read("title", text_of_cell, "")
        content = row.read("content", text_of_cell, "")
        spot = row.read("spot", text_of_cell, "")
        if not title and matter:
            with override("vi"):
                title = f"{local_name(self.matters[matter])} ({number})"[:LONGEST_TITLE]
        if content and spot:
            content = f"{content}\n\n{spot}"
        texts = row.check(checked_texts, Submission(title or "–", content))
        return texts or ("", "")

    def _state(self, row: Row, unit: int | None, day: date | None) -> tuple[str, date | None, str]:
        """(state, day of the answer, answer), where the table of moves leads from receipt there."""
        text = row.read("state", text_of_cell, "")
        state = self.state_words.get(fold(text))
        if state is None:
            row.report("state", _("Hãy ghi Mới, Đang xử lý, Đã trả lời hoặc Đã kết thúc."))
            return "", None, ""
        if state not in WAYS or unit and not self._leads_to(state, unit):
            row.report(
                "state",
                _(
                    "Đơn mới nhận không đến ngay bước này được. Hãy ghi Mới, rồi làm bước ấy ở "
                    "hồ sơ của đơn."
                ),
            )
            return "", None, ""
        if "answer" not in WAYS[state]:
            return state, None, ""
        answered_on, _instant = row.read("answered_on", moment_of_cell, (None, None))
        if answered_on and day and answered_on < day:
            row.report("answered_on", _("Ngày phải từ %s trở đi.") % show_day(day))
        answer = row.read("answer", text_of_cell)
        if answer == "":
            row.report("answer", _("Hãy ghi nội dung đã trả lời, hoặc đổi trạng thái thành Mới."))
        return state, answered_on, answer or ""

    def _leads_to(self, state: str, unit: int) -> bool:
        """Whether the actor may do all acts that lead feedback from its receipt to the state."""
        petition = Petition(nature=Nature.FEEDBACK, state=State.RECEIVED, unit_id=unit)
        for act in WAYS[state]:
            if act not in CASE_LIFE.acts_of(petition, self.by):
                return False
            petition.state = CASE_LIFE.target(petition, act)
        return bool(petition.state == state)


def _check_received(day: date) -> None:
    if (today() - day).days > EARLIEST_DAYS:
        raise Refused(_("Ngày này đã quá lâu. Hãy kiểm tra lại năm."), "called_at")
    if day > today():
        raise Refused(_("Ngày ở tương lai. Chỉ ghi việc đã diễn ra."), "called_at")


def _line(row: Row, key: str, most: int) -> str | None:
    text = row.read(key, text_of_cell)
    if text and len(text) > most:
        row.report(key, _("Dài quá %s ký tự. Hãy rút gọn.") % most)
    return text


def _person(row: Row, title: str) -> tuple[str, str]:
    """(name, telephone) of who called; the title may name neither."""
    name = row.read("name", text_of_cell, "")
    phone = row.read("phone", telephone_of_cell, "")
    person = {**dict.fromkeys(LENGTHS, ""), "name": name, "phone": phone}
    row.check(checked_persons, [person])
    if detail := identifying_detail(title, [person]):
        row.report("title", _("Ô này có %s. Hãy bỏ đi: tóm tắt hiện trong danh sách.") % detail)
    return name, phone


def _is_urgent(row: Row) -> bool:
    words = fold(row.read("urgency", text_of_cell, ""))
    if words not in URGENT | NOT_URGENT:
        row.report("urgency", _("Hãy ghi Khẩn hoặc Thường."))
    return words in URGENT
