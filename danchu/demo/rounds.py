"""Illustrative rounds of a ward's inspection board up to today, and the reports that boards owe."""

import random
from datetime import date, timedelta
from uuid import UUID, uuid5

from danchu.demo.topics import event_title
from danchu.inspection import actions
from danchu.inspection.models import BoardReport
from danchu.inspection.reports.content import report_lines
from danchu.kernel.days import today

NAMES = UUID("7d1d5f0a-52a4-4f4e-8d61-1c6a1a3c5b60")
SEED = 2026
SINCE = date(2026, 1, 8)
DAYS_BETWEEN = 45


def play_later_rounds(board, *, by):
    """Two rounds in each quarter since, the latest still a draft."""
    chance = random.Random(SEED)
    number_of_rounds = (today() - SINCE).days // DAYS_BETWEEN
    for number in range(number_of_rounds):
        held_on = SINCE + timedelta(days=DAYS_BETWEEN * number + chance.randrange(20))
        title = event_title(chance, "inspection_round", "", "Phường Hoàn Kiếm", held_on)
        play_round(
            board,
            held_on,
            title,
            by=by,
            key=f"{number} {title}",
            subject="Ban quản lý, các hộ có liên quan",
            days_notified=7,
            is_confirmed=number + 1 < number_of_rounds,
            place="Tại chỗ",
            participants=chance.randrange(3, 6),
            noted=(),
            minutes="Ban xem hồ sơ, hỏi các hộ, lập biên bản tại chỗ.",
        )


def play_round(
    board, held_on, title, *, by, key, subject, days_notified, is_confirmed, **sheet_fields
):
    """Plan a round, notify it so many days before, write its sheet and confirm it; its uid follows
    from `key`.
    """
    plan = actions.plan_round(
        by=by, board=board, span="quarter", title=title, planned_on=held_on, subject=subject
    )
    actions.notify_round(plan, by=by, on=held_on - timedelta(days=days_notified))
    sheet = actions.write_round(
        uuid5(NAMES, key),
        by=by,
        board=board,
        plan=plan,
        held_on=held_on,
        title=title,
        **sheet_fields,
    )
    if is_confirmed:
        actions.confirm_round(sheet, by=by)


def send_reports(*, by):
    """Send the reports that the boards owe, in time, but of a period that has just ended."""
    actions.owe_reports(by=by, on=today())
    for report in BoardReport.objects.filter(sent_on=None, until__lt=today() - timedelta(days=12)):
        actions.send_report(
            report, by=by, on=report.until + timedelta(days=5), content=report_lines(report)
        )
