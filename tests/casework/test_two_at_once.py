"""Two clerks, each with a connection of his own, do the same at the same moment: it is done
once, and the other is told.
"""

import threading

import pytest
from django.db import connection

from danchu.casework.actions import claim_petition, take_step
from danchu.casework.models import Step
from danchu.journal.models import Entry
from danchu.kernel.refusals import Refused
from danchu.notices.models import Notice
from danchu.obligations.models import Obligation
from tests.casework.conftest import RECEIVED

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """What each ended with, all begun at the same moment: None or its refusal."""
    start, ended = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait()
            act()
        except Exception as fault:  # noqa: BLE001
            ended[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def test_a_step_sent_by_many_at_once_is_one_step_with_one_clock_and_one_notice(registered, at):
    it = registered("feedback")
    clerks = [at("petition_officer", name=f"Công chức {n}") for n in range(4)]
    take_step(it, "classify", by=clerks[0], on=RECEIVED, eligible=True, competent=True)
    for act, given in (("accept", {}), ("answer", {"text": "Đã thông cống"})):
        before, clocks = Notice.objects.count(), Obligation.objects.count()
        ended = together(
            *[
                lambda by=by, act=act, given=given: take_step(it, act, by=by, on=RECEIVED, **given)
                for by in clerks
            ]
        )
        assert sum(fault is None for fault in ended) == 1 and all(
            isinstance(fault, Refused) and "người khác vừa làm" in str(fault.message)
            for fault in ended
            if fault
        ), (act, ended)
        assert (
            Step.objects.filter(petition=it, act=act).count()
            == Entry.objects.filter(act=f"petition.{act}").count()
            == 1
        )
        assert Notice.objects.count() - before <= 1 and Obligation.objects.count() - clocks <= 1
    it.refresh_from_db()
    assert (it.state, it.steps.count()) == ("answered", 4)


def test_a_petition_claimed_by_many_at_once_has_one_keeper_whom_the_others_are_told(registered, at):
    it = registered("complaint")
    clerks = [at("petition_officer", name=f"Công chức {n}") for n in range(4)]
    ended = together(*[lambda by=by: claim_petition(it, by=by) for by in clerks])
    it.refresh_from_db()
    assert (
        sum(fault is None for fault in ended)
        == 1
        == Entry.objects.filter(act="petition.claimed").count()
    )
    assert all(
        isinstance(fault, Refused) and it.claimed_by.name in str(fault.message)
        for fault in ended
        if fault
    ), ended
