"""One search over everything public: services, places, indicators, published numbers, lists of the
rooms, records. Words are joined by AND; a place in them is recognised and shown.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danchu.casework.access.codes import read_code
from danchu.casework.models import Petition
from danchu.figures.catalogue import INDICATORS, full_name
from danchu.kernel.days import Period, today
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, fold, sort_key
from danchu.law.book import book
from danchu.portal.question import period_words
from danchu.reports.models import SealLine
from danchu.subjects.first_rows import FirstRows, uncounted
from danchu.subjects.room import public_sections
from danchu.units.find import FoundUnit, find_units
from danchu.units.meant import units_meant
from danchu.units.names import name_of

MOST = 12
MOST_OF_LIST = 5
MOST_WORDS_OF_PLACE = 5
FEWEST_LETTERS = 3
# What people write for longer words, without marks.
SHORT_FOR = {
    "bttnd": "ban thanh tra nhan dan",
    "ttnd": "thanh tra nhan dan",
    "bgsdt": "ban giam sat dau tu",
    "gsdtccd": "giam sat dau tu cua cong dong",
    "mttq": "mat tran to quoc",
    "tdp": "to dan pho",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "qcdc": "dan chu o co so",
    "knpa": "kien nghi phan anh",
    "hn": "ha noi",
    "hcm": "ho chi minh",
    "tphcm": "thanh pho ho chi minh",
}


@dataclass(frozen=True)
class ServiceLink:
    """Something that can be done here: its address, its name, the words that lead to it."""

    address: str
    arguments: tuple[str, ...]
    name: Any
    words: str


SERVICES = (
    ServiceLink(
        "petition_send_by",
        ("fault",),
        _("Báo việc hỏng"),
        "bao viec hong phan anh kien nghi den duong cong rac via he o ga mat nuoc ngap cay do",
    ),
    ServiceLink(
        "petition_send_by",
        ("complaint",),
        _("Khiếu nại: cách làm và gửi"),
        "khieu nai don thu xu phat quyet dinh phat dat dai boi thuong",
    ),
    ServiceLink(
        "petition_send_by",
        ("denunciation",),
        _("Tố cáo: được bảo vệ thế nào và gửi"),
        "to cao tham nhung hoi lo vi pham",
    ),
    ServiceLink(
        "petition_follow",
        (),
        _("Theo dõi đơn đã gửi"),
        "theo doi tra cuu don ma don ket qua tra loi",
    ),
    ServiceLink("reception", (), _("Lịch tiếp công dân"), "lich tiep cong dan gap chu tich"),
    ServiceLink("compare", (), _("So sánh các nơi"), "so sanh hai thanh pho xep hang"),
    ServiceLink("reports", (), _("Báo cáo đã công bố"), "bao cao niem phong so lieu"),
    ServiceLink("rules", (), _("Quy tắc và thời hạn"), "luat quy tac thoi han nghi dinh dieu"),
    ServiceLink("recount", (), _("Tự kiểm phiếu"), "kiem phieu bieu quyet kiem lai"),
)


def expanded(query: str) -> str:
    """The query without marks, its abbreviations written out."""
    return " ".join(SHORT_FOR.get(word, word) for word in fold(query).split())


def services(query: str) -> list[ServiceLink]:
    """The services of which all words of the query, but for one, are known; the best first."""
    words = expanded(query).split()
    scored = []
    for service in SERVICES:
        names = set(f"{service.words} {fold(str(service.name))}".split())
        number = sum(1 for word in words if word in names)
        if number and number >= len(words) - 1 and any(len(w) >= FEWEST_LETTERS for w in words):
            scored.append((-number, service))
    return [service for _score, service in sorted(scored, key=lambda pair: pair[0])][:3]


def place_in(query: str) -> tuple[FoundUnit, str] | None:
    """(unit, the other words) where the query ends or begins with the exact name of one place of
    today; None where it names none, or several have the name, or there are no other words.
    """
    words = clean(query).split()
    most = min(MOST_WORDS_OF_PLACE, len(words) - 1)
    for count in range(most, 0, -1):
        for name, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            text = " ".join(name)
            if len(fold(text)) < FEWEST_LETTERS:
                continue
            units = units_meant(find_units(text, day=today(), limit=60), text)
            if len(units) == 1:
                return units[0], " ".join(rest)
    return None


def indicators(query: str) -> list[tuple[str, str, str]]:
    """[(key, code, full name)] of the indicators whose names have all words of the query."""
    words = expanded(query).split()
    return [
        (one.key, one.code, full_name(one))
        for one in INDICATORS.values()
        if _has_all(fold(f"{full_name(one)} {one.vi} {one.en} {one.key} {one.code}"), words)
    ]


def _has_all(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def numbers(query: str, most: int) -> list[dict[str, Any]]:
    """At most `most` of the sealed figures with this value ("24.624" or "24624"): name, place,
    period, address.
    """
    text = re.sub(r"[.,\s]", "", query)
    if not (text.isascii() and text.isdecimal() and len(text) >= FEWEST_LETTERS):
        return []
    keys = [key for key, one in INDICATORS.items() if not one.sensitive]
    lines = SealLine.objects.filter(value=text, key__in=keys, own="").order_by("-pk")[:most]
    rows = {}
    for line in lines:
        place = (line.key, line.unit_id, line.since, line.until, line.map_day)
        rows.setdefault(place, _number_row(line, text))
    return list(rows.values())


def _number_row(line: SealLine, text: str) -> dict[str, Any]:
    words = f"unit={line.unit_id}&since={line.since}&last={Period(line.since, line.until).last}"
    return {
        "value": show_number(int(text)),
        "name": full_name(INDICATORS[line.key]),
        "where": name_of(line.unit_id, line.map_day),
        "when": period_words(Period(line.since, line.until)),
        "url": f"{reverse('figure', args=[line.key])}?{words}&map={line.map_day}",
    }


def rules(query: str) -> list[tuple[str, str]]:
    """[(address, name)] of the rules in force today whose name or key has all words of the query,
    and is not found by a short word alone.
    """
    words = fold(query).split()
    if not any(len(word) >= FEWEST_LETTERS for word in words):
        return []
    law, day = book(), today()
    in_force = [rule for key in law.rule_keys() if (rule := law.rule_if_any(key, day))]
    return [
        (reverse("rule", args=[rule.key]), rule.name)
        for rule in sorted(in_force, key=lambda rule: sort_key(rule.name))
        if _has_all(fold(f"{rule.name} {rule.key}"), words)
    ]


def code_links(query: str) -> list[tuple[str, str]]:
    """[(address, code)] of what has this code: public feedback or a decision itself; of any other
    code of a petition or a booking the page that asks for its secret, whether there is one or not.
    """
    code = read_code(query)
    if not code:
        return []
    is_public = Petition.objects.shown().filter(code=code).exists()
    address = reverse("petition_shown", args=[code]) if is_public else ""
    return [(address or f"{reverse('petition_follow')}?{urlencode({'code': code})}", code)]


def lists(actor: Any, query: str, place: FoundUnit | None = None) -> list[dict[str, Any]]:
    """[{title, url, items}] of the public lists of rooms in which the words are found, at the place
    where one is given.
    """
    groups = []
    if len(fold(query)) < FEWEST_LETTERS:
        return groups
    for section in public_sections():
        if "q" not in section.listing.filters:
            continue
        list_query = QueryDict(mutable=True)
        list_query["q"] = query
        if place and place.code and "unit" in section.listing.filters:
            list_query["unit"] = f"{place.code}@{today().isoformat()}"
        try:
            items = _first_items(section, actor, list_query)
        except Refused:
            continue
        if items:
            address = section.listing.name.replace("-", "_")
            url = f"{reverse(address)}?{list_query.urlencode()}"
            groups.append({"title": section.listing.title, "url": url, "items": items})
    return groups


def _first_items(section: Any, actor: Any, query: QueryDict) -> FirstRows:
    """The first lines of a list, not all counted. Refused for words that it cannot search."""
    rows = section.listing.narrowed_rows(actor, query)
    return uncounted(lambda most: [_item(section, row) for row in rows[:most]], MOST_OF_LIST)


def _item(section: Any, row: Any) -> dict[str, str]:
    unit, day = section.listing.placed(row)
    title = section.record.title(row) if section.record else str(row)
    url = reverse(section.one, kwargs=section.named(row))
    return {"title": str(title), "url": url, "where": name_of(unit, day)}
