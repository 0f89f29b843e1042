"""Contests: anyone says that a posting is not where it is said to be, and the unit answers."""

from datetime import date
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.disclosure.lives import CONTEST_LIFE, DISCLOSURE, Form
from danchu.disclosure.models import Content, Contest, Posting
from danchu.disclosure.writes.versions import file_of
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.obligations.actions import owe
from danchu.obligations.clock import LAW
from danchu.obligations.writes import meet_unless_closed
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on

LONGEST_TEXT = 500
RULE = "feedback.answer"
SUBJECT = "disclosure_contest"
BATCH = 500


@transaction.atomic
def contest_posting(
    content: Content,
    *,
    by: Acting,
    posting: Posting | None,
    seen_on: date,
    text: str = "",
    file: BinaryIO | None = None,
    file_name: str = "",
    uid: UUID | None = None,
) -> Contest:
    """Write down that a posting was not seen on a day, with a photo or some words; the unit owes an
    answer. Anyone may, without an account. Refused by field; on "posting" where an answer about it
    is still owed.
    """
    require(by.is_public or by.may("draft", DISCLOSURE, content.unit_id), CONTEST_LIFE.no_right)
    content = Content.objects.select_for_update(no_key=True).get(pk=content.pk)
    with all_refusals() as rule:
        with rule():
            _check_posting(content, posting)
        with rule():
            check_day(seen_on, None, "seen_on")
            _check_hung(posting, seen_on)
        with rule():
            text = line_of(text, "text", LONGEST_TEXT)
            if not text and file is None:
                raise Refused(_("Hãy gửi ảnh hoặc ghi điều ông (bà) thấy."), "text")
    check_unsent(Contest, uid)
    contest = Contest.objects.create(
        uid=uid or uuid4(),
        unit_id=content.unit_id,
        content=content,
        posting=posting,
        seen_on=seen_on,
        text=text,
        paper=file_of(file, file_name, LAW)[0],
        received_on=today(),
        made_by=by.key,
        made_at=now(),
    )
    contest.obligation = owe(
        by=LAW,
        unit=content.unit,
        rule_key=RULE,
        event_on=contest.received_on,
        title=_("Trả lời phản ánh không thấy niêm yết: %s") % content.title[:140],
        subject_kind=SUBJECT,
        subject=contest.pk,
    )
    contest.save(update_fields=["obligation"])
    record(by, "disclosure_contest.received", contest, unit=content.unit_id)
    return contest


def _check_posting(content, posting):
    if posting is None or posting.content_id != content.pk or posting.form != Form.POSTING:
        raise Refused(_("Hãy chọn nơi niêm yết."), "posting")
    earlier = posting.contests.waiting().select_related("obligation").first()
    if earlier is not None:
        raise Refused(
            _("Đã có người phản ánh điều này; đơn vị phải trả lời trước hết ngày %s.")
            % show_day(earlier.obligation.due_on),
            "posting",
        )


def _check_hung(posting, seen_on):
    """Refused where nobody says that it hung on that day."""
    if posting is None or not isinstance(seen_on, date):
        return
    if seen_on < posting.since or (posting.until is not None and seen_on >= posting.until):
        raise Refused(_("Ngày ấy không ai nói là đang niêm yết ở đây."), "seen_on")


@transaction.atomic
def uphold_contest(contest: Contest, *, by: Acting, answer: str) -> Contest:
    """Answer that the posting was not there: it no longer counts. Denied without the right."""
    CONTEST_LIFE.require(by, "uphold", contest)
    contest = _answered(CONTEST_LIFE.hold(contest, "uphold"), "uphold", answer)
    record(by, "disclosure_contest.upheld", contest, unit=contest.unit_id)
    return contest


@transaction.atomic
def dismiss_contest(contest: Contest, *, by: Acting, answer: str) -> Contest:
    """Answer that the posting was there, and why: it counts. Denied without the right."""
    CONTEST_LIFE.require(by, "dismiss", contest)
    contest = _answered(CONTEST_LIFE.hold(contest, "dismiss"), "dismiss", answer)
    record(by, "disclosure_contest.dismissed", contest, unit=contest.unit_id)
    return contest


def _answered(contest, act, answer):
    answer = line_of(answer, "answer", LONGEST_TEXT, _("Hãy ghi câu trả lời."))
    duty = contest.obligation
    move_on(contest, CONTEST_LIFE, act, answer=answer, answered_on=today())
    if duty is not None:
        meet_unless_closed(duty, by=LAW, on=contest.answered_on)
    return contest


@transaction.atomic
def lapse_contests(*, by: Acting) -> int:
    """Note which contests the unit has not answered by their due day: until it does, their postings
    do not count. Returns how many, at most BATCH. Denied without the right.
    """
    require(by.may("verify", "obligation", None), CONTEST_LIFE.no_right)
    rows = Contest.objects.filter(state="open", obligation__due_on__lt=today())
    rows = rows.select_for_update(of=("self",), skip_locked=True)
    contests = list(rows.order_by("obligation__due_on", "pk")[:BATCH])
    for contest in contests:
        move_on(contest, CONTEST_LIFE, "lapse")
        record(by, "disclosure_contest.lapsed", contest, unit=contest.unit_id)
    return len(contests)
