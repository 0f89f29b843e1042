"""Sessions of those who are logged in: the table holds a digest of the key, so that neither a copy
of it nor a backup can be used as a cookie; a session ends when it is idle, and after half a day.
"""

import hashlib

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.db import SessionStore as StoreInTheDatabase
from django.utils import timezone

from danchu.kernel.days import now
from danchu.people.rows_by_key import row_where

# Names in a session of the instants of its log-in and of its last use, in seconds since 1970.
LOG_IN, LAST_USE = "log_in", "last_use"


class SessionStore(StoreInTheDatabase):
    """Django's sessions in the database, stored under the SHA-256 of the key of the cookie, of
    which the table takes 40 hex digits (160 bits).
    """

    def _get_session_from_db(self):
        if self.session_key is None:
            return None
        session = row_where(
            self.model, session_key=digest_of(self.session_key), expire_date__gt=timezone.now()
        )
        if session is None:
            self._session_key = None
        return session

    def exists(self, session_key):
        return super().exists(digest_of(session_key))

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.session_key = digest_of(session.session_key)
        return session

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key is not None:
            super().delete(digest_of(key))


def digest_of(session_key):
    """What the table holds in place of the key of a cookie."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


def note_log_in(sender, request, **rest):
    """Receiver of Django's signal: the session begins now."""
    request.session[LOG_IN] = request.session[LAST_USE] = int(now().timestamp())


def end_when_old(request):
    """Log out whoever was idle for IDLE_SECONDS or logged in SESSION_COOKIE_AGE ago; else note that
    the session was used, at most once in a tenth of the idle time. A session as far in the future
    ends too: the clock was set back, and how long it was idle is unknown.
    """
    session = request.session
    if SESSION_KEY not in session:
        return
    instant = int(now().timestamp())
    idle = instant - session.setdefault(LAST_USE, instant)
    age = instant - session.setdefault(LOG_IN, instant)
    if abs(idle) > settings.IDLE_SECONDS or abs(age) > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif idle > settings.IDLE_SECONDS // 10:
        session[LAST_USE] = instant
