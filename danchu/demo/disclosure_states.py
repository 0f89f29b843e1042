"""A ward's year of disclosures: its plan, what was posted where and what was not, contests, the
lists of quarters, requests for information, a file that was masked. Made by the real acts.
"""

from datetime import date, timedelta
from functools import cache
from io import BytesIO
from uuid import NAMESPACE_OID, uuid5

from danchu.demo.disclosed import (
    CONTENTS,
    DENIED,
    FRESH,
    GONE,
    LATE,
    NEVER,
    NO_HOUSE,
    NO_PORTAL,
    PLANNED,
    QUIET,
    SEEN,
    SHORT,
    STALE,
    UPHELD,
)
from danchu.demo.disclosure_ends import play_ends
from danchu.demo.information import ask_all, file_of_ward
from danchu.demo.meetings import own_villages
from danchu.demo.pictures import picture_of
from danchu.demo.staff import SINCE
from danchu.disclosure import actions
from danchu.disclosure.actions.postings import Evidence
from danchu.disclosure.actions.yearly import LISTED
from danchu.disclosure.actions.yearly import PLANNED as BY_PLAN
from danchu.disclosure.compliance import FOR_GOOD, first_day_off
from danchu.disclosure.listed import list_file
from danchu.disclosure.models import Content, Item, Origin
from danchu.disclosure.quarters import quarters_over
from danchu.kernel.days import day_of, now, today
from danchu.law.book import book
from danchu.people.actor import Actor

HOUSES = 3
A_DAY = timedelta(days=1)
WITNESSES = Evidence("witnesses", witness="Nguyễn Thị Hòa", second_witness="Lê Văn Sáu")
LOG = Evidence("log", text="Sổ phát thanh, ba buổi 6 giờ 30")
PHOTO = "Đèn đường hỏng"


def play_disclosures(ward):
    """Returns how many contents are new."""
    places = _places(ward)
    lines = _planned(ward)
    contents = [_disclosed(ward, places, lines, *row) for row in CONTENTS]
    _contested(ward, contents)
    _listed(ward, places)
    ask_all(ward)
    play_ends(ward)
    return Content.objects.filter(unit=ward.unit, illustrative=True).count()


def _day(ward, ago):
    """The day so many days ago, not before the ward was there."""
    return max(ward.day(ago), SINCE + A_DAY)


def _places(ward):
    """{kind: places} of the ward and of its first villages."""
    villages = own_villages(ward, HOUSES)
    places = {}

    def place(kind, name, village=None):
        row = actions.open_place(
            by=ward.by, unit=ward.unit, kind=kind, name=name, since=SINCE, village=village
        )
        places.setdefault(kind, []).append(row)

    place("seat", "Trụ sở Ủy ban nhân dân phường")
    place("portal", "Trang thông tin điện tử của phường")
    place("loudspeaker", "Loa truyền thanh phường")
    for number, village in enumerate(villages, 1):
        place("culture_house", f"Nhà văn hóa Tổ dân phố số {number}", village)
    if villages:
        place("village_head", "Tổ trưởng Tổ dân phố số 1", villages[0])
    return places


def _disclosed(ward, places, lines, key, title, document, ago, kind, special):
    """A content, and its postings as `kind` says; `lines` are those of the plan by title."""
    decided_on = _day(ward, ago)
    rows = Item.objects.on(decided_on)
    line = lines.get(title)
    origin = {"origin": Origin.PLAN, "origin_kind": BY_PLAN, "origin_uid": line and line.uid}
    content = actions.open_content(
        by=ward.by,
        unit=ward.unit,
        item=rows.get(key=key),
        special=rows.get(key=special) if special else None,
        title=title,
        decided_on=decided_on,
        document=document,
        illustrative=True,
        **(origin if line else {}),
    )
    if kind not in (NEVER, FRESH):
        _post_all(ward, content, places, kind)
    if kind == STALE:
        content = actions.renew_content(
            content,
            by=ward.by,
            decided_on=decided_on + 45 * A_DAY,
            changed="Sửa số thu ngân sách ở mục II.",
            document=f"{document}-1",
        )
        _post_all(ward, content, {**places, "culture_house": places["culture_house"][:-1]}, "")
    return content


def _post_all(ward, content, places, kind):
    """Each form at each place, but for what is wrong."""
    terms = content.terms
    boards = [*places.get("seat", ()), *places.get("culture_house", ())]
    boards = [board for board in boards if board.kind in terms.places]
    wrong = boards[-1] if boards else None
    begun = content.decided_on + A_DAY
    if "posting" in terms.forms:
        days = terms.days_to_stay("posting", content.decided_on, book())
        for place in boards:
            if place == wrong and kind == NO_HOUSE:
                continue
            since = begun + 16 * A_DAY if place == wrong and kind == LATE else begun
            until = _until(since, days, kind, place == wrong)
            _post(ward, content, "posting", place, since, until, _proof(ward, content, since))
    for form, proof, until in (
        ("portal", _address(content), None),
        ("loudspeaker", LOG, begun + (1 if kind == QUIET else 2) * A_DAY),
    ):
        if form in terms.forms and not (form == "portal" and kind == NO_PORTAL):
            for place in places.get(form, ()):
                _post(ward, content, form, place, begun, until, proof)
    if "village_head" in terms.forms:
        for place in places.get("village_head", ()):
            sheet = Evidence("sheet", file=BytesIO(_signed()), file_name="ky-nhan.pdf")
            _post(ward, content, "village_head", place, begun, None, sheet)


def _until(since, days, kind, is_wrong):
    """The last day on which it hung, where it is down today."""
    if days == FOR_GOOD:
        last = since + 30 * A_DAY if kind == GONE and is_wrong else None
    elif kind == STALE:
        last = None if is_wrong else since + 44 * A_DAY
    elif kind == SHORT and is_wrong:
        last = since + 6 * A_DAY
    else:
        last = first_day_off(since, days)
    return last if last is not None and last < today() else None


def _post(ward, content, form, place, since, until, evidence):
    if since > today():
        return
    actions.post_content(
        content,
        by=ward.by,
        form=form,
        place=place,
        since=since,
        until=until if until is None or until <= today() else today(),
        evidence=evidence,
    )


def _proof(ward, content, since):
    """The photo of the first board of what was posted lately, else two witnesses."""
    if content.decided_on < ward.day(15) or content.postings.exists():
        return WITNESSES
    [(file, name)] = picture_of(ward.chance, PHOTO)
    taken_at = min(now(), now().replace(hour=3, minute=20))
    if day_of(taken_at) < since:
        return WITNESSES
    return Evidence("photo", taken_at=taken_at, file=file, file_name=name)


def _address(content):
    return Evidence("address", text=f"https://phuong.example/cong-khai/{content.pk}")


@cache
def _signed():
    """The sheet that a village head signed, as bytes; one file is stored once."""
    return file_of_ward("Giấy ký nhận").getvalue()


def _contested(ward, contents):
    """Three postings that somebody did not see: one rightly, one not, one waits."""
    seen = [content for content in contents if content.postings.on_boards().exists()]
    answers = (actions.uphold_contest, actions.dismiss_contest, None)
    for content, answer, words in zip(seen[-3:], answers, (UPHELD, DENIED, ""), strict=True):
        posting = content.postings.on_boards().first()
        contest = actions.contest_posting(
            content, by=Actor.public(), posting=posting, seen_on=posting.since, text=SEEN
        )
        if answer:
            answer(contest, by=ward.by, answer=words)


def _planned(ward):
    """{title: line} of the plan of this year: what was disclosed by it, and what comes."""
    year = today().year
    plan = actions.begin_plan(
        by=ward.by, unit=ward.unit, year=year, responsible="Chánh Văn phòng phường"
    )
    for key, title, _document, ago, _kind, _special in CONTENTS[::3]:
        if _day(ward, ago).year == year:
            plan = actions.add_line(
                plan, by=ward.by, item=key, title=title, planned_on=_day(ward, ago)
            )
    for key, title, forms in PLANNED:
        owed = Item.objects.on(today()).get(key=key).forms
        plan = actions.add_line(
            plan,
            by=ward.by,
            item=key,
            title=title,
            planned_on=date(year, 12, 31),
            forms=[*owed, *forms],
        )
    begun = min(max(date(year, 1, 5), SINCE), today())
    actions.adopt_plan(plan, by=ward.by, on=begun, document="01/KH-UBND")
    return {line.title: line for line in plan.lines.all()}


def _listed(ward, places):
    """The lists of the quarters that are over; the last of them is not posted yet."""
    quarters = list(quarters_over(_day(ward, 330), today()))
    for year, number, since, until in quarters:
        title = f"Danh mục nội dung đã công khai quý {number} năm {year}"
        content = actions.open_content(
            by=ward.by,
            unit=ward.unit,
            item=Item.objects.on(until).get(key="commune.list"),
            title=title,
            decided_on=until,
            file=BytesIO(list_file(ward.unit, title, since, until)),
            file_name=f"danh-muc-{year}-quy-{number}.pdf",
            origin=Origin.LIST,
            origin_kind=LISTED,
            origin_uid=uuid5(NAMESPACE_OID, f"{LISTED} {ward.unit.pk} {year} {number}"),
            illustrative=True,
        )
        if (year, number) != quarters[-1][:2]:
            _post_all(ward, content, places, "")
