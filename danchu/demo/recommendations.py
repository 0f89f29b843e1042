"""Illustrative recommendations of inspection boards, from drafts to confirmed remedies, from a
fixed seed.
"""

import random
from datetime import date, timedelta

from django.db import transaction

from danchu.inspection import actions
from danchu.inspection.models import Recommendation
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.units.maps import boundaries
from danchu.units.models import Body, Standing

CITIES = (("01", 30), ("79", 12))
FIRST = date(2025, 8, 4)
DAYS = 400
MATTERS = (
    (
        "Thu quỹ vượt mức đã bàn",
        "Khoản thu của tổ dân phố cao hơn mức các hộ đã thống nhất; đề nghị trả lại phần thu thừa.",
    ),
    (
        "Thi công đường ngõ không đúng thiết kế",
        "Chiều dày lớp bê tông thấp hơn thiết kế đã công khai; đề nghị yêu cầu đơn vị "
        "thi công làm lại.",
    ),
    (
        "Chậm niêm yết danh sách hỗ trợ",
        "Danh sách đối tượng được hỗ trợ chưa niêm yết tại nhà văn hóa; đề nghị niêm yết "
        "đủ thời gian.",
    ),
    (
        "Lấn chiếm đất công ven kênh",
        "Một phần đất công đang bị sử dụng sai mục đích; đề nghị lập biên bản và thu hồi.",
    ),
    (
        "Chi quỹ không có chứng từ",
        "Một số khoản chi của quỹ do Nhân dân đóng góp thiếu chứng từ; đề nghị bổ sung "
        "hoặc hoàn trả.",
    ),
)
# How far each goes, in turn: most are settled, some wait, one in eight is refused.
WAYS = (
    "settled",
    "settled",
    "answered",
    "settled",
    "sent",
    "settled",
    "rejected",
    "remedied",
    "confirmed",
    "drafted",
)


@transaction.atomic
def load_recommendations(*, by):
    """Make them once; how many."""
    require(by.may("draft", "recommendation", None))
    if Recommendation.objects.exists():
        return 0
    chance = random.Random(2026)
    made = 0
    for code, number in CITIES:
        boards, committees = _bodies(code)
        for unit in chance.sample(sorted(boards), number):
            _play(chance, WAYS[made % len(WAYS)], boards[unit], committees[unit], made + 1, by)
            made += 1
    record(by, "demo.recommendations_made", None, count=made)
    return made


def _bodies(code):
    """({unit: board}, {unit: committee}) of the city's present communes."""
    city = Standing.objects.on(FIRST).get(code=code, unit__level="province").unit_id
    rows = Body.objects.on(FIRST).filter(
        unit__in=boundaries(FIRST).subtree(city), unit__level="commune"
    )
    found = {
        kind: {body.unit_id: body for body in rows.filter(kind=kind)}
        for kind in ("peoples_inspection_board", "peoples_committee")
    }
    boards, committees = found.values()
    return {unit: board for unit, board in boards.items() if unit in committees}, committees


def _play(chance, way, board, committee, number, by):
    """One recommendation, as far as its way goes and as the days until today allow."""
    title, finding = chance.choice(MATTERS)
    found_on = min(FIRST + timedelta(days=chance.randrange(DAYS)), today() - timedelta(days=60))
    sent = found_on + timedelta(days=4)
    received = found_on + timedelta(days=6)
    answered = received + timedelta(days=chance.choice((7, 12, 14, 22)))
    it = actions.draft_recommendation(
        by=by,
        board=board,
        answerer=committee,
        title=title,
        finding=finding,
        found_on=found_on,
        number=f"KN-{number:02d}/{found_on.year}",
    )
    if way == "drafted":
        return
    it = actions.confirm_recommendation(it, by=by)
    if way == "confirmed":
        return
    it = actions.send_recommendation(it, by=by, sent_on=sent, received_on=received)
    if way == "sent":
        return
    answer = "refused" if way == "rejected" else chance.choice(("full", "full", "part"))
    it = actions.answer_recommendation(
        it,
        by=by,
        on=answered,
        answer=answer,
        text="Ủy ban nhân dân đã xem xét kiến nghị và trả lời Ban (nội dung minh họa).",
    )
    if way in ("answered", "rejected"):
        return
    remedied = answered + timedelta(days=10)
    it = actions.report_remedy(
        it,
        by=by,
        on=remedied,
        text="Đã thực hiện theo kiến nghị (nội dung minh họa).",
        money=chance.choice((0, 0, 4_500_000, 12_000_000)),
        land=chance.choice((0, 0, 0, 85)),
    )
    if way == "settled":
        actions.settle_recommendation(it, by=by, on=remedied + timedelta(days=8))
