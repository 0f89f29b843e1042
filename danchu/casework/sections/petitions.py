"""Petitions: the list with what is due first, and acts on several at once.

A million rows, of which a clerk sees those of their place: the keys of a page are found from an
index alone. Nobody's name stands in the list, in its files or in the answer for machines.
"""

from django.utils.translation import gettext_lazy as _

from danchu.casework.models import Petition
from danchu.casework.moves import FILE, State
from danchu.casework.natures import Nature
from danchu.casework.queries.answer_texts import offered_at
from danchu.casework.queries.history import nearest
from danchu.casework.words import STEP_WORDS
from danchu.kernel.days import show_day, today
from danchu.people.actor import reaches
from danchu.people.offices_held import offices_of
from danchu.subjects.filters import Choice, Last, Matching, Place, Since
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Link, New, Section, may_begin

MAY_SEE = may_begin("view", FILE)
MAY_WRITE = may_begin("draft", FILE)
# What may be done with several at once.
BATCH = {
    "claim": _("Nhận xử lý"),
    "release": _("Thôi nhận xử lý"),
    **{act: STEP_WORDS[act] for act in ("accept", "answer", "verify", "notify", "send", "close")},
}


class Which(Choice):
    """Which of them a clerk looks at; what runs, unless something is looked for."""

    CHOICES = (
        ("running", _("Đang giải quyết")),
        ("overdue", _("Quá hạn")),
        ("mine", _("Tôi nhận")),
        ("all", _("Tất cả")),
    )

    def __init__(self):
        super().__init__(self.CHOICES, _("Đơn"), empty_label=None)

    def filter(self, qs, value):
        if value == "running":
            return qs.running()
        if value == "overdue":
            return qs.running().overdue(today())
        return qs.claimed_by(self.parent.actor) if value == "mine" else qs


def which_unasked(query):
    looked_for = query.get("state") or query.get("q")
    return {"which": "all" if looked_for else "running"}


def beside(actor, rows):
    """What acts on several need: the acts, and texts to begin their answers from at the place where
    the actor holds an office.
    """
    if not MAY_WRITE(actor):
        return {"may_draft": False}
    scope = actor.scope("draft", FILE)
    held = [unit for _office, _where, unit in offices_of(actor) if reaches(scope, unit)]
    texts = offered_at(held[0]) if held else []
    return {
        "may_draft": True,
        "batch": BATCH.items(),
        "texts": [text for text in texts if text.act in BATCH],
        "today": show_day(today()),
    }


def due_of(petitions):
    """{pk: {"due": the day of the clock that is due first, None where none runs}}"""
    clocks = nearest(petitions)
    return {
        petition.pk: {"due": clocks[petition.pk].due_on if petition.pk in clocks else None}
        for petition in petitions
    }


def _under(line):
    parts = [line.row.code, line.row.get_nature_display(), line.where]
    if line.row.claimed_by:
        parts.append(_("người nhận: %s") % line.row.claimed_by.name)
    return " · ".join(str(part) for part in parts)


def _is_over(line):
    due = line.more["due"]
    return _("Quá hạn") if due is not None and due < today() else ""


LISTING = Listing(
    name="petitions",
    title=_("Đơn thư"),
    rows=lambda actor: Petition.objects.viewed_by(actor),
    allows=MAY_SEE,
    denied=_("Chức trách của ông/bà không xem hồ sơ đơn."),
    placed=lambda petition: (petition.unit_id, petition.received_on),
    first=lambda rows, size: rows.page(size),
    defaults=which_unasked,
    columns=(
        Column(
            "received_on", _("Ngày nhận"), lambda line: line.row.received_on, sort="received_on"
        ),
        Column("title", _("Về việc"), lambda line: line.row.title, links=True, under=_under),
        Column("due_on", _("Hạn gần nhất"), lambda line: line.more["due"], under=_is_over),
        Column("state", _("Trạng thái"), lambda line: line.row.get_state_display(), is_state=True),
        Column("code", _("Mã đơn"), lambda line: line.row.code, sort="code"),
        Column("nature", _("Loại đơn"), lambda line: line.row.get_nature_display(), on_page=False),
        Column("place", _("Nơi"), lambda line: line.where, on_page=False),
        Column("people", _("Số người"), lambda line: line.row.people, on_page=False),
    ),
    filters={
        "q": Matching(label=_("Mã đơn hoặc từ trong tóm tắt")),
        "unit": Place(),
        "which": Which(),
        "nature": Choice(Nature.choices, _("Loại đơn"), "nature"),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "since": Since("received_on"),
        "last": Last("received_on"),
    },
    more=due_of,
    file_name="don-thu",
    empty=_("Không có đơn nào."),
    advice=_("Đơn gửi qua cổng và đơn ghi ở đây sẽ hiện cùng hạn theo luật."),
)

PETITIONS = Section(
    one="petition",
    listing=LISTING,
    template="casework/petitions.html",
    beside=beside,
    is_secret=True,
    links=(
        Link("desk_answer_texts", _("Mẫu trả lời"), MAY_WRITE),
        Link("desk_petition_tables", _("Biểu báo cáo")),
    ),
    new=New(
        title=_("Ghi đơn"),
        word=_("Ghi đơn"),
        allows=MAY_WRITE,
        denied=_("Chức trách của ông/bà không ghi đơn."),
    ),
)
