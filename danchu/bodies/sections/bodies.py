"""Bodies at the desk: the list, a new one, its page, its acts."""

from django.db.models import Func, Q, TextField
from django.utils.translation import gettext_lazy as _

from danchu.bodies import actions
from danchu.bodies.lives import BODY, BODY_LIFE, STATE_WORDS, may_open_some, state_today
from danchu.bodies.sections.body_form import (
    BodyForm,
    CloseForm,
    CodeForm,
    JoinForm,
    LeaveForm,
    MergeForm,
    RenameForm,
    RoleForm,
)
from danchu.bodies.sections.lasting import DAYS_AND_STATE, state_choice
from danchu.inspection.models import BoardTerm
from danchu.kernel.days import today
from danchu.subjects.columns import PLACE
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.scoped import within
from danchu.subjects.sections import Act, Link, New, Record, Section
from danchu.units.actions import code_body, open_body, rename_body
from danchu.units.kinds import BodyKind
from danchu.units.models import Body, BodyCode, BodyStanding
from danchu.units.names import name_of


def has_name_or_code(words):
    """The condition that a name of the body, present or past, or its code contains the words."""
    folded = Func("name", function="register_fold", output_field=TextField())
    names = BodyStanding.objects.alias(folded=folded).filter(folded__contains=words)
    codes = BodyCode.objects.filter(code__icontains=words.replace(" ", "."))
    return Q(pk__in=names.values("body")) | Q(pk__in=codes.values("body"))


def _rows(actor):
    rows = Body.objects.prefetch_related("standings", "codes")
    return within(rows, actor.scope("view", BODY))


def day_shown(body):
    """The day whose names a page of the body shows: today, its first day or its last."""
    day = today()
    if body.until is not None and body.until <= day:
        return body.until
    return max(body.since, day)


def body_name(body):
    return body.name_on(day_shown(body))


def body_code(body):
    """The agency code of that day, "" for none."""
    day = day_shown(body)
    rows = [row for row in body.codes.all() if row.since <= day]
    return max(rows, key=lambda row: row.since).code if rows else ""


def facts(body, actor):
    """The context of the page of a body."""
    return {
        "standings": body.standings.order_by("since"),
        "codes": body.codes.order_by("since"),
        "grounds": body.grounds.order_by("on", "pk"),
        "kind_name": body.get_kind_display(),
        "members": body.members.order_by("-since", "pk"),
        "terms": BoardTerm.objects.viewed_by(actor).filter(board=body).order_by("-since"),
        "origins": _others(body.came_from, "before"),
        "successors": _others(body.became, "after"),
    }


def _others(successions, end):
    """[(body, its name, name of its place, day)] at the other end of successions."""
    rows = successions.select_related(end).prefetch_related(f"{end}__standings")
    return [
        (other, other.name_on(row.on), name_of(other.unit_id, row.on), row.on)
        for row in rows.order_by("on", "pk")
        for other in (getattr(row, end),)
    ]


def change_role(body, *, by, member, **values):
    """Give the chosen member another role."""
    return actions.change_role(member, by=by, **values)


def leave(body, *, by, member, on, reason):
    """End the membership of the chosen member."""
    return actions.leave_body(member, by=by, on=on, reason=reason)


def _has_members(body):
    return body.members.filter(until=None).exists()


LISTING = Listing(
    name="bodies",
    title=_("Cơ quan, tổ chức"),
    rows=_rows,
    placed=lambda body: (body.unit_id, day_shown(body)),
    columns=(
        Column(
            "name",
            _("Tên"),
            lambda line: body_name(line.row),
            links=True,
            under=lambda line: line.where,
        ),
        Column("kind", _("Loại"), lambda line: line.row.get_kind_display(), sort="kind"),
        Column("code", _("Mã định danh"), lambda line: body_code(line.row)),
        *DAYS_AND_STATE,
        PLACE,
    ),
    filters={
        "unit": Place(),
        "kind": Choice(BodyKind.choices, _("Loại"), "kind"),
        "state": state_choice(),
        "since": Since("since"),
        "last": Last("since"),
        "q": Words(also=has_name_or_code, label=_("Tên hoặc mã")),
    },
    sorted_by="-since",
    file_name="co-quan-to-chuc",
    empty=_("Chưa có cơ quan, tổ chức nào."),
    advice=_("Bấm “Lập các tổ chức thường có” để lập một lần cho một nơi."),
)

BODIES = Section(
    one="body",
    listing=LISTING,
    key="pk",
    life=BODY_LIFE,
    links=(
        Link("desk_usual_bodies", _("Lập các tổ chức thường có"), may_open_some),
        Link("desk_bodies_sheet_upload", _("Nhập từ tệp"), may_open_some),
        Link("desk_villages", _("Thôn, tổ dân phố")),
    ),
    record=Record(
        template="bodies/body.html",
        rows=lambda actor: _rows(actor).select_related("unit"),
        title=body_name,
        state=lambda body: STATE_WORDS[state_today(body)],
        facts=facts,
    ),
    new=New(
        title=_("Tổ chức mới"),
        word=_("Lập tổ chức"),
        form=BodyForm,
        create=lambda *, unit, by, **values: open_body(unit, by=by, **values),
        allows=may_open_some,
        denied=_("Chức trách của ông/bà không lập cơ quan, tổ chức."),
        carries=("unit", "since", "decision", "decided_on"),
    ),
    acts=(
        Act("join", _("Ghi thành viên"), actions.join_body, JoinForm),
        Act("change_role", _("Đổi chức vụ"), change_role, RoleForm, offered=_has_members),
        Act("leave", _("Thôi là thành viên"), leave, LeaveForm, offered=_has_members),
        Act("rename", _("Đổi tên"), rename_body, RenameForm),
        Act("code", _("Đổi mã định danh"), code_body, CodeForm),
        Act(
            "merge",
            _("Sáp nhập vào tổ chức khác"),
            actions.merge_body,
            MergeForm,
            warns=_("Tổ chức này kết thúc; số liệu đã ghi vẫn ở nơi đã ghi."),
        ),
        Act(
            "close",
            _("Kết thúc tổ chức"),
            actions.end_body,
            CloseForm,
            warns=_("Nhiệm kỳ và chức vụ của thành viên cũng kết thúc. Không mở lại được."),
        ),
    ),
)
