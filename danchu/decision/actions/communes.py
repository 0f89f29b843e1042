"""A matter of the whole commune: opened in all its villages, closed, and its day set."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.lives import DECISION_LIFE
from danchu.decision.models import CommunePart, CommuneVote, HouseholdDecision
from danchu.decision.models.communes import CommuneForm
from danchu.decision.rules.communes import judged_commune, tally_of, villages_on
from danchu.decision.writes.withdrawing import open_ones, withdraw_each
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on

LONGEST_NUMBER = 60


@transaction.atomic
def open_villages(
    decision: HouseholdDecision,
    *,
    by: Acting,
    on: date,
    until: date,
    form: str,
    agreement: str,
) -> HouseholdDecision:
    """Put the matter before every village of the commune, in the form that its chair chose after
    agreeing with the chair of the Front; each village has a decision of its own. Refused, by field,
    where the commune has no village on the day.
    """
    DECISION_LIFE.require(by, "open_villages", decision)
    decision = DECISION_LIFE.hold(decision, "open_villages", "unit")
    with all_refusals() as rule:
        with rule():
            check_day(on, decision.proposed_on, "on")
        with rule():
            if not isinstance(until, date) or isinstance(on, date) and until <= on:
                raise Refused(_("Ngày cuối các thôn báo kết quả phải sau ngày bắt đầu."), "until")
        with rule():
            if form not in CommuneForm.values:
                raise Refused(_("Hãy chọn trong danh sách."), "form")
        with rule():
            agreement = line_of(
                agreement,
                "agreement",
                LONGEST_NUMBER,
                _("Hãy ghi văn bản thống nhất với Chủ tịch Ủy ban Mặt trận Tổ quốc cấp xã."),
            )
    whole = CommuneVote.objects.create(
        decision=decision,
        form=form,
        agreement=agreement,
        opened_on=on,
        until=until,
        made_by=by.key,
        made_at=now(),
    )
    if not _open_parts(whole, decision, on, by):
        raise Refused(_("Xã chưa có thôn, tổ dân phố nào trong danh mục vào ngày này."), "on")
    move_on(decision, DECISION_LIFE, "open_villages")
    record(by, "household_decision.villages_opened", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def add_villages(decision: HouseholdDecision, *, by: Acting) -> HouseholdDecision:
    """After villages merged or were divided: those that are there today join, and what those that
    are there no more had not decided is withdrawn. Refused where nothing changed.
    """
    DECISION_LIFE.require(by, "add_villages", decision)
    decision = DECISION_LIFE.hold(decision, "add_villages", "unit")
    whole = decision.commune_vote
    ended = _open_decisions(whole).exclude(unit__in=villages_on(decision.unit_id, today()))
    number = withdraw_each(ended, by, _("Thôn, tổ dân phố này đã nhập hoặc chia."))
    number += _open_parts(whole, decision, today(), by)
    if not number:
        raise Refused(_("Các thôn, tổ dân phố của xã không thay đổi."))
    record(by, "household_decision.villages_added", decision, unit=decision.unit_id, number=number)
    return decision


@transaction.atomic
def close_villages(decision: HouseholdDecision, *, by: Acting) -> HouseholdDecision:
    """Count the villages that agreed, of all villages of the commune on the last day: a village
    that did not report by then counts as not agreed. Refused before that day.
    """
    DECISION_LIFE.require(by, "close_villages", decision)
    decision = DECISION_LIFE.hold(decision, "close_villages", "unit")
    whole = CommuneVote.objects.select_for_update().get(decision=decision)
    if today() <= whole.until:
        raise Refused(
            _("Các thôn còn báo kết quả đến hết ngày %s: chưa tổng hợp được.")
            % show_day(whole.until)
        )
    tally = tally_of(whole)
    if not tally.villages or not tally.households:
        raise Refused(_("Danh sách hộ gia đình của các thôn chưa có hộ nào."))
    outcome = judged_commune(whole, tally.villages, tally.agreed)
    whole.villages, whole.reported, whole.agreed = tally.villages, tally.reported, tally.agreed
    whole.save(update_fields=["villages", "reported", "agreed"])
    withdraw_each(_open_decisions(whole), by, _("Đã hết ngày các thôn báo kết quả."))
    settled = {
        "outcome": outcome.outcome.value,
        "settled_on": whole.until,
        "settled_by": whole.form,
        "households": tally.households,
        "yes": tally.yes,
    }
    for name, value in settled.items():
        setattr(decision, name, value)
    move_on(decision, DECISION_LIFE, "close_villages", **settled)
    record(
        by,
        "household_decision.villages_closed",
        decision,
        unit=decision.unit_id,
        villages=tally.villages,
        agreed=tally.agreed,
    )
    return decision


@transaction.atomic
def set_day(
    decision: HouseholdDecision, *, by: Acting, on: date, document: str
) -> HouseholdDecision:
    """The People's Committee sets the day from which what the commune decided is in force."""
    DECISION_LIFE.require(by, "set_day", decision)
    decision = DECISION_LIFE.hold(decision, "set_day", "unit")
    with all_refusals() as rule:
        with rule():
            if not isinstance(on, date) or on < decision.settled_on:
                raise Refused(
                    _("Ngày có hiệu lực phải từ ngày %s trở đi.") % show_day(decision.settled_on),
                    "on",
                )
        with rule():
            document = line_of(document, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
    move_on(decision, DECISION_LIFE, "set_day", in_force_on=on, document=document)
    record(by, "household_decision.day_set", decision, unit=decision.unit_id, on=on.isoformat())
    return decision


def _open_parts(whole, decision, day, by):
    """A decision of its own for each village of the day that has none yet; how many."""
    there = set(CommunePart.objects.filter(whole=whole).values_list("unit", flat=True))
    villages = [unit for unit in villages_on(decision.unit_id, day) if unit not in there]
    own = HouseholdDecision.objects.bulk_create(
        HouseholdDecision(
            uid=uuid4(),
            unit_id=unit,
            item=decision.item,
            title=decision.title,
            content=decision.content,
            proposer=decision.proposer,
            proposed_on=day,
            made_by=by.key,
            made_at=now(),
        )
        for unit in villages
    )
    CommunePart.objects.bulk_create(
        CommunePart(whole=whole, decision=one, unit_id=one.unit_id) for one in own
    )
    return len(own)


def _open_decisions(whole):
    """The decisions of villages that have no result, locked."""
    return open_ones(HouseholdDecision.objects.filter(commune_part__whole=whole))
