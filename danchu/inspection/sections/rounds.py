"""Rounds of boards: the list, one round with its photos, and its acts.

A new one is written on a page of its own, which also works offline.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from danchu.inspection import actions
from danchu.inspection.lives import ROUND_LIFE
from danchu.inspection.models import Finding, RoundSheet
from danchu.inspection.moves import ROUND
from danchu.inspection.sections.shared import BOARDS
from danchu.register.models import State
from danchu.register.words import STATE_WORDS
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ActForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, ToList, may_begin
from danchu.subjects.verbs import CHECK


class DropForm(ActForm):
    """The announced photo to remove, by its SHA-256."""

    photo = forms.CharField(label=_("Ảnh"), max_length=64)


def drop(sheet, *, by, photo):
    """Remove an announced photo that cannot be uploaded; the page of the round is shown again."""
    actions.drop_photo(sheet, photo, by=by)
    return sheet


def state_words(sheet):
    """The name of the state of the round."""
    return STATE_WORDS[sheet.event.state] if sheet.event else _("Đã bỏ bản nháp")


def point_text(sheet):
    """The coordinates, such as "21.02850, 105.85420 (±12 m)"; "" without any."""
    if sheet.latitude is None:
        return ""
    return f"{sheet.latitude}, {sheet.longitude} (±{sheet.accuracy} m)"


def facts(sheet, actor):
    """The context of the page; `pictures` are complete photos, `awaited` those still announced."""
    pictures = []
    findings = []
    if sheet.event:
        attachments = sheet.event.attachments.select_related("paper").order_by("pk")
        pictures = [
            attachment for attachment in attachments if attachment.paper.media.startswith("image/")
        ]
        findings = list(Finding.objects.filter(round=sheet.event).order_by("pk"))
    return {
        "board": sheet.board.name_on(sheet.held_on),
        "point": point_text(sheet),
        "pictures": pictures,
        "awaited": list(sheet.photos.filter(paper=None).order_by("number")),
        "findings": findings,
    }


def _rows(actor):
    rows = RoundSheet.objects.viewed_by(actor).kept().select_related("board", "event")
    return rows.prefetch_related("board__standings")


def _photos(sheets):
    """{pk: {"promised": announced photos, "came": complete ones}}"""
    counted_sheets = RoundSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).with_photos()
    return {sheet.pk: {"promised": sheet.promised, "came": sheet.came} for sheet in counted_sheets}


def _board(line):
    return line.row.board.name_on(line.row.held_on)


def _under(line):
    where = f"{_board(line)}, {line.where}"
    number = len(line.row.noted)
    if not number:
        return where
    cases = ngettext("%(number)s vụ việc", "%(number)s vụ việc", number) % {"number": number}
    return f"{where} · {cases}"


def _photo_counts(line):
    complete = line.more["came"]
    announced = line.more["promised"]
    return f"{complete}" if complete == announced else f"{complete}/{announced}"


LISTING = Listing(
    name="rounds",
    title=_("Cuộc giám sát của Ban"),
    rows=_rows,
    placed=lambda sheet: (sheet.unit_id, sheet.held_on),
    columns=(
        Column("held_on", _("Ngày"), sort="held_on"),
        Column("title", _("Kiểm tra, giám sát việc gì"), sort="title", links=True, under=_under),
        Column("board", _("Ban"), _board, on_page=False),
        PLACE,
        Column("photos", _("Ảnh"), _photo_counts, in_files=False),
        state_column(lambda line: state_words(line.row), tag=lambda line: line.row.event.state),
        Column("noted", _("Vụ việc ghi nhận"), lambda line: len(line.row.noted), on_page=False),
        Column("came", _("Ảnh đã đến"), lambda line: line.more["came"], on_page=False),
        Column("promised", _("Ảnh"), lambda line: line.more["promised"], on_page=False),
    ),
    filters={
        "unit": Place(),
        "state": Choice(
            [(state, STATE_WORDS[state]) for state in State.values],
            _("Trạng thái"),
            "event__state",
        ),
        "since": Since("held_on"),
        "last": Last("held_on"),
        "q": Words("title"),
    },
    more=_photos,
    file_name="cuoc-giam-sat",
    empty=_("Chưa có cuộc nào ghi tại chỗ."),
    advice=_(
        "Cuộc ghi trên điện thoại, kể cả khi không có mạng, sẽ hiện ở đây để Trưởng ban xác nhận."
    ),
)


class SeenRoundForm(SeenForm):
    def beside(self):
        return [self.row.event]


ROUNDS = Section(
    one="round",
    verb=CHECK,
    listing=LISTING,
    life=ROUND_LIFE,
    above=BOARDS,
    record=Record(
        template="inspection/round.html",
        rows=lambda actor: RoundSheet.objects.viewed_by(actor).select_related(
            "board", "event", "plan", "project"
        ),
        state=state_words,
        facts=facts,
        in_template=("drop",),
    ),
    new=New(
        title=_("Ghi tại chỗ"),
        word=_("Ghi tại chỗ"),
        allows=may_begin("draft", ROUND),
        denied=_("Chức trách của ông/bà không ghi cuộc giám sát."),
    ),
    acts=(
        Act(
            "confirm",
            _("Xác nhận"),
            actions.confirm_round,
            SeenRoundForm,
            saved=lambda sheet: _("Đã xác nhận: việc này có trong mọi số liệu ngay từ bây giờ."),
        ),
        Act("discard", _("Bỏ bản nháp"), actions.discard_round, SeenRoundForm, after=ToList()),
        Act("drop", _("Không chờ ảnh này"), drop, DropForm),
    ),
)
