"""Votes on propositions: keys handed out, what is voted on, votes of whoever has a key, and on
paper.
"""

import hmac
from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.consultation.lives import CONSULTATION_LIFE
from danchu.consultation.models import Consultation, Proposition, Vote, Voter
from danchu.consultation.proposition_life import PROPOSITION_LIFE, Kind, PropositionState
from danchu.consultation.receiving import check_received, checked_profile, takes_from_portal
from danchu.consultation.tasks import move
from danchu.consultation.voices import OPINION, OPINION_LIFE, Way
from danchu.consultation.votes import CHOICES
from danchu.jobs.queue import defer_once
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import digest, new_secret
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import identity_key
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of, reason_of
from danchu.subjects.writes import move_on, next_number
from danchu.units.models import Unit

MOST_KEYS = 2000
LONGEST_PROPOSITION = 300
MOST_OF_ONE = 5
WRONG_KEY = gettext_lazy("Mã tham gia chưa đúng. Hãy gõ lại; không cần gạch nối.")


@transaction.atomic
def hand_out_keys(
    consultation: Consultation, *, by: Acting, number: int, village: Unit | None = None
) -> list[str]:
    """New keys, each for one person to whom somebody hands it, who is known to live in the
    `village` where one is named. They are shown once: only their digests are stored.
    """
    CONSULTATION_LIFE.require(by, "hand_out", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "hand_out")
    if not 0 < number <= MOST_KEYS:
        raise Refused(_("Mỗi lần phát từ 1 đến %s mã.") % MOST_KEYS, "number")
    secrets = [new_secret() for _each in range(number)]
    first = next_number(consultation.voters)
    Voter.objects.bulk_create(
        Voter(
            consultation=consultation,
            unit_id=consultation.unit_id,
            number=first + place,
            key=digest(secret),
            village=village,
            made_by=by.key,
            made_at=now(),
        )
        for place, secret in enumerate(secrets)
    )
    record(by, "consultation.keys_out", consultation, unit=consultation.unit_id, number=number)
    return secrets


@transaction.atomic
def ask_question(
    consultation: Consultation, *, by: Acting, text: str, uid: UUID | None = None
) -> Proposition:
    """A question of who asks, on which people say agree, disagree or another opinion."""
    CONSULTATION_LIFE.require(by, "ask", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "ask")
    check_unsent(Proposition, uid)
    proposition = _stated(consultation, by, Kind.QUESTION, text, uid=uid or uuid4())
    record(
        by, "proposition.asked", proposition, unit=proposition.unit_id, number=proposition.number
    )
    return proposition


@transaction.atomic
def state_something(
    consultation: Consultation, *, by: Acting, key: str, text: str, uid: UUID | None = None
) -> Proposition:
    """A proposition of whoever has the key, on which the others vote once it is let in."""
    require(by.is_public or by.may("draft", OPINION, consultation.unit_id), OPINION_LIFE.no_right)
    consultation = _taking(consultation)
    voter = _voter_with(consultation, key)
    check_unsent(Proposition, uid)
    if Proposition.objects.filter(voter=voter).count() >= MOST_OF_ONE:
        raise Refused(_("Mỗi người nêu nhiều nhất %s phát biểu.") % MOST_OF_ONE, "text")
    proposition = _stated(
        consultation,
        by,
        Kind.PROPOSITION,
        text,
        uid=uid or uuid4(),
        voter=voter,
        state=PropositionState.WAITING,
    )
    record(
        by, "proposition.stated", proposition, unit=proposition.unit_id, number=proposition.number
    )
    return proposition


@transaction.atomic
def admit_proposition(proposition: Proposition, *, by: Acting) -> Proposition:
    """Let people vote on a proposition of one of them."""
    PROPOSITION_LIFE.require(by, "admit", proposition)
    proposition = PROPOSITION_LIFE.hold(proposition, "admit", "consultation")
    move_on(proposition, PROPOSITION_LIFE, "admit")
    record(by, "proposition.admitted", proposition, unit=proposition.unit_id)
    return proposition


@transaction.atomic
def hide_proposition(proposition: Proposition, *, by: Acting, reason: str) -> Proposition:
    """Take a proposition and its votes out of sight, with a reason that its author reads."""
    PROPOSITION_LIFE.require(by, "hide", proposition)
    proposition = PROPOSITION_LIFE.hold(proposition, "hide", "consultation")
    move_on(proposition, PROPOSITION_LIFE, "hide", reason=reason_of(reason))
    record(by, "proposition.hidden", proposition, unit=proposition.unit_id)
    return proposition


@transaction.atomic
def cast_votes(
    consultation: Consultation,
    *,
    by: Acting,
    key: str,
    choices: Mapping[int, int],
    sex: str = "",
    age: str = "",
    means: str = "",
) -> Voter:
    """The votes of whoever has the key, today: {number of a proposition: choice}. Another choice of
    the same proposition takes the place of the former. Refused on "key" where nobody has it.
    """
    require(by.is_public or by.may("draft", OPINION, consultation.unit_id), OPINION_LIFE.no_right)
    consultation = _taking(consultation)
    voter = _voter_with(consultation, key)
    _vote(consultation, voter, choices, today(), Way.PORTAL, checked_profile(sex, age, means))
    record(by, "consultation.voted", consultation, unit=consultation.unit_id, number=len(choices))
    return voter


@transaction.atomic
def enter_paper_votes(
    consultation: Consultation,
    *,
    by: Acting,
    on: date,
    choices: Mapping[int, int],
    key: str = "",
    person: str = "",
    village: Unit | None = None,
    sex: str = "",
    age: str = "",
    means: str = "",
) -> Voter:
    """The votes on a paper that came on a day, of whoever has the key that stands on it, or of a
    `person` (name, year of birth, address) of whom only a digest is kept: the same person's second
    paper takes the place of the first. Without either there is no person, so no vote.
    """
    require(by.may("draft", OPINION, consultation.unit_id), OPINION_LIFE.no_right)
    consultation = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    check_received(consultation, on, "on")
    profile = {**checked_profile(sex, age, means), **({"village": village} if village else {})}
    voter = _voter_with(consultation, key) if key else _voter_on_paper(consultation, by, person)
    _vote(consultation, voter, choices, on, Way.PAPER, profile)
    record(by, "consultation.voted", consultation, unit=consultation.unit_id, number=len(choices))
    return voter


def _taking(consultation):
    """The consultation, locked weakly: thousands vote at once, and none after it is closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM consultation_consultation WHERE id = %s FOR SHARE", [consultation.pk]
        )
    consultation = Consultation.objects.get(pk=consultation.pk)
    if not takes_from_portal(consultation):
        raise Refused(_("Cuộc lấy ý kiến này không nhận ý kiến qua cổng vào hôm nay."))
    return consultation


def _stated(consultation, by, kind, text, **fields):
    text = line_of(text, "text", LONGEST_PROPOSITION, _("Hãy ghi nội dung."))
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    return Proposition.objects.create(
        consultation=consultation,
        unit_id=consultation.unit_id,
        number=next_number(consultation.propositions),
        kind=kind,
        text=text,
        made_by=by.key,
        made_at=now(),
        **fields,
    )


def _voter_with(consultation, key):
    """Whoever has the key, locked."""
    rows = Voter.objects.select_for_update(no_key=True, of=("self",))
    voter = rows.filter(consultation=consultation, key=digest(key)).first() if key else None
    if voter is None:
        raise Refused(WRONG_KEY, "key")
    return voter


def _voter_on_paper(consultation, by, person):
    """The person on a paper, known again by the digest of what the paper says of them."""
    text = line_of(
        person, "person", 300, _("Hãy ghi mã trên phiếu, hoặc họ tên, năm sinh, địa chỉ.")
    )
    words = f"consultation {consultation.pk} {identity_key(text)}".encode()
    key = hmac.new(settings.SECRET_KEY.encode(), words, "sha256").hexdigest()
    voter = Voter.objects.filter(consultation=consultation, key=key).first()
    return voter or Voter.objects.create(
        consultation=consultation,
        unit_id=consultation.unit_id,
        number=next_number(consultation.voters),
        key=key,
        made_by=by.key,
        made_at=now(),
    )


def _vote(consultation, voter, choices, day, way, profile):
    propositions = {
        one.number: one
        for one in consultation.propositions.filter(
            number__in=choices, state=PropositionState.COUNTED
        )
    }
    missing = sorted(choices.keys() - propositions.keys())
    if not choices or missing or not set(choices.values()) <= set(CHOICES):
        raise Refused(_("Hãy chọn ở ít nhất một câu đang biểu quyết."), "choices")
    Vote.objects.bulk_create(
        (
            Vote(
                consultation=consultation,
                proposition=propositions[number],
                voter=voter,
                choice=choice,
            )
            for number, choice in choices.items()
        ),
        update_conflicts=True,
        unique_fields=["voter", "proposition"],
        update_fields=["choice"],
    )
    for name, value in profile.items():
        setattr(voter, name, value)
    voter.joined_on = voter.joined_on or day
    voter.way = voter.way or way
    voter.save(update_fields=["joined_on", "way", *profile])
    name = f"consultations.move.{consultation.pk}"
    defer_once(move, once=name, consultation=consultation.pk)
