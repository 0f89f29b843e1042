"""The law as rows, with their articles; and the due date of any event, with the reason."""

from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.law.book import book
from danchu.law.rule import mark_words, unit_words
from danchu.law.why import why
from danchu.look.pages import page
from danchu.look.sheets import csv_answer


def rules(request):
    """Every rule in force on a day, found without marks; with its earlier and later versions."""
    now, text = book(), request.GET.get("q", "").strip()
    fault, day = _day(request, "on")
    found = _found(now, text, day or today(), request.GET.get("open"))
    return page(
        request, "portal/law.html", lines=[_line(rule, now) for rule in found], text=text, on=show_day(day or today()), fault=fault,
        only_open=request.GET.get("open", ""), unverified=sum(not rule.is_verified for rule in found), count=len(found),
    )  # fmt: skip


def rules_csv(request):
    """The same rules as a file."""
    _fault, day = _day(request, "on")
    found = _found(book(), request.GET.get("q", "").strip(), day or today(), request.GET.get("open"))
    head = [_("Khóa"), _("Quy tắc"), _("Cách tính"), _("Mức"), _("Điều"), _("Văn bản"), _("Từ ngày"), _("Đến trước ngày"), _("Đối chiếu")]
    rows = (
        [rule.key, rule.name, rule.sense, unit_words(rule), rule.article, rule.text, show_day(rule.since), show_day(rule.until) if rule.until else "", mark_words(rule.mark)]
        for rule in found
    )
    return csv_answer("quy-tac", head, rows)


def rule(request, key):
    """One rule: its versions, and the due date of the day that is asked."""
    now = book()
    versions = now.versions(key)
    fault, event = _day(request, "event")
    answer = None
    if event and not fault:
        try:
            answer = now.due(key, event)
        except Refused as refusal:
            fault = refusal.message
    return page(
        request, "portal/rule.html", rule=versions[-1], lines=[_line(one, now) for one in reversed(versions)], fault=fault,
        event=request.GET.get("event", ""), answer=answer and show_day(answer.day), why=answer and why(answer, now.calendar),
        counts=versions[-1].is_deadline,
    )  # fmt: skip


def _found(now, text, day, only_open):
    rows = (next((one for one in now.versions(key) if one.in_force(day)), None) for key in now.names())
    words = fold(text)
    return [
        one for one in rows
        if one and words in fold(f"{one.vi} {one.en} {one.key} {one.text} {one.article}") and not (only_open and one.is_verified)
    ]  # fmt: skip


def _day(request, name):
    """(what is wrong with it, the day) of a day typed into the address."""
    text = request.GET.get(name, "").strip()
    try:
        return "", parse_day(text) if text else None
    except Refused as refusal:
        return refusal.message, None


def _line(one, now):
    senses = {
        "within": _("chậm nhất"), "before": _("trước ít nhất"), "lasting": _("kéo dài ít nhất"), "through": _("có giá trị"),
        "at_least": _("từ"), "at_most": _("tối đa"), "more_than": _("trên"),
    }  # fmt: skip
    return {
        "key": one.key, "name": one.name, "amount": f"{senses[one.sense]} {unit_words(one)}", "source": one.source, "number": one.number,
        "since": show_day(one.since), "until": show_day(one.until) if one.until else "", "mark": mark_words(one.mark),
        "is_verified": one.is_verified, "versions": len(now.versions(one.key)),
    }  # fmt: skip
