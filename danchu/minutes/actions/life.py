"""Everything that can be done with a promise, each act by the table of moves."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.codes import digest, matches, new_secret
from danchu.kernel.days import check_day, now, show_day, today
from danchu.kernel.refusals import Denied, Refused, require
from danchu.minutes.models import Commitment, CommitmentContact, CommitmentPaper, Term
from danchu.minutes.moves import COMMITMENT, COMMITMENT_LIFE, OF_CITIZEN
from danchu.minutes.writes.promises import (
    LONGEST_TEXT,
    add_step,
    begin_term,
    check_due,
    end_term,
    write_commitment,
)
from danchu.notices.actions import tell_holders, tell_person
from danchu.obligations.actions import meet_obligation
from danchu.obligations.clock import LAW
from danchu.obligations.models import State as Owed
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of, reason_of
from danchu.subjects.writes import move_on

MOST_FILES = 10


@transaction.atomic
def make_commitment(*, by, unit, contact=None, **given):
    """Write down a promise by hand, or from a written answer of a room above (`origin`,
    `origin_uid`). It counts at the unit of `owner`.

    Given: title, text, made_on, due_on, due_reason, owner and/or office, asker and/or asked_by,
    `secret` the digest with which those who asked may confirm; `contact` (channel, address) is told
    when it is fulfilled, and forgotten at the end.
    """
    require(by.may("draft", COMMITMENT, unit), _("Ông/bà không có quyền ghi cam kết ở đơn vị này."))
    owner = given.get("owner")
    if owner is not None and owner.unit_id != unit.pk:
        raise Refused(
            _("Tổ chức này không thuộc đơn vị đã chọn. Hãy chọn tổ chức của đơn vị."), "owner"
        )
    check_unsent(Commitment, given.get("uid"))
    made = write_commitment(by, place=unit, **given)
    if contact:
        CommitmentContact.objects.create(commitment=made, channel=contact[0], target=contact[1])
    record(
        by,
        "commitment.made",
        made,
        unit=made.unit_id,
        origin=made.origin,
        due=made.due_on.isoformat(),
    )
    return made


@transaction.atomic
def fulfil_commitment(commitment, *, by, on, text, files=(), is_public=False):
    """Who promised says that it was done, with the proof everyone reads and papers; its clock
    stops. Those who asked are told.
    """
    COMMITMENT_LIFE.require(by, "fulfil", commitment)
    found = COMMITMENT_LIFE.hold(commitment, "fulfil", "unit")
    check_day(on, found.moved_on, "on")
    text = content_of(text, "text")
    if len(files) > MOST_FILES:
        raise Refused(_("Gửi nhiều nhất %s tệp.") % MOST_FILES, "files")
    found.obligation = meet_obligation(found.obligation, by=LAW, on=on)
    end_term(found, on)
    move_on(
        found,
        COMMITMENT_LIFE,
        "fulfil",
        moved_on=on,
        fulfilled_on=on,
        fulfilled_by=by.key,
        in_time=found.obligation.state == Owed.MET and not found.missed,
    )
    step = add_step(found, "fulfil", on, by, text)
    for file, name in files:
        paper = keep_paper(file, name, by=by)
        CommitmentPaper.objects.get_or_create(
            step=step,
            paper=paper,
            defaults={
                "commitment": found,
                "name": clean_name(name),
                "is_public": bool(is_public),
                "added_at": now(),
            },
        )
    record(
        by,
        "commitment.fulfilled",
        found,
        unit=found.unit_id,
        on=on.isoformat(),
        in_time=found.in_time,
        papers=len(files),
    )
    _tell_askers(found)
    return found


@transaction.atomic
def postpone_commitment(commitment, *, by, on, due_on, reason):
    """Another day is promised, with the reason; the old one stays readable, and once it had
    passed the promise is in time no more.
    """
    COMMITMENT_LIFE.require(by, "postpone", commitment)
    found = COMMITMENT_LIFE.hold(commitment, "postpone", "unit")
    check_day(on, found.moved_on, "on")
    reason = reason_of(reason, most=300)
    check_due(due_on, found.made_on)
    if due_on <= max(found.due_on, on):
        raise Refused(
            _("Ngày mới phải sau ngày đã hứa %s và sau hôm dời.") % show_day(found.due_on), "due_on"
        )
    missed = found.missed or on > found.due_on
    old = found.due_on
    end_term(
        found,
        on,
        excuse=_("Dời sang ngày %(day)s: %(why)s") % {"day": show_day(due_on), "why": reason},
    )
    begin_term(found, due_on, reason, on)
    move_on(
        found,
        COMMITMENT_LIFE,
        "postpone",
        moved_on=on,
        obligation=found.obligation,
        due_on=due_on,
        due_reason=reason,
        postponed=found.postponed + 1,
        missed=missed,
    )
    add_step(
        found,
        "postpone",
        on,
        by,
        _("Từ %(old)s sang %(new)s: %(why)s")
        % {"old": show_day(old), "new": show_day(due_on), "why": reason},
    )
    record(
        by,
        "commitment.postponed",
        found,
        unit=found.unit_id,
        old=old.isoformat(),
        due=due_on.isoformat(),
    )
    return found


@transaction.atomic
def confirm_commitment(commitment, *, by, on=None, secret=None, text=""):
    """Those who asked say that the promise was kept: an officer of the body that asked, or
    whoever has the secret. Nothing changes it after.
    """
    require(_may_judge("confirm", commitment, by, secret), COMMITMENT_LIFE.no_right)
    found = COMMITMENT_LIFE.hold(commitment, "confirm", "unit")
    on = on or max(today(), found.moved_on)
    check_day(on, found.moved_on, "on")
    _refuse_own(found, by, secret)
    move_on(found, COMMITMENT_LIFE, "confirm", moved_on=on, kept_on=on)
    add_step(found, "confirm", on, by, str(text or "").strip()[:LONGEST_TEXT])
    CommitmentContact.objects.filter(commitment=found).delete()
    record(
        by,
        "commitment.confirmed",
        found,
        unit=found.unit_id,
        on=on.isoformat(),
        by_code=secret is not None,
    )
    return found


@transaction.atomic
def dispute_commitment(commitment, *, by, text, on=None, secret=None):
    """Those who asked say that it was not done: the promise is open again under the day that
    was promised, and its clock runs.
    """
    require(_may_judge("dispute", commitment, by, secret), COMMITMENT_LIFE.no_right)
    found = COMMITMENT_LIFE.hold(commitment, "dispute", "unit")
    on = on or max(today(), found.moved_on)
    check_day(on, found.moved_on, "on")
    text = content_of(text, "text")
    begin_term(found, found.due_on, found.due_reason, on)
    move_on(
        found,
        COMMITMENT_LIFE,
        "dispute",
        moved_on=on,
        obligation=found.obligation,
        fulfilled_on=None,
        in_time=None,
    )
    add_step(found, "dispute", on, by, text)
    record(
        by,
        "commitment.disputed",
        found,
        unit=found.unit_id,
        on=on.isoformat(),
        by_code=secret is not None,
    )
    told = _("Cam kết %s: bên hỏi cho biết chưa đạt.") % found.code
    tell_holders("draft", "commitment_report", found.unit_id, told, by=LAW, link=_desk(found))
    return found


@transaction.atomic
def withdraw_commitment(commitment, *, by, on, reason):
    """It was written down wrongly: it counts no longer and stays readable with the reason. Not
    for who promised to do.
    """
    COMMITMENT_LIFE.require(by, "withdraw", commitment)
    found = COMMITMENT_LIFE.hold(commitment, "withdraw", "unit")
    check_day(on, found.moved_on, "on")
    reason = reason_of(reason)
    if Term.objects.filter(commitment=found, ended_on=None).exists():
        end_term(found, on, excuse=_("Cam kết đã rút: %s") % reason)
    move_on(found, COMMITMENT_LIFE, "withdraw", moved_on=on, fulfilled_on=None, in_time=None)
    add_step(found, "withdraw", on, by, reason)
    CommitmentContact.objects.filter(commitment=found).delete()
    record(by, "commitment.withdrawn", found, unit=found.unit_id, on=on.isoformat())
    return found


@transaction.atomic
def give_secret(commitment, *, by):
    """(the promise, a secret told this once): with it and the code who asked confirms or
    disputes without an account. An earlier one ends.
    """
    COMMITMENT_LIFE.require(by, "give_secret", commitment)
    found = COMMITMENT_LIFE.hold(commitment, "give_secret", "unit")
    secret = new_secret()
    found.secret = digest(secret)
    found.save(update_fields=["secret"])
    record(by, "commitment.secret_given", found, unit=found.unit_id)
    return found, secret


def _may_judge(act, commitment, by, secret):
    """By right, or with the secret that was given for this promise; a wrong one is Denied as
    such.
    """
    if secret is None:
        return COMMITMENT_LIFE.may(by, act, commitment)
    kept = Commitment.objects.values_list("secret", flat=True).get(pk=commitment.pk)
    if act not in OF_CITIZEN or not kept or not matches(secret, kept):
        raise Denied(_("Mã bí mật không đúng."))
    return True


def _refuse_own(found, by, secret):
    """Nobody confirms what he reported himself."""
    if secret is None and by.account_id is not None and found.fulfilled_by == by.key:
        raise Refused(_("Người báo đã thực hiện không tự xác nhận. Việc này của bên đã hỏi."))


def _tell_askers(found):
    told = (
        _("Cam kết %s: đã được báo là thực hiện xong. Xin xác nhận hoặc cho biết chưa đạt.")
        % found.code
    )
    tell_holders(
        "confirm",
        "commitment_result",
        found.asker.unit_id if found.asker_id else found.unit_id,
        told,
        by=LAW,
        link=_desk(found),
    )
    contact = CommitmentContact.objects.filter(commitment=found).first()
    if contact:
        tell_person(contact.channel, contact.target, told, by=LAW)


def _desk(found):
    return f"/desk/commitments/{found.uid}/"
