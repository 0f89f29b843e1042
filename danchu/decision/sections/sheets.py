"""Sheets that came back, at the desk: lists of households, and counts of ballots."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.decision import actions
from danchu.decision.actions.sheets import ROLLS
from danchu.decision.lives import COUNT, DECISION
from danchu.decision.models import BallotCount, DecisionSheet
from danchu.decision.sections.sheet_form import (
    CountSheetForm,
    PhotographForm,
    RollSheetForm,
    kinds_words,
)
from danchu.decision.sheet_life import SHEET_LIFE, SheetState, sheet_state
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import DISCUSS

ABOVE = ("desk_decisions", _("Việc Nhân dân quyết định"))
STATES = {
    SheetState.WITHOUT_PHOTO: lambda rows: rows.filter(paper=None),
    SheetState.WITH_PHOTO: lambda rows: rows.filter(paper__isnull=False),
}


def is_photo_open(sheet, actor):
    """Whether the actor may see the photo: two people count apart, so nobody sees that of another
    before the vote has an outcome.
    """
    if sheet.kind != "count" or sheet.vote.outcome:
        return True
    return sheet.made_by == actor.key


def _all(actor):
    return DecisionSheet.objects.viewed_by(actor).select_related("decision", "vote")


def _rolls(actor):
    return _all(actor).rolls()


def _counts(actor):
    return _all(actor).counts()


def _title(sheet):
    return f"{sheet.get_kind_display()} · {sheet.decision.title}"


def _facts(sheet, actor):
    """The context of the page of a sheet."""
    others = 0
    if sheet.kind == "count" and not sheet.vote.outcome:
        others = BallotCount.objects.filter(vote=sheet.vote).exclude(made_by=sheet.made_by).count()
    return {"photo_open": sheet.paper_id and is_photo_open(sheet, actor), "others": others}


def _saved(sheet):
    return gettext("Đã ghi %(added)s hộ mới; %(known)s hộ đã có từ trước.") % {
        "added": sheet.added,
        "known": sheet.known,
    }


def _counted(sheet):
    sheet.vote.refresh_from_db()
    if sheet.vote.outcome:
        return gettext("Đã ghi: %s.") % sheet.vote.get_outcome_display()
    others = BallotCount.objects.filter(vote=sheet.vote).exclude(made_by=sheet.made_by)
    if others.exists():
        return gettext("Đã ghi. Bản đếm này khác bản đếm của người kia: hãy đếm lại.")
    return gettext("Đã ghi. Chờ một người nữa đếm riêng.")


def _listing(name, title, rows, *, more, file_name):
    return Listing(
        name=name,
        title=title,
        rows=rows,
        placed=lambda sheet: (sheet.unit_id, sheet.made_on),
        columns=(
            Column("made_on", _("Ngày ghi"), sort="made_on"),
            Column(
                "title",
                _("Tờ giấy"),
                lambda line: _title(line.row),
                links=True,
                under=lambda line: line.where,
            ),
            Column("added", _("Số hộ mới"), sort="added"),
            PLACE,
            state_column(lambda line: sheet_state(line.row).label),
        ),
        filters={
            "unit": Place(),
            **more,
            "state": Choice(SheetState.choices, _("Ảnh"), conditions=STATES),
            "since": Since("made_on"),
            "last": Last("made_on"),
            "q": Words("decision__title"),
        },
        file_name=file_name,
        empty=_("Chưa có tờ nào."),
        advice=_("In tờ giấy ở trang của việc; mã ở đầu tờ cho biết nó thuộc việc nào."),
    )


def _record(rows):
    return Record(
        template="decision/sheet.html",
        rows=rows,
        title=_title,
        state=lambda sheet: sheet_state(sheet).label,
        facts=_facts,
    )


ACTS = (
    Act(
        "photograph",
        _("Kèm ảnh tờ giấy"),
        actions.photograph_sheet,
        PhotographForm,
        saved=lambda sheet: gettext("Đã giữ ảnh."),
    ),
)
ROLL_SHEETS = Section(
    one="roll_sheet",
    verb=DISCUSS,
    above=ABOVE,
    listing=_listing(
        "roll-sheets",
        _("Tờ danh sách đã ghi lại"),
        _rolls,
        more={"kind": Choice(kinds_words(ROLLS), _("Loại tờ"), "kind")},
        file_name="to-danh-sach",
    ),
    life=SHEET_LIFE,
    record=_record(_rolls),
    new=New(
        title=_("Ghi lại một tờ danh sách"),
        word=_("Ghi một tờ danh sách"),
        form=RollSheetForm,
        create=actions.enter_roll_sheet,
        allows=may_begin("draft", DECISION),
        denied=_("Chức trách của ông/bà không ghi danh sách dự họp, nhận phiếu."),
        saved=_saved,
        offline=True,
    ),
    acts=ACTS,
)
COUNT_SHEETS = Section(
    one="count_sheet",
    verb=DISCUSS,
    above=ABOVE,
    listing=_listing(
        "count-sheets",
        _("Tờ kiểm phiếu đã ghi lại"),
        _counts,
        more={},
        file_name="to-kiem-phieu",
    ),
    life=SHEET_LIFE,
    record=_record(_counts),
    new=New(
        title=_("Ghi một tờ kiểm phiếu"),
        word=_("Ghi một tờ kiểm phiếu"),
        form=CountSheetForm,
        create=actions.enter_count_sheet,
        allows=may_begin("draft", COUNT),
        denied=_("Chức trách của ông/bà không kiểm phiếu."),
        saved=_counted,
        offline=True,
    ),
    acts=ACTS,
)
