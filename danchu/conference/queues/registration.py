"""Group commit for registrations: one transaction for the concurrent requests of a process.

    from danchu.conference.queues.registration import register
    delegate, code = register(conference, by=actor, code="HN-…", name="…")

Answers as the act `register_delegate` does. A single request takes as long as the act. Where many
wait for the conference's row, the first writes all that have arrived meanwhile, so the row and the
journal are locked once for all of them. Requests to a full conference without a waiting list are
refused before anything is locked.
"""

import threading
from collections import defaultdict

from django.db import DatabaseError, connection

from danchu.conference.actions.registration import register_delegate, register_delegates
from danchu.conference.input.fields import clean_delegate
from danchu.conference.input.registration import WRONG_CODE, Registration, may_register
from danchu.conference.models import Conference, Delegate
from danchu.conference.writes.seats import NO_PLACE
from danchu.kernel.refusals import Refused, require

MOST_AT_ONCE = 500


def register(conference, *, by, code, name, office="", contact="", point=None, uid=None):
    """Register together with concurrent requests. Returns (delegate, their personal code). Refused
    as the act `register_delegate` refuses.
    """
    arguments = {
        "by": by,
        "code": code,
        "name": name,
        "office": office,
        "contact": contact,
        "point": point,
        "uid": uid,
    }
    # Inside a transaction of the caller the rows must be written in that transaction.
    if connection.in_atomic_block:
        return register_delegate(conference, **arguments)
    require(may_register(by, conference, code), WRONG_CODE)
    form = Registration(
        clean_delegate(name=name, office=office, contact=contact, entitled=False),
        getattr(point, "pk", point),
        uid,
    )
    _refuse_full(conference, uid)
    answer = _queue.put((conference.pk, by.key, code), _Waiting(conference, by, code, form))
    if answer is None:  # writing the group failed: try this request alone
        return register_delegate(conference, **arguments)
    if isinstance(answer, Refused):
        raise answer
    return answer


def _refuse_full(conference, uid):
    """Reject early, without locking, when the conference is full and has no waiting list. A place
    that is given back meanwhile is seen by the next request.
    """
    capacity, places_taken, keeps_waiting_list = Conference.objects.values_list(
        "capacity", "taken", "keeps_waiting_list"
    ).get(pk=conference.pk)
    if (
        capacity
        and places_taken >= capacity
        and not keeps_waiting_list
        and not (uid and Delegate.objects.filter(conference=conference, uid=uid).exists())
    ):
        raise Refused(NO_PLACE, "point")


class _Waiting:
    """A waiting request. `answer` is set when it was written, None where the group failed; `leads`
    when its thread is to write the group.
    """

    def __init__(self, conference, by, code, form):
        self.conference = conference
        self.by = by
        self.code = code
        self.form = form
        self.ready = threading.Event()
        self.leads = False
        self.answer = None


class _Queue:
    """Waiting requests by key; for each key one thread writes for all."""

    def __init__(self):
        self._lock = threading.Lock()
        self._waiting = defaultdict(list)
        self._in_progress = set()

    def put(self, key, request):
        """Add a request to the group of its key. One of the waiting threads writes the group, the
        others wait. Returns the answer, None where writing the group failed.
        """
        with self._lock:
            self._waiting[key].append(request)
            request.leads = key not in self._in_progress
            self._in_progress.add(key)
        if not request.leads:
            request.ready.wait()
        if request.leads:
            self._lead(key)
        return request.answer

    def _lead(self, key):
        with self._lock:
            group = self._waiting[key][:MOST_AT_ONCE]
            self._waiting[key] = self._waiting[key][MOST_AT_ONCE:]
        try:
            _write_group(group)
        finally:
            with self._lock:
                following = next(iter(self._waiting[key]), None)
                if following is None:
                    self._in_progress.discard(key)
                    del self._waiting[key]
                else:
                    following.leads = True
            for request in [*group, *([following] if following else [])]:
                request.ready.set()


_queue = _Queue()


def _write_group(group):
    first = group[0]
    try:
        answers = register_delegates(
            first.conference,
            by=first.by,
            code=first.code,
            forms=[request.form for request in group],
        )
    except Refused as refusal:  # nobody can register any more
        answers = [refusal] * len(group)
    except DatabaseError:
        answers = [None] * len(group)
    for request, answer in zip(group, answers, strict=True):
        request.answer = answer
