"""Petitions: the list with the clock due first, acts on several at once, one file and its acts.

Built for a million rows, of which officials see those of their place: the keys of a page are read
from an index alone. No name of a person stands in the list, its files or the API.
"""

from django.utils.translation import gettext_lazy as _

from danchu.casework.input.call_list import may_import_calls
from danchu.casework.lives import CASE_LIFE
from danchu.casework.models import Petition
from danchu.casework.moves import FILE, FINAL, State
from danchu.casework.natures import Nature
from danchu.casework.papers.letters import template_for
from danchu.casework.promised import petition_promise_url
from danchu.casework.queries.answer_texts import chosen_text
from danchu.casework.queries.calls import call_of, next_promises
from danchu.casework.queries.history import clocks_of_petitions, nearest_clocks
from danchu.casework.sections.batch_form import BATCH, BatchForm
from danchu.casework.sections.channels import Channels
from danchu.casework.sections.petition_acts import ACTS
from danchu.casework.words import STEP_WORDS
from danchu.kernel.days import today
from danchu.minutes.models import Commitment, Origin
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Matching, Place, Since
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Link, New, Record, Section, may_begin
from danchu.subjects.verbs import SUPERVISE
from danchu.subjects.waiting import Wait

MAY_SEE = may_begin("view", FILE)
MAY_WRITE = may_begin("draft", FILE)
# What ends a petition here, or leaves the next word to somebody else.
GOES_ON = (
    "answer",
    "guide",
    "forward",
    "hand_over",
    "urge",
    "return",
    "file",
    "refuse",
    "use",
    "send",
    "close",
    "withdraw",
)
MOST_SHOWN = 10  # persons of a group on the page; the rest are in the database
JOINED = (
    "unit",
    "body",
    "matter",
    "sealed",
    "claimed_by",
    "handed_from",
    "split_from",
    "follows",
    "same_as",
)


class Which(Choice):
    """Running petitions by default; all of them when a state or words are searched."""

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


def default_which(query):
    """The value of the filter "which" where the address has none."""
    is_search = query.get("state") or query.get("q")
    return {"which": "all" if is_search else "running"}


def on_page(actor, rows):
    """The form of acts on several petitions, with those that may follow for some row of the page;
    None for those who only read. Each row is given those that may follow for it, `batch_acts`, and
    what it is called.
    """
    if not MAY_WRITE(actor):
        return {"batch": None}
    for row in rows:
        possible = CASE_LIFE.acts_of(row, actor)
        needless = {"claim" if row.claimed_by_id == actor.account_id else "release"}
        if "take_in" in possible or row.state != State.RECEIVED:  # or is classified already
            needless.add("classify")
        row.batch_name = row.code
        row.batch_acts = [act for act in possible if act in BATCH and act not in needless]
    form = BatchForm(actor)
    form.offer({act for row in rows for act in row.batch_acts})
    return {"batch": form}


def due_of(petitions):
    """{pk: {"due": the earliest due day of its open clocks, or None; "promised": what its hot-line
    promises next, or None}}
    """
    clocks = nearest_clocks(petitions)
    promises = next_promises(petitions)
    return {
        petition.pk: {
            "due": clocks[petition.pk].due_on if petition.pk in clocks else None,
            "promised": promises.get(petition.pk),
        }
        for petition in petitions
    }


def _under(line):
    parts = [line.row.code, line.row.get_nature_display(), line.where]
    if line.row.claimed_by:
        parts.append(_("người nhận: %s") % line.row.claimed_by.name)
    return " · ".join(str(part) for part in parts)


def _under_due(line):
    due = line.more["due"]
    parts = [_("Quá hạn")] if due is not None and due < today() else []
    if owed := line.more["promised"]:
        parts.append(
            _("%(hotline)s hứa %(until)s") % {"hotline": owed.hotline, "until": owed.until}
        )
    return " · ".join(str(part) for part in parts)


def viewed_rows(actor):
    """The petitions that the actor may view, joined with what their page shows."""
    return Petition.objects.viewed_by(actor).select_related(*JOINED)


def facts(petition, actor):
    """The context of the page; `steps` are (step, its name, the template of its letter or None)."""
    steps = [
        (step, STEP_WORDS.get(step.act, step.act), template_for(petition, step))
        for step in petition.steps.all()
    ]
    papers = list(petition.papers.select_related("paper").order_by("pk"))
    return {
        "clocks": clocks_of_petitions([petition])[petition.pk],
        "steps": steps,
        "persons": petition.petitioners.all()[:MOST_SHOWN],
        "signed": petition.petitioners.count(),
        "followed_by": petition.followed_by.all(),
        "papers": papers,
        "pictures": [one for one in papers if _is_picture(one) and not one.is_answer],
        "answer_pictures": [one for one in papers if _is_picture(one) and one.is_answer],
        "repeats": petition.repeats.all(),
        "pieces": petition.pieces.all(),
        "promises": Commitment.objects.counted().of(Origin.PETITION, petition.uid),
        "new_promise": petition_promise_url(petition, actor),
        "is_mine": petition.claimed_by_id == actor.account_id,
        "claim_act": "release" if petition.claimed_by_id == actor.account_id else "claim",
        "is_final": petition.state in FINAL,
        **call_of(petition),
    }


def _is_picture(attachment):
    return attachment.paper.media.startswith("image/")


def initial_values(petition, query):
    """{act: {"text": the answer text that the address chooses}}; empty without one."""
    act = query.get("act", "")
    text = chosen_text(query.get("use", "")[:20], petition, act)
    return {act: {"text": text}} if text else {}


LISTING = Listing(
    name="petitions",
    title=_("Đơn thư"),
    rows=lambda actor: Petition.objects.viewed_by(actor),
    allows=MAY_SEE,
    denied=_("Chức trách của ông/bà không xem hồ sơ đơn."),
    placed=lambda petition: (petition.unit_id, petition.received_on),
    first=lambda rows, size: rows.page(size),
    defaults=default_which,
    columns=(
        Column("received_on", _("Ngày nhận"), sort="received_on"),
        Column("title", _("Về việc"), links=True, under=_under),
        Column("due_on", _("Hạn gần nhất"), lambda line: line.more["due"], under=_under_due),
        state_column(),
        Column("code", _("Mã đơn"), sort="code"),
        Column("nature", _("Loại đơn"), lambda line: line.row.get_nature_display(), on_page=False),
        PLACE,
        Column("people", _("Số người"), on_page=False),
    ),
    filters={
        "q": Matching(label=_("Mã đơn hoặc từ trong tóm tắt")),
        "unit": Place(),
        "which": Which(),
        "nature": Choice(Nature.choices, _("Loại đơn"), "nature"),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "channel": Channels(),
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
    verb=SUPERVISE,
    listing=LISTING,
    template="desk/batch_list.html",
    on_page=on_page,
    goes_on=GOES_ON,
    is_secret=True,
    life=CASE_LIFE,
    waits=(Wait("classify", (State.RECEIVED,), "draft", FILE),),
    record=Record(
        template="casework/petition.html",
        rows=viewed_rows,
        facts=facts,
        begin=initial_values,
        in_template=("claim", "release"),
    ),
    acts=ACTS,
    links=(
        Link("desk_hotlines", _("Nhập cuộc gọi đường dây nóng"), may_import_calls),
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
