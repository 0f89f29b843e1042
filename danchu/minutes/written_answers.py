"""Written answers of rooms above, from which a commitment may be recorded.

A room whose records are answered in writing names, in the `answers` of its declaration, a function
of (actor, uid) that returns the Answer; None where the actor may not read it or there is none. Of
answers that everyone may read, its `answer_pages` name a function of (uid) that returns the
address.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from danchu.kernel.addresses import uid_in
from danchu.subjects.room import rooms


@dataclass(frozen=True)
class Answer:
    """`initial`: initial values of the form of the commitment. `arguments`: what `make_commitment`
    takes besides what is typed: the origin, and who confirms it.
    """

    initial: dict[str, Any]
    arguments: dict[str, Any]


def answer_of(actor: Any, origin: str, text: str) -> Answer | None:
    """The answer named in an address by `origin` and `text` (its uid); None without an origin, 404
    where there is no such answer for this actor.
    """
    if not origin:
        return None
    read_answer = next((room.answers[origin] for room in rooms() if origin in room.answers), None)
    answer = read_answer(actor, _uid(text)) if read_answer else None
    if answer is None:
        raise Http404
    return answer


def answer_page(origin: str, uid: UUID | None) -> str:
    """The address of the public page of a written answer; "" where there is none."""
    pages = [room.answer_pages[origin] for room in rooms() if origin in room.answer_pages]
    return pages[0](uid) if pages and uid else ""


def new_promise_url(origin: str, uid: UUID) -> str:
    """The address of the form of a commitment made in the answer."""
    return f"{reverse('desk_new_commitment')}?from={origin}&of={uid}"


def _uid(text: str) -> UUID:
    uid = uid_in(text)
    if uid is None:
        raise Http404
    return uid
