"""A call of a program that is sent twice does one thing.

A program that lost the answer to its call sends the call again. With the header Idempotency-Key
(draft-ietf-httpapi-idempotency-key-header) the second of two calls with one key is answered as the
first was, for SECONDS; another content under the same key is refused. A program that does not know
the header is protected where a view says so: the same content from the same address within
ALIKE_SECONDS is one call.

The first call and the note of it are one transaction, for which the second one waits. A call that
was refused may be sent again, corrected, under its key. An answer may hold a secret: it is stored
encrypted under a key that is derived from the name and the content of the call, which are not.
"""

import hashlib
import re
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.people.askers import asker_of

HEADER = "Idempotency-Key"
SECONDS = 24 * 3600
ALIKE_SECONDS = 600
# Characters of a key: one that another program would also think of protects nobody.
SHORTEST, LONGEST = 16, 255
_KEY = re.compile(rf"[\x21\x23-\x5b\x5d-\x7e]{{{SHORTEST},{LONGEST}}}")


class KeyReused(Refused):
    """The key of an earlier call with another content; surfaces answer 422, as the draft says."""


def answered_once(request, view, is_alike=False):
    """The response of `view()`, which is called once for each key of the header; without a key, and
    with `is_alike`, once for the same content from one address. Refused, on HEADER, for a key that
    cannot be one; KeyReused.
    """
    key = _key_of(request)
    content = _digest(request)
    if key:
        words = ("key", request.path, _caller(request), key)
        seconds = SECONDS
    elif is_alike:
        words = ("alike", request.path, asker_of(request), content)
        seconds = ALIKE_SECONDS
    else:
        return view()
    name = f"sent call {_digest_of_words(words)}"
    cipher = _cipher(name, content)
    with transaction.atomic():
        _lock(name)
        if not cache.add(name, {}, seconds) and (stored := cache.get(name)):
            return _answer_again(stored, cipher)
        response = view()
        if response.status_code < 300:
            answer = {"status": response.status_code, "headers": dict(response.items())}
            cache.set(name, {**answer, "page": cipher.encrypt(response.content)}, seconds)
        else:
            cache.delete(name)
        return response


def _lock(name):
    """Of two calls at once the second waits here, in the database, until the first has ended. The
    note alone would not do: of one that has expired both would take the place.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _key_of(request):
    """The key of the header, a string of structured fields (RFC 8941, in quotes) or bare; "" where
    there is none.
    """
    text = request.headers.get(HEADER, "").strip()
    if not text:
        return ""
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    if not _KEY.fullmatch(text):
        raise Refused(
            _(
                "Idempotency-Key phải có từ %(shortest)s đến %(longest)s ký tự ASCII, không dấu "
                "cách, mỗi lần gửi một khóa khác, ví dụ một UUID."
            )
            % {"shortest": SHORTEST, "longest": LONGEST},
            HEADER,
        )
    return text


def _answer_again(stored, cipher):
    try:
        content = cipher.decrypt(stored["page"])
    except InvalidToken:
        raise KeyReused(
            _("Idempotency-Key này đã dùng cho một nội dung khác. Hãy gửi bằng khóa mới."), HEADER
        ) from None
    return HttpResponse(content, status=stored["status"], headers=stored["headers"])


def _caller(request):
    """Who calls: an account, by its token or its session. Others are told apart by their keys."""
    return request.headers.get("Authorization", ""), request.user.pk


def _digest(request):
    """The digest of what is sent: the parameters, the fields and the bytes of the files."""
    digest = hashlib.sha256()
    for query in (request.GET, request.POST):
        digest.update(repr(sorted(query.lists())).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"{name} {file.name} {file.size} ".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _digest_of_words(words):
    return hashlib.sha256(repr((settings.SECRET_KEY, *words)).encode()).hexdigest()


def _cipher(name, content):
    key = hashlib.sha256(repr((settings.SECRET_KEY, name, content)).encode())
    return Fernet(urlsafe_b64encode(key.digest()))
