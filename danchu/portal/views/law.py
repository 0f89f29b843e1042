"""Rules of the law with their articles, and the due day of an event with its derivation."""

from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.law.book import book
from danchu.law.models import OpenPoint
from danchu.law.rule import SHARE, amount_words, mark_words, unit_words
from danchu.law.thresholds import explain_judgement, judge
from danchu.law.why import explain_due
from danchu.look.pages import page
from danchu.look.sheets import csv_answer


def rules(request):
    """Every rule in force on a day; the search ignores diacritics."""
    law = book()
    text = request.GET.get("q", "").strip()
    fault, day = _day(request, "on")
    matches = _matching(law, text, day or today(), request.GET.get("open"))
    return page(
        request,
        "portal/law.html",
        groups=_by_text(matches, law),
        is_narrowed=bool(text or request.GET.get("open")),
        text=text,
        on=show_day(day or today()),
        fault=fault,
        only_open=request.GET.get("open", ""),
        unverified=sum(not rule.is_verified for rule in matches),
        count=len(matches),
    )


def rules_csv(request):
    """The same rules as a CSV."""
    _fault, day = _day(request, "on")
    matches = _matching(
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
        for rule in matches
    )
    return csv_answer("quy-tac", head, rows, private=False)


def rule(request, key):
    """One rule with its versions; for the day in the address the due day, or for the counts in the
    address whether they reach the threshold.
    """
    law = book()
    versions = law.versions(key)
    newest = versions[-1]
    typed = {name: request.GET.get(name, "").strip() for name in ("event", "part", "whole", "on")}
    answer = ""
    why_so = ""
    fault = ("", "")
    try:
        answer, why_so = _due(law, key, typed) if newest.is_deadline else _verdict(law, key, typed)
    except Refused as refusal:
        fault = (refusal.field, refusal.message)
    return page(
        request,
        "portal/rule.html",
        rule=newest,
        lines=[_line(version, law) for version in reversed(versions)],
        typed=typed,
        answer=answer,
        why=why_so,
        counts=newest.is_deadline,
        judges=newest.is_threshold,
        is_share=newest.unit == SHARE,
        fault=fault[1],
        fault_at=_fault_field(fault[0], newest),
        points=OpenPoint.objects.beside(newest.key),
    )


def _fault_field(name, rule):
    """The field of the form that a refusal belongs to."""
    if name in ("part", "whole", "on"):
        return name
    return "event" if rule.is_deadline else "part"


def _due(law, key, typed):
    """(due day, derivation) of the event on the typed day; empty texts without one."""
    if not typed["event"]:
        return "", ""
    due = law.due(key, parse_day(typed["event"]))
    return show_day(due.day), explain_due(due, law.calendar)


def _verdict(law, key, typed):
    """(verdict, derivation) for the typed counts; empty texts without them."""
    if not typed["part"]:
        return "", ""
    rule = law.rule(key, _read(parse_day, typed["on"], "on") if typed["on"] else today())
    whole = _read(parse_count, typed["whole"], "whole") if rule.unit == SHARE else 0
    judgement = judge(_read(parse_count, typed["part"], "part"), whole, rule)
    return _("Đạt.") if judgement.passed else _("Không đạt."), explain_judgement(judgement)


def _read(parse, text, field):
    """What `parse` reads from the text; its refusal names the field of the form."""
    try:
        return parse(text)
    except Refused as refusal:
        raise Refused(refusal.message, field) from None


def _matching(law, text, day, only_open):
    """The versions in force on the day that match the words; `only_open`: not yet verified."""
    rows = (
        next((one for one in law.versions(key) if one.in_force(day)), None)
        for key in law.rule_keys()
    )
    words = fold(text)
    return [
        one
        for one in rows
        if one
        and words in fold(f"{one.vi} {one.en} {one.key} {one.text} {one.article}")
        and not (only_open and one.is_verified)
    ]


def _by_text(rules, law):
    """[(name of the text, its rules as lines)], in the order in which the rules come."""
    groups = {}
    for rule in rules:
        groups.setdefault(rule.text, []).append(_line(rule, law))
    return list(groups.items())


def _day(request, name):
    """(error message, day) of a day in the address."""
    text = request.GET.get(name, "").strip()
    try:
        return "", parse_day(text) if text else None
    except Refused as refusal:
        return refusal.message, None


def _line(version, law):
    return {
        "key": version.key,
        "name": version.name,
        "amount": amount_words(version),
        "source": version.source,
        "number": version.number,
        "since": version.since,
        "until": version.until,
        "mark": mark_words(version.mark),
        "is_verified": version.is_verified,
        "versions": len(law.versions(version.key)),
    }
