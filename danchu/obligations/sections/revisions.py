"""Due days that were judged by a wrong rule, at the desk: the old and the new day of each, for
whoever may view the obligation.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import day_of
from danchu.obligations.models import Revision, State
from danchu.subjects.columns import PLACE
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Section


class Effect(models.TextChoices):
    """What became of an obligation whose due day was wrong."""

    MOVED = "moved", _("Hạn đã đổi")
    STANDS = "stands", _("Đã khép lại, giữ nguyên")


CONDITIONS = {
    Effect.MOVED: models.Q(is_applied=True),
    Effect.STANDS: models.Q(is_applied=False),
}


def effect_of(revision):
    """What became of the obligation, in words."""
    return Effect.MOVED.label if revision.is_applied else Effect.STANDS.label


LISTING = Listing(
    name="due-revisions",
    title=_("Hạn đã tính lại"),
    lead=_(
        "Việc từng được tính hạn theo một quy tắc, một ngày hoặc một lịch nay đã khác: hạn cũ, hạn "
        "mới và vì sao. Việc chưa làm theo hạn mới; việc đã khép lại giữ nguyên kết quả cũ."
    ),
    rows=lambda actor: Revision.objects.viewed_by(actor).select_related(
        "obligation", "from_rule", "to_rule"
    ),
    placed=lambda revision: (revision.unit_id, revision.to_event),
    columns=(
        Column("made_at", _("Ngày ghi"), lambda line: day_of(line.row.made_at)),
        Column(
            "title",
            _("Việc phải làm"),
            lambda line: line.row.obligation.title,
            links=True,
            under=lambda line: line.where,
        ),
        Column("from_due", _("Hạn cũ"), sort="from_due"),
        Column("to_due", _("Hạn mới"), sort="to_due"),
        Column("reason", _("Vì sao")),
        Column(
            "effect",
            _("Kết quả"),
            lambda line: effect_of(line.row),
            is_state=True,
            tag=lambda line: "confirmed" if line.row.is_applied else "warning",
        ),
        PLACE,
        Column("rule", _("Quy tắc"), lambda line: line.row.to_rule.name, on_page=False),
        Column("state", _("Trạng thái"), lambda line: line.row.get_state_display(), on_page=False),
        Column("from_event", _("Ngày phát sinh cũ"), on_page=False),
        Column("to_event", _("Ngày phát sinh mới"), on_page=False),
    ),
    filters={
        "which": Choice(Effect.choices, _("Xem"), conditions=CONDITIONS),
        "unit": Place(),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "since": Since("to_due", label=_("Hạn mới từ ngày")),
        "last": Last("to_due", label=_("Hạn mới đến ngày")),
        "q": Words("obligation__title"),
    },
    file_name="han-da-tinh-lai",
    empty=_("Chưa có hạn nào phải tính lại."),
    advice=_("Khi một quy tắc được đính chính, việc đã tính theo dòng cũ sẽ hiện ở đây."),
)

REVISIONS = Section(
    one="obligation",  # a line leads to the obligation, which has the page
    listing=LISTING,
    above=("desk_obligations", _("Việc phải làm")),
)
