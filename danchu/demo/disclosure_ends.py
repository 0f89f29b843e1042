"""What ends in a ward's year of disclosures, and what it reports: a content written by mistake, a
board that is used no more, plans of the next year, reports to the Council, a row of the catalogue
that was read again. Made by the real acts.
"""

from datetime import timedelta

from danchu.demo.staff import SINCE
from danchu.disclosure import actions
from danchu.disclosure.models import Content, Item, Plan
from danchu.disclosure.quarters import half_years_over
from danchu.kernel.days import today

A_DAY = timedelta(days=1)
OLD_BOARD = "Bảng tin đầu ngõ 5"
TWICE = "Danh sách cấp thẻ bảo hiểm y tế, đợt 2"
WHY_TWICE = "Ghi trùng với Danh sách cấp thẻ bảo hiểm y tế."
WHY_PLAN = "Lập từ đầu; nay chép từ kế hoạch năm nay cho khỏi sót."
AMENDED = "commune.14"
WHY_AMENDED = "Thành phố yêu cầu niêm yết cả ở trụ sở, không chỉ đăng trên trang điện tử."
USED = 60 * A_DAY
SENT_AFTER = 16 * A_DAY
JUNE = 6


def play_ends(ward):
    """Play them, after the disclosures and the plan of this year."""
    _mistaken(ward)
    _closed(ward)
    _next_plans(ward)
    _reported(ward)
    row = Item.objects.on(today()).get(key=AMENDED)
    actions.amend_item(
        row,
        by=ward.by,
        since=today(),
        owed_forms=[*row.forms, "posting"],
        owed_places=[*row.places, "seat"],
        posting_rule="disclosure.posting",
        reason=WHY_AMENDED,
    )


def _mistaken(ward):
    """A content that is in the book twice."""
    day = ward.day(23)
    content = actions.open_content(
        by=ward.by,
        unit=ward.unit,
        item=Item.objects.on(day).get(key="commune.7"),
        title=TWICE,
        decided_on=day,
        document="75/QĐ-UBND",
        illustrative=True,
    )
    actions.withdraw_content(content, by=ward.by, reason=WHY_TWICE)


def _closed(ward):
    """A board of the ward's first weeks, gone before anything had to hang there."""
    place = actions.open_place(by=ward.by, unit=ward.unit, kind="seat", name=OLD_BOARD, since=SINCE)
    first = Content.objects.filter(unit=ward.unit).order_by("decided_on").first()
    on = min(SINCE + USED, first.decided_on)
    actions.close_place(place, by=ward.by, on=max(on, SINCE + A_DAY))


def _next_plans(ward):
    """The plan of the next year: one that was given up, and the draft made from this year's."""
    plan = Plan.objects.get(unit=ward.unit, state="adopted")
    given_up = actions.begin_plan(by=ward.by, unit=ward.unit, year=plan.year + 1)
    actions.withdraw_plan(given_up, by=ward.by, reason=WHY_PLAN)
    actions.repeat_plan(plan, by=ward.by)


def _reported(ward):
    """A report to the Council on each period that is over; the last is not sent yet."""
    periods = list(half_years_over(SINCE, today()))
    for since, until in periods:
        report = actions.write_council_report(
            by=ward.by, unit=ward.unit, since=max(since, SINCE), until=until
        )
        if until != periods[-1][1]:
            on = min(until + SENT_AFTER, today())
            half = "cuối năm" if until.month > JUNE else "giữa năm"
            actions.send_council_report(
                report,
                by=ward.by,
                on=on,
                copied_on=on,
                document=f"{until.month * 9}/BC-UBND",
                session=f"Kỳ họp thường lệ {half}",
            )
