"""Sends the waiting notices one by one: claimed, sent, settled, each step committed by itself.

A notice whose text cannot be written or whose adapter fails in any way counts one try and harms no
other. A notice is never sent twice by us: one whose sending was interrupted (the process died) is
given up, because nobody knows whether it went out.
"""

import logging
from dataclasses import replace

from django.utils.translation import gettext as _

from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.notices.actions import report_sending
from danchu.notices.adapters import NotSent, adapter_of
from danchu.notices.letters import letters_for
from danchu.notices.models import Notice
from danchu.notices.writes import (
    claim_next,
    give_up,
    give_up_interrupted,
    settle_failed,
    settle_sent,
)

log = logging.getLogger("danchu.notices")
BATCH = 200  # an entry of the journal for so many


def send_all(*, by: Acting) -> tuple[int, int]:
    """Send every waiting notice once; returns (sent, failed). Failed ones wait for the next run."""
    sent = failed = beyond = 0
    while True:
        batch_sent, batch_failed, beyond, is_last = _send_batch(by, beyond)
        sent += batch_sent
        failed += batch_failed
        if is_last:
            return sent, failed


def send_waiting(*, by: Acting, beyond: int = 0) -> tuple[int, int]:
    """Send one batch of the waiting notices whose primary key is above `beyond`, oldest first;
    returns (sent, failed).

    A notice is tried five times, then given up. One for which its room returns no letter
    (letters.py) is given up without a try. Concurrent runs claim different notices.
    """
    return _send_batch(by, beyond)[:2]


def _send_batch(by, beyond):
    """(sent, failed, primary key of the last notice, whether no other waits)"""
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền gửi thông báo."))
    numbers = {"sent": 0, "failed": 0, "given_up": give_up_interrupted()}
    notice = None
    try:
        for _number in range(BATCH):
            notice = claim_next(beyond)
            if notice is None:
                break
            beyond = notice.pk
            numbers[_send(notice)] += 1
    finally:
        report_sending(by=by, **numbers)
    return numbers["sent"], numbers["failed"], beyond, notice is None


def _send(notice: Notice) -> str:
    """Send a claimed notice and settle it. Returns which of the numbers of a batch it adds to."""
    try:
        letter = letters_for([notice]).get(notice.pk)
        if letter is None:
            give_up(notice)
            return "given_up"
        adapter_of(notice.channel).send(
            notice.channel, notice.target, replace(letter, key=f"danchu-notice-{notice.pk}")
        )
    except NotSent:
        settle_failed(notice)
        return "failed"
    except Exception as error:  # whatever an adapter raises is one try of this notice
        # Not the error's own words: they may quote the address.
        log.warning("notice %s %s: %s", notice.channel, notice.pk, type(error).__name__)
        settle_failed(notice)
        return "failed"
    settle_sent(notice, letter)
    return "sent"
