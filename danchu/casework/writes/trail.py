"""The writing half of every step: the petition moves on, its clocks end and begin, its trail grows,
its sender is told.

Rights are asked for by the acts that call this.
"""

from django.utils.translation import gettext as _

from danchu.casework.models import Step
from danchu.casework.moves import FINAL, PETITION_LIFE
from danchu.casework.rules.changes import CHANGES
from danchu.casework.writes.clocks import begin_clocks, end_clocks
from danchu.casework.writes.notices import tell_sender
from danchu.kernel import days
from danchu.kernel.days import now
from danchu.subjects.texts import check_length

LONGEST_TEXT = 20_000
# The acts whose clocks are what the sender waits for: with them it is said whether he was answered
# in time.
TELLING = (
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


def advance(found, act, by, on, given):
    """Change the held petition as the act says. Its rights and its day were looked at before."""
    check_length(given.get("text") or "", "text", LONGEST_TEXT)
    fields = CHANGES[act](found, on, given)
    fields["moved_on"] = on
    fields["state"] = PETITION_LIFE.target(found, act)
    for name, value in fields.items():
        setattr(found, name, value)
    if act == "invite":  # its own notice is what the law gives time for
        begin_clocks(act, found, on)
    in_time = end_clocks(act, found, on)
    if act in TELLING:
        fields |= {"ended_on": on, "in_time": in_time}
    if act == "reopen":
        fields |= {"ended_on": None, "in_time": None}
    if found.state in FINAL:
        fields |= {"claimed_by": None, "claimed_until": None}
    for name, value in fields.items():
        setattr(found, name, value)
    found.save(update_fields=list(fields))
    if act != "invite":
        begin_clocks(act, found, on)
    add_step(found, act, on, by, given.get("text") or "")
    tell_sender(found, act)


def add_step(petition, act, on, by, text=""):
    """One more line of the trail."""
    last = (
        Step.objects.filter(petition=petition)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
        or 0
    )
    return Step.objects.create(
        petition=petition,
        number=last + 1,
        act=act,
        on=on,
        state=petition.state,
        unit=petition.unit,
        text=str(text).strip(),
        by=by.key,
        at=now(),
    )


def check_day(on, since):
    """`kernel.days.check_day` on the field "on", with the reason why a day may be too early."""
    too_early = _("Ngày phải từ {since} trở đi: bước trước được làm vào ngày ấy.")
    days.check_day(on, since, "on", too_early)
