"""Mediations that were heard to their end: for everyone, without an account."""

from django.utils.translation import gettext_lazy as _

from danchu.mediation.lives import PUBLIC
from danchu.mediation.models import Mediation
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DO


def _rows(actor):
    return Mediation.objects.filter(state__in=PUBLIC)


LISTING = Listing(
    name="mediations",
    title=_("Hòa giải ở cơ sở"),
    lead=_("Vụ việc đã hòa giải xong: ngày kết thúc, thành hay không thành."),
    rows=_rows,
    placed=lambda mediation: (mediation.unit_id, mediation.ended_on),
    columns=(
        Column("ended_on", _("Ngày kết thúc"), sort="ended_on"),
        Column("title", _("Vụ việc"), sort="title", links=True, under=lambda line: line.where),
        state_column(),
        PLACE,
        Column("outcome", _("Kết quả"), on_page=False),
    ),
    filters={
        "unit": Place(by_number=True),
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
    verb=DO,
    listing=LISTING,
    record=Record(
        template="mediation/public_mediation.html",
        rows=_rows,
    ),
)
