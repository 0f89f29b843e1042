"""The acts of those who asked for a commitment: confirm or dispute it, by right or by a secret."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import digest, matches, new_secret
from danchu.kernel.days import check_day, today
from danchu.kernel.refusals import Denied, Refused, require
from danchu.minutes.models import Commitment, CommitmentContact
from danchu.minutes.moves import COMMITMENT_LIFE, OF_CITIZEN
from danchu.minutes.writes.promises import add_step, begin_term, tell_owner
from danchu.subjects.texts import content_of, text_of
from danchu.subjects.writes import move_on


@transaction.atomic
def confirm_commitment(
    commitment: Commitment,
    *,
    by: Acting,
    on: date | None = None,
    secret: str | None = None,
    text: str = "",
) -> Commitment:
    """Confirm, for those who asked, that it was kept: by right at the body that asked, or by the
    secret. Final. Refused for the one who reported it fulfilled, or when it is not reported; Denied
    without the right or with a wrong secret.
    """
    require(_may_judge("confirm", commitment, by, secret), COMMITMENT_LIFE.no_right)
    commitment = COMMITMENT_LIFE.hold(commitment, "confirm", "unit")
    on = on or max(today(), commitment.moved_on)
    check_day(on, commitment.moved_on, "on")
    _refuse_own(commitment, by, secret)
    text = text_of(text, "text")
    move_on(commitment, COMMITMENT_LIFE, "confirm", moved_on=on, kept_on=on)
    add_step(commitment, "confirm", on, by, text)
    CommitmentContact.objects.filter(commitment=commitment).delete()
    record(
        by,
        "commitment.confirmed",
        commitment,
        unit=commitment.unit_id,
        on=on.isoformat(),
        by_code=secret is not None,
    )
    return commitment


@transaction.atomic
def dispute_commitment(
    commitment: Commitment,
    *,
    by: Acting,
    text: str,
    on: date | None = None,
    secret: str | None = None,
) -> Commitment:
    """Say, for those who asked, that it was not done: it runs again under the same due day, and the
    body that promised is notified. Refused without text or when it is not reported; Denied as for
    `confirm_commitment`.
    """
    require(_may_judge("dispute", commitment, by, secret), COMMITMENT_LIFE.no_right)
    commitment = COMMITMENT_LIFE.hold(commitment, "dispute", "unit")
    on = on or max(today(), commitment.moved_on)
    check_day(on, commitment.moved_on, "on")
    text = content_of(text, "text")
    begin_term(commitment, commitment.due_on, commitment.due_reason, on)
    move_on(
        commitment,
        COMMITMENT_LIFE,
        "dispute",
        moved_on=on,
        obligation=commitment.obligation,
        fulfilled_on=None,
        in_time=None,
    )
    add_step(commitment, "dispute", on, by, text)
    record(
        by,
        "commitment.disputed",
        commitment,
        unit=commitment.unit_id,
        on=on.isoformat(),
        by_code=secret is not None,
    )
    message = _("Cam kết %s: bên hỏi cho biết chưa đạt.") % commitment.code
    tell_owner(commitment, message)
    return commitment


@transaction.atomic
def give_secret(commitment: Commitment, *, by: Acting) -> tuple[Commitment, str]:
    """(the commitment, a new secret, shown only once): with it and the code those who asked confirm
    or dispute without an account. Replaces an earlier secret. Refused once it has ended; Denied
    without the right.
    """
    COMMITMENT_LIFE.require(by, "give_secret", commitment)
    commitment = COMMITMENT_LIFE.hold(commitment, "give_secret", "unit")
    secret = new_secret()
    commitment.secret = digest(secret)
    commitment.save(update_fields=["secret"])
    record(by, "commitment.secret_given", commitment, unit=commitment.unit_id)
    return commitment, secret


def _may_judge(act, commitment, by, secret):
    """Whether the actor may confirm or dispute: by right, or by the secret. Denied with a wrong
    secret.
    """
    if secret is None:
        return COMMITMENT_LIFE.may(by, act, commitment)
    stored_digest = Commitment.objects.values_list("secret", flat=True).get(pk=commitment.pk)
    if act not in OF_CITIZEN or not stored_digest or not matches(secret, stored_digest):
        raise Denied(_("Mã bí mật không đúng."))
    return True


def _refuse_own(commitment, by, secret):
    """Refused for the account that reported the commitment as fulfilled."""
    if secret is None and by.account_id is not None and commitment.fulfilled_by == by.key:
        raise Refused(_("Người báo đã thực hiện không tự xác nhận. Việc này của bên đã hỏi."))
