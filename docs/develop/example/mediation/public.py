"""Mediations that were heard to their end: for everyone, without an account."""

from django.utils.translation import gettext_lazy as _

from danchu.mediation.lives import PUBLIC
from danchu.mediation.models import Mediation
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Record, Section


def _rows(actor):
    return Mediation.objects.filter(state__in=PUBLIC)


LISTING = Listing(
    name="mediations",
    title=_("Hòa giải ở cơ sở"),
    lead=_("Vụ việc đã hòa giải xong: ngày kết thúc, thành hay không thành."),
    rows=_rows,
    placed=lambda mediation: (mediation.unit_id, mediation.ended_on),
    columns=(
        Column("ended_on", _("Ngày kết thúc"), lambda line: line.row.ended_on, sort="ended_on"),
        Column(
            "title",
            _("Vụ việc"),
            lambda line: line.row.title,
            sort="title",
            links=True,
            under=lambda line: line.where,
        ),
        Column("state", _("Trạng thái"), lambda line: line.row.get_state_display(), is_state=True),
        Column("place", _("Nơi"), lambda line: line.where, on_page=False),
        Column("outcome", _("Kết quả"), lambda line: line.row.outcome, on_page=False),
    ),
    filters={
        "unit": Place(),
        "state": Choice([(state.value, state.label) for state in PUBLIC], _("Trạng thái"), "state"),
        "since": Since("ended_on"),
        "last": Last("ended_on"),
        "q": Words("title"),
    },
    file_name="hoa-giai",
    empty=_("Chưa có vụ việc hòa giải nào."),
)

PUBLIC_MEDIATIONS = Section(
    one="mediation",
    listing=LISTING,
    record=Record(
        template="mediation/public_mediation.html",
        rows=_rows,
        title=lambda mediation: mediation.title,
        state=lambda mediation: mediation.get_state_display(),
    ),
)
