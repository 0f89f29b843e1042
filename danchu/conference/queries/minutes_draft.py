"""The minutes of a conference, drafted from its rows: the programme as it went, who was there, who
spoke, what was asked and how it was voted. Every sentence comes from a row, and passages are marked
where the row says what they are.

A speech that was written down is marked as an opinion, a vote that was carried as a decision. What
is owed in writing is a commitment already: its code is named and it is not marked again, or it
would exist twice.
"""

from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.conference.models import FloorRequest, Poll, Question
from danchu.conference.queries.hall_state import wanted_answers
from danchu.conference.words import FloorState, ItemKind, ItemState, PollState, QuestionState
from danchu.kernel.days import VIETNAM, show_day
from danchu.kernel.numbers import show_number, show_percent
from danchu.minutes.input.blocks import LONGEST_BLOCK, BlockInput, Mark
from danchu.minutes.models import PassageKind

POINTS_OF_A_PARAGRAPH = 25
ANSWERED = (QuestionState.ANSWERED, QuestionState.OWED)


def draft_blocks(conference):
    """[Written]: the blocks of the minutes of a closed conference."""
    items = list(conference.items.order_by("position"))
    proceedings = _Proceedings(conference)
    blocks = [
        BlockInput(_("I. Thời gian, thành phần"), is_heading=True),
        *_people(conference),
        BlockInput(_("II. Diễn biến"), is_heading=True),
    ]
    for item in items:
        blocks += proceedings.of_item(item)
    blocks += proceedings.of_no_item()
    return [
        *blocks,
        BlockInput(_("III. Kết thúc"), is_heading=True),
        BlockInput(_closing(conference)),
    ]


def hours_of(conference):
    """When it was opened and closed, like 08:00–11:30."""
    return f"{_time(conference.opened_at)}–{_time(conference.closed_at)}"


def attendance_sentence(conference):
    """One sentence on how many attended; "" where the register has no event."""
    parts = _points(conference)
    if not parts:
        return (
            _("%s đại biểu.") % show_number(conference.event.participants or 0)
            if conference.event
            else ""
        )
    total = sum(amount for _name, amount in parts)
    return _("%(people)s đại biểu tại %(points)s điểm cầu.") % {
        "people": show_number(total),
        "points": show_number(len(parts)),
    }


def _points(conference):
    """[(name, delegates)] of the bridge points as the register has them, so that minutes and
    figures agree.
    """
    if not conference.event:
        return []
    return list(
        conference.event.parts.filter(role="bridge_point")
        .order_by("pk")
        .values_list("name", "amount")
    )


def _people(conference):
    day = show_day(conference.opened_at.astimezone(VIETNAM).date())
    yield BlockInput(
        _("Hội nghị khai mạc lúc %(from)s, bế mạc lúc %(to)s, ngày %(day)s.")
        % {"from": _time(conference.opened_at), "to": _time(conference.closed_at), "day": day}
    )
    if sentence := attendance_sentence(conference):
        yield BlockInput(_("Dự hội nghị: %s") % sentence)
    points = [f"{name}: {show_number(amount)}" for name, amount in _points(conference)]
    for start in range(0, len(points), POINTS_OF_A_PARAGRAPH):
        yield BlockInput("; ".join(points[start : start + POINTS_OF_A_PARAGRAPH]) + ".")


def _closing(conference):
    polls = conference.polls.filter(state=PollState.DECLARED).count()
    questions = conference.questions.exclude(state=QuestionState.REFUSED).count()
    speeches = conference.floor.filter(state=FloorState.DONE).count()
    return _(
        "Tại hội nghị có %(spoke)s lượt phát biểu, %(asked)s câu hỏi, %(polls)s cuộc "
        "biểu quyết, thăm dò đã công bố kết quả. Chủ tọa tuyên bố bế mạc lúc %(at)s."
    ) % {
        "spoke": show_number(speeches),
        "asked": show_number(questions),
        "polls": show_number(polls),
        "at": _time(conference.closed_at),
    }


class _Proceedings:
    """What happened, by the item it happened in."""

    def __init__(self, conference):
        self.speeches = _by_item(
            FloorRequest.objects.filter(conference=conference, state=FloorState.DONE)
            .select_related("delegate", "point")
            .order_by("began_at", "pk")
        )
        self.questions = _by_item(
            Question.objects.filter(conference=conference)
            .select_related("delegate", "point")
            .order_by("asked_at", "pk")
        )
        self.polls = _by_item(
            Poll.objects.filter(conference=conference)
            .exclude(state=PollState.DRAFTED)
            .order_by("opened_at", "pk")
        )
        self.wanted = wanted_answers(conference)

    def of_item(self, item):
        """The blocks of one item: what it was, who spoke, what was asked, how it was voted."""
        if item.kind == ItemKind.SESSION:
            return [BlockInput(item.title, is_heading=True)]
        if item.state in (ItemState.PLANNED, ItemState.SKIPPED):
            return [BlockInput(_("%s: không tiến hành.") % item.title)]
        by = f" ({item.speaker})" if item.speaker else ""
        blocks = [BlockInput(f"{_time(item.began_at)}–{_time(item.ended_at)}. {item.title}{by}.")]
        return blocks + self._within(item.pk)

    def of_no_item(self):
        """The blocks of what happened between items."""
        blocks = self._within(None)
        return [BlockInput(_("Ngoài các mục trên:")), *blocks] if blocks else []

    def _within(self, pk):
        blocks = [_speech(row) for row in self.speeches.get(pk, ())]
        questions = self.questions.get(pk, [])
        blocks += [
            self._question(row)
            for row in questions
            if row.state in (QuestionState.SHOWN, *ANSWERED)
        ]
        if others := [
            row
            for row in questions
            if row.state in (QuestionState.SUBMITTED, QuestionState.REFUSED, QuestionState.GROUPED)
        ]:
            count = {
                state: sum(row.state == state for row in others)
                for state in (QuestionState.GROUPED, QuestionState.REFUSED, QuestionState.SUBMITTED)
            }
            blocks.append(
                BlockInput(
                    _(
                        "Câu hỏi khác: %(grouped)s câu gộp vào câu trên, %(refused)s câu "
                        "không đưa lên, %(waiting)s câu chưa kịp duyệt."
                    )
                    % {
                        "grouped": show_number(count["grouped"]),
                        "refused": show_number(count["refused"]),
                        "waiting": show_number(count["submitted"]),
                    }
                )
            )
        return blocks + [_poll(row) for row in self.polls.get(pk, ())]

    def _question(self, row):
        upvotes = self.wanted.get(row.pk, 0)
        text = _("Câu hỏi%(who)s: %(text)s") % {"who": _room_of(row), "text": row.text}
        if upvotes:
            text += _(" (%s đại biểu cùng muốn được trả lời.)") % show_number(upvotes)
        if row.answer:
            text += (
                " "
                + (
                    _("Trả lời sau bằng văn bản: %s")
                    if row.state == QuestionState.OWED
                    else _("Trả lời: %s")
                )
                % row.answer
            )
        return BlockInput(text[:LONGEST_BLOCK])


def _by_item(rows):
    grouped = {}
    for row in rows:
        grouped.setdefault(row.item_id, []).append(row)
    return grouped


def _room_of(row):
    """The room that a question or a speech came from; the name of a person goes into the speaker's
    field.
    """
    return f" ({row.point.name})" if row.point else ""


def _speech(row):
    name = row.speaker or (row.delegate.name if row.delegate else "")
    if not row.said:
        return BlockInput(
            _("%(at)s: %(name)s%(point)s phát biểu.")
            % {"at": _time(row.began_at), "name": name, "point": _room_of(row)},
            speaker=name[:120],
        )
    return BlockInput(
        row.said[:LONGEST_BLOCK],
        speaker=name[:120],
        shown_as=(row.point.name if row.point else "")[:120],
        marks=(Mark(PassageKind.OPINION),),
    )


def _poll(row):
    if row.state != PollState.DECLARED:
        return BlockInput(
            _("Biểu quyết “%(title)s”: %(state)s.")
            % {"title": row.title, "state": row.get_state_display().lower()}
        )
    result = row.result["told"]
    cast = result["cast"]
    counts = "; ".join(
        f"{option}: {show_number(number)}"
        + (f" ({show_percent(Fraction(number * 100, cast))})" if cast else "")
        for option, number in zip(row.options, result["counts"], strict=True)
    )
    electorate = (
        _(" trên %s người") % show_number(result["roll"]) if result["roll"] is not None else ""
    )
    text = _("%(kind)s (%(secrecy)s) “%(title)s”: %(cast)s phiếu%(of)s. %(counts)s. %(why)s") % {
        "kind": row.get_kind_display(),
        "secrecy": row.get_secrecy_display().lower(),
        "title": row.title,
        "cast": show_number(cast),
        "of": electorate,
        "counts": counts,
        "why": result["why"],
    }
    is_passed = result["outcome"] == "passed"
    return BlockInput(
        text.strip(),
        marks=(Mark(PassageKind.DECISION, end=len(text.strip())),) if is_passed else (),
    )


def _time(instant):
    return f"{instant.astimezone(VIETNAM):%H:%M}" if instant else "…"
