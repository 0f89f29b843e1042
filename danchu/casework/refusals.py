"""Why a reception may be refused, by the law of the day, and the notice of it (form 01/TCD) as a paper to sign."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from danchu.casework.letters import filled
from danchu.kernel.days import show_day
from danchu.kernel.words import told
from danchu.papers.official import Line, Official, official_file
from danchu.units.models import Body
from danchu.units.names import name_of

SOURCE = Path(__file__).with_name("sources") / "refusals.toml"
BLANK = "……………………"  # filled in by hand: of a denouncer by who may open the vault


@dataclass(frozen=True)
class Reason:
    """One ground: `needs_notice` where the head gives notice in writing, `needs_body` where it rests on what a body did before."""

    key: str
    vi: str
    en: str
    article: str
    natures: tuple
    needs_notice: bool
    needs_body: bool
    since: date

    def __str__(self):
        return f"{told(self)} ({self.article})"


@cache
def _source():
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


@cache
def reasons():
    """{key: Reason}, in the order of the law."""
    return {
        one["key"]: Reason(one["key"], one["vi"], one["en"], one["article"], tuple(one.get("natures", ())), one.get("notice", False), one.get("body", False), one["since"])
        for one in _source()["reason"]
    }  # fmt: skip


def reason_on(key, day, nature):
    """The Reason, where the law of the day knows it for the nature; else None."""
    found = reasons().get(key)
    return found if found and found.since <= day and (not found.natures or nature in found.natures) else None


def refusal_told(visit):
    """What column 13 of the register says of a reception that was refused; "" of one that was not."""
    if not visit.refused_for:
        return ""
    parts = [_("Từ chối tiếp: %s") % reasons()[visit.refused_for]]
    if visit.noticed_on:
        parts.append(_("Thông báo số %(number)s ngày %(day)s") % {"number": visit.notice_number, "day": show_day(visit.noticed_on)})
    return ". ".join(parts)


def notice_of(visit):
    """The notice as an Official paper in Vietnamese; None where the law asks for none. `sealed` must be selected."""
    reason = reasons().get(visit.refused_for)
    if reason is None or not reason.needs_notice:
        return None
    with translation.override("vi"):
        day = visit.noticed_on or visit.received_on
        template = next(one for one in _source()["notice"] if one["since"] <= visit.received_on and ("until" not in one or visit.received_on < one["until"]))
        place = name_of(visit.unit_id, day) or ""
        committee = Body.objects.on(day).filter(unit=visit.unit_id, kind="peoples_committee").order_by("pk").first()
        issuer = (committee and committee.name_on(day)) or place
        said = {
            "who": f"ông (bà) {visit.name or BLANK}", "identity": visit.identity or BLANK, "address": visit.address or BLANK, "day": show_day(visit.received_on),
            "nature": str(visit.get_nature_display()).lower(), "content": visit.content, "reason": reason.vi[0].lower() + reason.vi[1:], "article": reason.article, "body": visit.handled_before,
            "issuer": issuer,
        }  # fmt: skip
        lines = [Line.of(f"Căn cứ {', '.join(filter(None, (template['form'], template['text'])))};", "italic")]
        lines += [Line.of(filled(text, said)) for text in template["lines"]]
        return Official("Thông báo về việc từ chối tiếp công dân", issuer, place, day, f"{visit.notice_number or '…………'} ({visit.code})", tuple(lines))


def notice_file(visit, ending):
    """The bytes of the notice as "docx" or "pdf"; None where there is none."""
    paper = notice_of(visit)
    return paper and official_file(paper, ending)
