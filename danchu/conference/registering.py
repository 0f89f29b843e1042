"""The door through which thousands register at the same moment: those of one process who wait are
written in one transaction.

    from danchu.conference.registering import register
    delegate, code = register(conference, by=actor, code="HN-…", name="…")      # as
      register_delegate, however many ask at once

Alone, one takes as long as ever. Where many wait for the conference's row, the first writes all who
have come meanwhile: the row and the journal are held once for them instead of once for each. A full
house without a waiting list says so before anything is held.
"""

import threading
from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy

from danchu.conference.checking import checked_delegate
from danchu.conference.codes import read_shared
from danchu.conference.models import Conference, Delegate
from danchu.conference.rules import may_prepare
from danchu.conference.seating import NO_PLACE
from danchu.conference.words import Entry
from danchu.kernel.refusals import Refused, require

WRONG_CODE = gettext_lazy("Mã hội nghị chưa đúng. Hãy gõ lại như trên giấy mời chung.")
MOST_AT_ONCE = 500


class Form(NamedTuple):
    """What somebody registers with: the fields as they are kept, the id of a bridge point, the
    number of the form.
    """

    kept: dict
    point: int | None = None
    uid: UUID | None = None


def may_register(by, conference, code):
    """Whether he has the shared code of a conference that one comes to by it, or prepares the
    conference.
    """
    is_shared = (
        conference.entry in (Entry.LINK, Entry.OPEN)
        and conference.entry_code
        and read_shared(code) == conference.entry_code
    )
    return bool(is_shared) or may_prepare(by, conference)


def register(conference, *, by, code, name, office="", contact="", point=None, uid=None):
    """As the act `register_delegate`, together with whoever asks at the same moment; (delegate,
    the code he comes in by).
    """
    from danchu.conference.actions.registration import (  # noqa: PLC0415  late: circle
        register_delegate,
    )

    alone = {
        "by": by,
        "code": code,
        "name": name,
        "office": office,
        "contact": contact,
        "point": point,
        "uid": uid,
    }
    if (
        connection.in_atomic_block
    ):  # whoever is in a transaction of his own cannot be written in another's
        return register_delegate(conference, **alone)
    require(may_register(by, conference, code), WRONG_CODE)
    form = Form(
        checked_delegate(name=name, office=office, contact=contact, entitled=False),
        getattr(point, "pk", point),
        uid,
    )
    _refuse_full(conference, uid)
    answer = _queue.put((conference.pk, by.key, code), _Waiting(conference, by, code, form))
    if answer is None:  # the others' trouble is not his
        return register_delegate(conference, **alone)
    if isinstance(answer, Refused):
        raise answer
    return answer


def _refuse_full(conference, uid):
    """Who comes to a full house without a waiting list need not wait for the row. Places that
    are given back are seen by the next.
    """
    capacity, taken, keeps = Conference.objects.values_list(
        "capacity", "taken", "keeps_waiting_list"
    ).get(pk=conference.pk)
    if (
        capacity
        and taken >= capacity
        and not keeps
        and not (uid and Delegate.objects.filter(conference=conference, uid=uid).exists())
    ):
        raise Refused(NO_PLACE, "point")


class _Waiting:
    """One who waits: `answer` once he was written, None where the group failed; `leads` when it
    is his turn to write.
    """

    def __init__(self, conference, by, code, form):
        self.conference, self.by, self.code, self.form = conference, by, code, form
        self.called, self.leads, self.answer = threading.Event(), False, None


class _Queue:
    """Those who wait, by key; of each key one writes for all."""

    def __init__(self):
        self._lock, self._waiting, self._led = threading.Lock(), defaultdict(list), set()

    def put(self, key, one):
        """Wait, or write for all who wait; the answer, None when the group's writing failed."""
        with self._lock:
            self._waiting[key].append(one)
            one.leads = key not in self._led
            self._led.add(key)
        if not one.leads:
            one.called.wait()
        if one.leads:
            self._lead(key)
        return one.answer

    def _lead(self, key):
        with self._lock:
            group, self._waiting[key] = (
                self._waiting[key][:MOST_AT_ONCE],
                self._waiting[key][MOST_AT_ONCE:],
            )
        try:
            _write(group)
        finally:
            with self._lock:
                following = next(iter(self._waiting[key]), None)
                if following is None:
                    self._led.discard(key)
                    del self._waiting[key]
                else:
                    following.leads = True
            for one in [*group, *([following] if following else [])]:
                one.called.set()


_queue = _Queue()


def _write(group):
    from danchu.conference.actions.registration import (  # noqa: PLC0415  late: circle
        register_delegates,
    )

    first = group[0]
    try:
        answers = register_delegates(
            first.conference, by=first.by, code=first.code, forms=[one.form for one in group]
        )
    except Refused as refusal:  # the conference as a whole takes nobody any more
        answers = [refusal] * len(group)
    except DatabaseError:
        answers = [None] * len(group)
    for one, answer in zip(group, answers, strict=True):
        one.answer = answer
