"""The law at the operator's desk: rules, the unverified ones first; a new version or a correction,
whose effect is shown before it is written.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.desk.guard import official
from danchu.desk.law_form import RuleForm, typed_of
from danchu.desk.law_lines import lines_behind, mark_of_line, narrowed_lines
from danchu.desk.law_outlook import moves_csv, number_unruled, outlook, unruled_words
from danchu.desk.point_forms import AnswerForm, PointForm
from danchu.journal.models import Entry
from danchu.kernel.days import DAWN, show_day
from danchu.kernel.refusals import Refused, require
from danchu.law.book import book
from danchu.law.lint import faults_in_force
from danchu.law.models import OpenPoint, RuleVersion
from danchu.law.rule import MARKS, amount_words, mark_words
from danchu.law.words import ACT_WORDS, TRANSITION_WORDS
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.obligations.actions import change_law
from danchu.obligations.models import Obligation
from danchu.obligations.outlook import foresee, rows_of_groups, unruled, years_to_enter
from danchu.subjects.first_rows import FirstRows, first_rows, limit_in
from danchu.units.names import names_of

PAGE = 50


def keeper(view):
    """Let in those who may change the rules of the whole country."""

    @official
    @never_cache
    def guarded(request, *arguments, **more):
        require(
            request.actor.may("correct", "law", None),
            _(
                "Trang này của người vận hành: chỉ người có quyền đổi quy tắc của cả "
                "nước mới mở được."
            ),
        )
        return view(request, *arguments, **more)

    return guarded


@keeper
def rules(request):
    """All rules, those not verified against their text first."""
    lines = narrowed_lines(request)
    first = lines_behind(lines, request.GET)
    shown_lines = first[:PAGE]
    query = request.GET.copy()
    query.pop("after", None)
    return page(
        request,
        "desk/law.html",
        lines=shown_lines,
        total=len(lines),
        query=query.urlencode(),
        parameters=request.GET,
        start=len(lines) - len(first),
        next=mark_of_line(shown_lines[-1]) if len(first) > PAGE else "",
        unchecked=sum(not line.rule.is_verified for line in lines),
        marks=[(mark, f"{mark_words(mark)} ({mark})") for mark in MARKS],
        missing=years_to_enter(),
        faults=faults_in_force(),
    )


@keeper
def rules_csv(request):
    """The same rules as a file."""
    head = [
        _("Khóa"),
        _("Quy tắc"),
        _("Mức"),
        _("Điều"),
        _("Văn bản"),
        _("Từ ngày"),
        _("Đến trước ngày"),
        _("Đối chiếu"),
        _("Chuyển tiếp"),
    ]
    rows = (
        [
            r.key,
            r.name,
            amount_words(r),
            r.article,
            r.text,
            show_day(r.since) if r.since > DAWN else "",
            show_day(r.until) if r.until else "",
            mark_words(r.mark),
            TRANSITION_WORDS[r.transition],
        ]
        for r in (line.rule for line in narrowed_lines(request))
    )
    return csv_answer("quy-tac", head, rows)


@keeper
def rule(request, key):
    """One rule: all its versions, the corrected ones included, how many open obligations each
    judges, its open points, and its entries in the journal.
    """
    return rule_page(request, key)


def rule_page(request, key, point_form=None, answer_form=None):
    """The page of one rule, with a form of its open points that was refused."""
    versions = list(
        RuleVersion.objects.filter(key=key).select_related("text").order_by("-since", "-pk")
    )
    if not versions:
        raise Http404
    owed = Obligation.objects.open().judged_by(versions)
    entries = Entry.objects.filter(
        kind=RuleVersion.journal_kind, subject__in=[str(version.pk) for version in versions]
    ).order_by("-number")
    newest = next((version for version in versions if version.replaced_at is None), versions[0])
    return page(
        request,
        "desk/law_rule.html",
        status=400 if point_form or answer_form else 200,
        record=newest,
        points=OpenPoint.objects.beside(key),
        unruled=_unruled_rows(key, request.GET),
        point_form=point_form or PointForm(),
        answer_form=answer_form or AnswerForm(key),
        versions=[
            (
                one,
                amount_words(one.rule),
                mark_words(one.mark),
                TRANSITION_WORDS[one.transition],
                owed.get(one.pk, 0),
            )
            for one in versions
        ],
        entries=first_rows(entries, 30, request.GET).each(_entry_line),
    )


def _unruled_rows(key, query):
    """FirstRows of (open obligation, its place) of this rule that no version of it governs."""
    groups = list(unruled(book(), key))
    rows = rows_of_groups(groups, limit_in(query, 50))
    names = names_of({(row.unit_id, row.event_on) for row in rows})
    return FirstRows(
        ((row, names[row.unit_id, row.event_on]) for row in rows),
        sum(group.number for group in groups),
    )


def _entry_line(entry):
    """(instant, act in words with its reason, who did it, journal number)"""
    reason = f": {entry.data['reason']}" if "reason" in entry.data else ""
    words = ACT_WORDS.get(entry.act.partition(".")[2], entry.act)
    return entry.at, f"{words}{reason}", entry.actor_name or entry.actor, entry.number


@keeper
def new_rule(request):
    """Enact a rule that the book does not have yet."""
    return _form(
        request,
        RuleForm(request.POST or None, initial={"seen": 0, "mark": "operator"}),
        None,
        _("Quy tắc mới"),
    )


@keeper
def new_version(request, key):
    """Enact a version in force from a day on; the earlier one keeps what it has judged."""
    newest = RuleVersion.objects.uncorrected().filter(key=key).order_by("since").last()
    if newest is None:
        raise Http404
    seen = RuleVersion.objects.uncorrected().filter(key=key).order_by("pk").last().pk
    form = RuleForm(
        request.POST or None,
        version=newest,
        initial={**typed_of(newest, correct=False), "seen": seen},
    )
    return _form(request, form, newest, _("Phiên bản mới: %s") % newest.name)


@keeper
def correct(request, key, pk):
    """Correct a version that was recorded wrongly, or mark it as verified against its text."""
    version = RuleVersion.objects.uncorrected().filter(key=key, pk=pk).first()
    if version is None:
        raise Http404
    form = RuleForm(
        request.POST or None,
        version=version,
        correct=True,
        initial={**typed_of(version, correct=True), "seen": version.pk},
    )
    return _form(request, form, version, _("Đính chính: %s") % version.name)


def _form(request, form, version, title):
    moves = None
    if request.method == "POST" and form.is_valid():
        change = form.change(request.actor)
        try:
            foreseen = foresee(change)
            if request.POST.get("do") == "write":
                new_rule_version, moved_number = change_law(change, by=request.actor)
                words = _(
                    "Đã ghi phiên bản có hiệu lực từ ngày %(day)s; số hạn đã đổi: %(moved)s."
                ) % {"day": show_day(new_rule_version.since), "moved": moved_number}
                left = number_unruled(foreseen)
                level = messages.WARNING if left else messages.SUCCESS
                messages.add_message(request, level, words + unruled_words(left))
                return redirect("desk_rule", key=new_rule_version.key)
            moves = foreseen
        except Refused as refusal:
            form.refuse(refusal)
    if moves is not None and request.POST.get("do") == "csv":
        return moves_csv(moves)
    return page(
        request,
        "desk/law_form.html",
        status=400 if form.errors else 200,
        form=form,
        version=version,
        title=title,
        outlook=outlook(moves),
    )
