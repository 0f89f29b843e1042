"""The law as rows, with their articles; and the due date of any event, with the reason."""

from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.law.book import book
from danchu.law.rule import SHARE, amount_words, mark_words, unit_words
from danchu.law.thresholds import explain_judgement, judge
from danchu.law.why import explain_due
from danchu.look.pages import page
from danchu.look.sheets import csv_answer


def rules(request):
    """Every rule in force on a day, found without marks; with its earlier and later versions."""
    now = book()
    text = request.GET.get("q", "").strip()
    fault, day = _day(request, "on")
    found = _found(now, text, day or today(), request.GET.get("open"))
    return page(
        request,
        "portal/law.html",
        lines=[_line(rule, now) for rule in found],
        text=text,
        on=show_day(day or today()),
        fault=fault,
        only_open=request.GET.get("open", ""),
        unverified=sum(not rule.is_verified for rule in found),
        count=len(found),
    )


def rules_csv(request):
    """The same rules as a file."""
    _fault, day = _day(request, "on")
    found = _found(
        book(), request.GET.get("q", "").strip(), day or today(), request.GET.get("open")
    )
    head = [
        _("Khóa"),
        _("Quy tắc"),
        _("Cách tính"),
        _("Mức"),
        _("Điều"),
        _("Văn bản"),
        _("Từ ngày"),
        _("Đến trước ngày"),
        _("Đối chiếu"),
    ]
    rows = (
        [
            rule.key,
            rule.name,
            rule.sense,
            unit_words(rule),
            rule.article,
            rule.text,
            show_day(rule.since),
            show_day(rule.until) if rule.until else "",
            mark_words(rule.mark),
        ]
        for rule in found
    )
    return csv_answer("quy-tac", head, rows, private=False)


def rule(request, key):
    """One rule: its versions; the due date of the day that is asked, or whether the counts that
    are asked reach it.
    """
    now = book()
    versions = now.versions(key)
    newest = versions[-1]
    asked = {name: request.GET.get(name, "").strip() for name in ("event", "part", "whole", "on")}
    answer = ""
    why_so = ""
    fault = ("", "")
    try:
        answer, why_so = _due(now, key, asked) if newest.is_deadline else _judged(now, key, asked)
    except Refused as refusal:
        fault = (refusal.field, refusal.message)
    return page(
        request,
        "portal/rule.html",
        rule=newest,
        lines=[_line(one, now) for one in reversed(versions)],
        asked=asked,
        answer=answer,
        why=why_so,
        counts=newest.is_deadline,
        judges=newest.is_threshold,
        is_share=newest.unit == SHARE,
        fault=fault[1],
        fault_at=_fault_field(fault[0], newest),
    )


def _fault_field(name, rule):
    """The field of the form beside which a refusal stands."""
    if name in ("part", "whole", "on"):
        return name
    return "event" if rule.is_deadline else "part"


def _due(now, key, asked):
    if not asked["event"]:
        return "", ""
    found = now.due(key, parse_day(asked["event"]))
    return show_day(found.day), explain_due(found, now.calendar)


def _judged(now, key, asked):
    if not asked["part"]:
        return "", ""
    rule = now.rule(key, _read(parse_day, asked["on"], "on") if asked["on"] else today())
    whole = _read(parse_count, asked["whole"], "whole") if rule.unit == SHARE else 0
    found = judge(_read(parse_count, asked["part"], "part"), whole, rule)
    return _("Đạt.") if found.passed else _("Không đạt."), explain_judgement(found)


def _read(parse, text, field):
    try:
        return parse(text)
    except Refused as refusal:
        raise Refused(refusal.message, field) from None


def _found(now, text, day, only_open):
    rows = (
        next((one for one in now.versions(key) if one.in_force(day)), None)
        for key in now.rule_keys()
    )
    words = fold(text)
    return [
        one
        for one in rows
        if one
        and words in fold(f"{one.vi} {one.en} {one.key} {one.text} {one.article}")
        and not (only_open and one.is_verified)
    ]


def _day(request, name):
    """(what is wrong with it, the day) of a day typed into the address."""
    text = request.GET.get(name, "").strip()
    try:
        return "", parse_day(text) if text else None
    except Refused as refusal:
        return refusal.message, None


def _line(one, now):
    return {
        "key": one.key,
        "name": one.name,
        "amount": amount_words(one),
        "source": one.source,
        "number": one.number,
        "since": one.since,
        "until": one.until,
        "mark": mark_words(one.mark),
        "is_verified": one.is_verified,
        "versions": len(now.versions(one.key)),
    }
