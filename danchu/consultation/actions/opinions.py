"""Opinions: entered as they came, sent without an account, let in or hidden with a reason."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.input.form_token import lock_token, secret_of, sent_key
from danchu.consultation.models import Consultation, Opinion
from danchu.consultation.receiving import (
    LONGEST_PAPER,
    checked_opinion,
    checked_profile,
    takes_from_portal,
)
from danchu.consultation.voices import (
    CODE,
    OPINION,
    OPINION_LIFE,
    OpinionState,
    Stance,
    Way,
)
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import digest, new_prefixed_code, new_secret
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.sent import SENT_BEFORE, check_unsent
from danchu.subjects.texts import line_of, reason_of
from danchu.subjects.writes import move_on, next_number
from danchu.units.models import Unit


@transaction.atomic
def enter_opinion(
    *,
    by: Acting,
    consultation: Consultation,
    received_on: date,
    way: str,
    stance: str,
    text: str = "",
    passage: int = 0,
    people: int = 1,
    paper: str = "",
    village: Unit | None = None,
    sex: str = "",
    age: str = "",
    means: str = "",
    illustrative: bool = False,
    uid: UUID | None = None,
) -> Opinion:
    """Write down an opinion that came on `received_on`, within the days of the consultation, about
    a paragraph of the content of that day. `people` is how many are known to have said it, 0 where
    nobody knows who did; `paper` is the number on the paper, which is written down once, the rest
    what is known of who said it. Refused by field; Denied without the right.
    """
    require(by.may("draft", OPINION, consultation.unit_id), OPINION_LIFE.no_right)
    consultation = _locked(consultation)
    check_unsent(Opinion, uid)
    if way == Way.PORTAL:
        raise Refused(_("Ý kiến qua cổng do người dân tự gửi."), "way")
    with all_refusals() as rule:
        with rule():
            fields = checked_opinion(consultation, received_on, way, stance, text, passage, people)
        with rule():
            paper = line_of(paper, "paper", LONGEST_PAPER)
            if paper and consultation.opinions.filter(paper=paper).exists():
                raise Refused(_("Phiếu số này đã được ghi."), "paper")
        with rule():
            profile = checked_profile(sex, age, means)
    opinion = _created(
        consultation,
        by,
        uid=uid or uuid4(),
        illustrative=illustrative,
        paper=paper,
        village=village,
        **profile,
        **fields,
    )
    record(by, "opinion.entered", opinion, unit=opinion.unit_id, number=opinion.number)
    return opinion


@transaction.atomic
def send_opinion(
    consultation: Consultation,
    *,
    by: Acting,
    stance: str,
    text: str = "",
    passage: int = 0,
    parent: Opinion | None = None,
    once: UUID | str | None = None,
) -> tuple[Opinion, str]:
    """(opinion, secret) of what anyone sends through the portal today, or replies to `parent`; only
    the digest of the secret is stored. It counts as a text, never as people, and waits until it is
    let in. Refused by field, on "once" when the form with this token was received before.
    """
    require(by.is_public or by.may("draft", OPINION, consultation.unit_id), OPINION_LIFE.no_right)
    consultation = _locked(consultation)
    if not takes_from_portal(consultation):
        raise Refused(_("Cuộc lấy ý kiến này không nhận ý kiến qua cổng vào hôm nay."))
    if once:
        lock_token(once)
        if Opinion.objects.filter(sent_key=sent_key(once)).exists():
            raise Refused(SENT_BEFORE, "once")
    if parent is not None:
        _check_parent(consultation, parent)
        stance, passage = Stance.OTHER, parent.passage
    fields = checked_opinion(consultation, today(), Way.PORTAL, stance, text, passage, 0)
    if parent is not None:
        fields["content"] = parent.content
    secret = secret_of(once) or new_secret()
    opinion = _created(
        consultation,
        by,
        uid=uuid4(),
        parent=parent,
        code=new_prefixed_code(CODE),
        secret=digest(secret),
        sent_key=sent_key(once),
        state=OpinionState.WAITING,
        **fields,
    )
    record(by, "opinion.sent", opinion, unit=opinion.unit_id, number=opinion.number)
    return opinion, secret


@transaction.atomic
def admit_opinion(opinion: Opinion, *, by: Acting) -> Opinion:
    """Let in what was sent without an account: everyone reads it, and it is owed an answer."""
    OPINION_LIFE.require(by, "admit", opinion)
    opinion = OPINION_LIFE.hold(opinion, "admit", "consultation")
    move_on(opinion, OPINION_LIFE, "admit")
    record(by, "opinion.admitted", opinion, unit=opinion.unit_id)
    return opinion


@transaction.atomic
def hide_opinion(opinion: Opinion, *, by: Acting, reason: str) -> Opinion:
    """Take an opinion out of every count and out of sight, with a reason that its author reads."""
    OPINION_LIFE.require(by, "hide", opinion)
    opinion = OPINION_LIFE.hold(opinion, "hide", "consultation")
    move_on(opinion, OPINION_LIFE, "hide", reason=reason_of(reason), answer=None, result="")
    record(by, "opinion.hidden", opinion, unit=opinion.unit_id)
    return opinion


@transaction.atomic
def restore_opinion(opinion: Opinion, *, by: Acting) -> Opinion:
    """Count a hidden opinion again; it waits for an answer."""
    OPINION_LIFE.require(by, "restore", opinion)
    opinion = OPINION_LIFE.hold(opinion, "restore", "consultation")
    move_on(opinion, OPINION_LIFE, "restore", reason="")
    record(by, "opinion.restored", opinion, unit=opinion.unit_id)
    return opinion


def _locked(consultation):
    return Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)


def _created(consultation, by, **fields):
    return Opinion.objects.create(
        consultation=consultation,
        unit_id=consultation.unit_id,
        number=next_number(consultation.opinions),
        made_by=by.key,
        made_at=now(),
        **fields,
    )


def _check_parent(consultation, parent):
    """One may reply to what everyone reads, and not to a reply: threads are one deep."""
    is_public = parent.state == OpinionState.COUNTED and parent.parent_id is None
    if parent.consultation_id != consultation.pk or not is_public:
        raise Refused(_("Không có ý kiến này để trao đổi."))
