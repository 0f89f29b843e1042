"""One event of the register at the desk: its page, and the acts of its life as forms.

The list is the register's own. The page is declared here because it also shows records of rooms
above the register: the minutes of the event, the round of a board that the event is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danchu.inspection.actions import confirm_round
from danchu.inspection.models import Finding, RoundSheet
from danchu.kernel.words import local_name
from danchu.minutes.lives import may_begin
from danchu.minutes.queries.lists import minutes_of
from danchu.register import actions
from danchu.register.kinds import KINDS
from danchu.register.lives import EVENT_LIFE
from danchu.register.models import NUMBERS, Event
from danchu.register.sections.event_form import CorrectEventForm, EditEventForm
from danchu.register.sections.records import RECORDS
from danchu.register.words import FORM_WORDS, NUMBER_WORDS, STATE_WORDS, note_for
from danchu.subjects.editing import SeenForm
from danchu.subjects.forms import ReasonForm
from danchu.subjects.sections import Act, Record, ToList


def round_of(event: Event) -> RoundSheet | None:
    """What a board wrote of this round on the spot; None for any other event."""
    if event.kind != "inspection_round":
        return None
    return RoundSheet.objects.filter(event=event).first()


def _facts(event: Event, actor: Any) -> dict[str, Any]:
    kind = KINDS[event.kind]
    acts = EVENT_LIFE.acts_of(event, actor)
    attachments = []
    sheet = round_of(event)
    noted = []
    if actor.may("view", event.kind, event.unit_id):
        attachments = list(event.attachments.select_related("paper").order_by("pk"))
        noted = sheet.noted if sheet else []
    return {
        "event": event,
        "kind_name": local_name(kind),
        "manner": FORM_WORDS.get(event.form, ""),
        "note": note_for(event, actor),
        "body": event.body and event.body.name_on(event.held_on),
        "sheet": sheet,
        "noted": noted,
        "findings": list(Finding.objects.filter(round=event).order_by("pk")) if noted else [],
        "numbers": [
            (NUMBER_WORDS[name], getattr(event, name))
            for name in NUMBERS
            if name in kind.numbers or getattr(event, name)
        ],
        "parts": list(event.parts.order_by("pk")),
        "attachments": attachments,
        "may_attach": "attach" in acts,
        "may_detach": "detach" in acts,
        "minutes": minutes_of(event, actor),
        "new_url": _new_minutes(event) if may_begin(event, actor) else "",
        "earlier": Event.objects.filter(pk=event.supersedes_id).first(),
        "later": Event.objects.filter(supersedes=event).first(),
    }


def _new_minutes(event: Event) -> str:
    return f"{reverse('desk_new_minutes')}?event={event.uid}"


def _rows(actor: Any) -> QuerySet:
    return Event.objects.visible_to(actor).select_related("unit", "body")


def rows_beside(event: Event, sheet: RoundSheet | None) -> list[Any]:
    """The rows that who confirms the event has read with it: its parts, what a board wrote."""
    return [*sorted(event.parts.all(), key=lambda part: part.pk), *([sheet] if sheet else [])]


class SeenEventForm(SeenForm):
    def beside(self) -> list[Any]:
        return rows_beside(self.row, round_of(self.row))


def confirm_draft(event: Event, *, by: Any) -> Event:
    """Confirm the event; a round together with the violations that were noted on the spot."""
    if sheet := round_of(event):
        confirm_round(sheet, by=by)
    else:
        actions.confirm_event(event, by=by)
    return event


EVENTS = replace(
    RECORDS,
    record=Record(
        template="desk/record.html",
        rows=_rows,
        state=lambda event: STATE_WORDS[event.state],
        facts=_facts,
    ),
    acts=(
        Act(
            "confirm",
            _("Xác nhận"),
            confirm_draft,
            SeenEventForm,
            saved=lambda event: _("Đã xác nhận: việc này có trong mọi số liệu ngay từ bây giờ."),
        ),
        Act(
            "edit",
            _("Sửa bản nháp"),
            actions.edit_draft,
            EditEventForm,
            saved=lambda event: _("Đã lưu bản nháp."),
            own_page=True,
        ),
        Act(
            "discard",
            _("Bỏ bản nháp"),
            actions.discard_draft,
            SeenEventForm,
            saved=lambda event: _("Đã bỏ bản nháp."),
            after=ToList(),
        ),
        Act(
            "correct",
            _("Đính chính"),
            actions.correct_event,
            CorrectEventForm,
            saved=lambda event: _("Đã đính chính: bản cũ vẫn đọc được."),
            own_page=True,
        ),
        Act(
            "withdraw",
            _("Rút khỏi sổ"),
            actions.withdraw_event,
            ReasonForm,
            saved=lambda event: _("Đã rút khỏi mọi số liệu."),
        ),
    ),
)
