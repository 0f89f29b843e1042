"""What every step writes: the columns of the petition, its clocks, a line of its trail, a notice
to its sender.

The acts that call this check the rights.
"""

from django.utils.translation import gettext as _

from danchu.casework.models import Step
from danchu.casework.moves import FINAL, PETITION_LIFE
from danchu.casework.rules.changes import CHANGES
from danchu.casework.writes.clocks import begin_clocks, end_clocks
from danchu.casework.writes.notices import tell_sender
from danchu.casework.writes.paper_books import (
    COUNTING_ACTS,
    NOTHING_STATED,
    counted_on_paper,
    refuse_counted_on_paper,
)
from danchu.kernel import days
from danchu.kernel.days import now
from danchu.kernel.text import paragraphs
from danchu.subjects.texts import check_length
from danchu.subjects.writes import next_number

LONGEST_TEXT = 20_000
# The acts that meet the clock of the sender: they set `ended_on` and `in_time`.
ANSWERING_ACTS = (
    "refuse",
    "guide",
    "forward",
    "urge",
    "return",
    "file",
    "use",
    "decide",
    "answer",
    "stop",
    "withdraw",
)


def advance(petition, act, by, on, values):
    """Change the locked petition as `rules.changes` says for the act, on the day `on`; `values` is
    what was entered. The caller has checked the right and the day. Refused by field.
    """
    check_length(values.get("text") or "", "text", LONGEST_TEXT)
    stated = counted_on_paper(petition) if act in COUNTING_ACTS else NOTHING_STATED
    fields = CHANGES[act](petition, on, values)
    fields["moved_on"] = on
    fields["state"] = PETITION_LIFE.target(petition, act)
    for name, value in fields.items():
        setattr(petition, name, value)
    if act == "invite":  # the time limit is that of the invitation itself
        begin_clocks(act, petition, on)
    in_time = end_clocks(act, petition, on)
    if act in ANSWERING_ACTS:
        was_late = petition.in_time is False  # a later answer does not make the first one timely
        fields |= {"ended_on": on, "in_time": in_time and not was_late}
    if act == "reopen":
        fields |= {"ended_on": None, "in_time": None if petition.in_time else petition.in_time}
    if petition.state in FINAL:
        fields |= {"claimed_by": None, "claimed_until": None}
    for name, value in fields.items():
        setattr(petition, name, value)
    petition.save(update_fields=list(fields))
    if act in COUNTING_ACTS:
        refuse_counted_on_paper(petition, stated, by, "on")
    if act != "invite":
        begin_clocks(act, petition, on)
    add_step(petition, act, on, by, values.get("text") or "")
    tell_sender(petition, act)


def add_step(petition, act, on, by, text=""):
    """Append a line to the trail."""
    return Step.objects.create(
        petition=petition,
        number=next_number(Step.objects.filter(petition=petition)),
        act=act,
        on=on,
        state=petition.state,
        unit=petition.unit,
        text=paragraphs(text),
        by=by.key,
        at=now(),
    )


def check_day(on, since):
    """`kernel.days.check_day` on the field "on", where `since` is the day of the last step."""
    too_early = _("Ngày phải từ {since} trở đi: bước trước được làm vào ngày ấy.")
    days.check_day(on, since, "on", too_early)
