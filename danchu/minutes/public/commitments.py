"""The public list of commitments, and the page of one: who promised what until when, what was done.

Those who asked confirm or dispute on the page itself, with a secret and without an account.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from danchu.kernel.refusals import Refused
from danchu.minutes.actions import confirm_commitment, dispute_commitment
from danchu.minutes.models import Commitment
from danchu.minutes.moves import State
from danchu.minutes.queries.promise_history import life_of, may_read_minutes
from danchu.minutes.sections.commitments import LISTING as AT_DESK
from danchu.minutes.written_answers import answer_page
from danchu.people.actor import Actor
from danchu.subjects.filters import Choice, Place
from danchu.subjects.sections import Record, Reply, Section
from danchu.subjects.verbs import SUPERVISE

# The desk's columns that are public; a new one there does not become public by itself.
PUBLIC = ("code", "title", "place", "owner", "made_on", "due_on", "state", "over")
# What those who asked may do on the page.
ACTS = {"confirm": confirm_commitment, "dispute": dispute_commitment}


def facts(commitment, actor):
    """The context of its page: its history with public papers, the minutes or answer it was made in
    where the reader may see them, and whether those who asked may judge it now.
    """
    life = life_of(commitment)
    return {
        **life,
        "is_shown": may_read_minutes(life["passage"], actor),
        "origin_url": answer_page(commitment.origin, commitment.origin_uid),
        "may_judge": commitment.state == State.FULFILLED and commitment.secret,
    }


def reply(commitment, typed):
    """Confirm or dispute the commitment with the secret that was typed; Denied for a wrong one."""
    act = typed.get("act", "")
    if act not in ACTS:
        raise Refused(_("Hãy chọn: đã làm xong, hoặc chưa đạt."))
    secret = typed.get("secret", "")[:60]
    text = typed.get("text", "")
    try:
        ACTS[act](commitment, by=Actor.public(), secret=secret, text=text)
    finally:
        commitment.refresh_from_db()
    return Reply({"done": act})


def _records(actor):
    return Commitment.objects.select_related("owner", "asker", "obligation__rule__text")


def _rows(actor):
    rows = Commitment.objects.counted().select_related("owner")
    return rows.prefetch_related("owner__standings")


LISTING = replace(
    AT_DESK,
    rows=_rows,
    columns=tuple(column for column in AT_DESK.columns if column.name in PUBLIC),
    filters={
        **AT_DESK.filters,
        "unit": Place(by_number=True),
        "state": Choice(
            [(key, name) for key, name in State.choices if key != State.WITHDRAWN],
            _("Trạng thái"),
            "state",
        ),
    },
)

PUBLIC_COMMITMENTS = Section(
    one="commitment",
    verb=SUPERVISE,
    listing=LISTING,
    template="minutes/public_commitments.html",
    record=Record(
        template="minutes/public_commitment.html",
        rows=_records,
        facts=facts,
        reply=reply,
    ),
)
