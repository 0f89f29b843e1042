"""What a room declares of one subject: its list, how a record is created, its page, its acts.

A section is data. The desk turns it into pages and addresses, the API into JSON.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danchu.subjects.forms import ActForm, RecordForm
from danchu.subjects.life import Life
from danchu.subjects.listing import Listing
from danchu.subjects.verbs import Verb
from danchu.subjects.waiting import Wait


def may_begin(verb: str, kind: str) -> Callable[[Any], bool]:
    """A rule for `New.allows`: whoever holds the right at any unit may begin a record."""
    return lambda actor: actor.scope(verb, kind) != frozenset()


def message_of_state(row: Any) -> str:
    """The message after an act: the state in which it left the record."""
    return str(_("Đã ghi: %s.") % row.get_state_display())


@dataclass(frozen=True)
class New:
    """How a record is created: `create(by=…, **form.values())` returns it.

    `allows(actor)` says who may; others are Denied with `denied`. `saved(row)` is the message
    afterwards, `again` the one when the same form had been sent before. `address` names its page
    where that is not `desk_new_<record>`; `then` names the page to redirect to where that is not
    the page of the record. Without a `word` the list has no button for it, because its address
    needs parameters. Without a `form` the surface has a page of its own under the same address
    name. `offline`: the page also opens without a line and what is entered waits on the device;
    its form has a `uid`, by which it is written once, and asks for no personal data.
    name. `carries` names the fields that the next form begins with: with any, the form can be saved
    and the next one opened by one button. They stand in an address, so none is about a person.
    """

    title: Any
    word: Any
    allows: Callable[[Any], bool]
    denied: Any
    form: type[RecordForm] | None = None
    create: Callable[..., Any] | None = None
    saved: Callable[[Any], Any] | None = None
    again: Any = ""
    address: str = ""
    then: str = ""
    offline: bool = False
    carries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A page that belongs to a list: the name of its address, its `word`, and who sees the link."""

    address: str
    word: Any
    allows: Callable[[Any], bool] = lambda actor: True


@dataclass(frozen=True)
class ToRecord:
    """After the act: redirect to the record that `do` returned, or to the row itself when it
    returned none. `address` names the page where the returned record is another subject's.
    """

    address: str = ""


@dataclass(frozen=True)
class ToList:
    """After the act: redirect to the list, because the row no longer exists."""


@dataclass(frozen=True)
class ShownOnce:
    """After the act: a page with what is shown a single time and stored nowhere, such as a secret.

    `context(result)` is {name: value} for the page, `result` being what `do` returned. `template`
    is a page of its own; without one the values are added to the page of the record.
    """

    context: Callable[[Any], dict[str, Any]]
    template: str = ""


@dataclass(frozen=True)
class Act:
    """One act of the record's life: its button `word`, its form, and `do(row, by=…, **values)`.

    Acts stand in the order in which they come: the first that is offered is open on the page,
    unless it asks for a reason or stands aside and the record does not wait for it.

    `saved(result)` is the message after it, `after` where the answer leads. `warns` is what cannot
    be taken back, in a sentence above the button. `own_page`: the form is long and has a page of
    its own, which begins with a GET of the act's address. `offered(row)` False hides an act that
    has nothing to choose from. `is_aside`: it may come at any time beside the course of the record,
    so it is never the next step, unless the record waits for it.
    """

    name: str
    word: Any
    do: Callable[..., Any]
    form: type[ActForm] = ActForm
    saved: Callable[[Any], Any] | None = None
    after: ToRecord | ToList | ShownOnce = ToRecord()
    warns: Any = ""
    own_page: bool = False
    offered: Callable[[Any], bool] = lambda row: True
    is_aside: bool = False


@dataclass(frozen=True)
class Reply:
    """The reply of a public page to a form on it: `context` is {name: value} for its template.
    `is_refused`: the page is sent with status 400.
    """

    context: dict[str, Any]
    is_refused: bool = False


@dataclass(frozen=True)
class Record:
    """The page of one record: the template with its slots filled and `facts(row, actor)` for it.

    `rows(actor)` are those the actor may open. `title(row)` is the heading and `state(row)` the
    word of the tag, by default those of the fields `title` and `state`. `begin(row, query)` is
    {name of an act: initial values of its form} where the address of the page says so.
    `in_template` names the acts for which the template has a form or link of its own.

    Two more are for public pages only; no cache may store a page that has one of them.
    `reply(row, typed)` returns the Reply to a form of the page itself, `typed` being its fields. It
    raises Refused, or Denied for a wrong secret, and the page is then sent with `fault` and
    `typed`. `personal(row, request)` is {name: value} of what is shown to this device only, such as
    one that holds a pass.
    """

    template: str
    rows: Callable[[Any], QuerySet[Any]]
    title: Callable[[Any], Any] = lambda row: row.title
    state: Callable[[Any], Any] = lambda row: row.get_state_display()
    facts: Callable[[Any, Any], dict[str, Any]] = lambda row, actor: {}
    begin: Callable[[Any, Any], dict[str, dict[str, Any]]] = lambda row, query: {}
    in_template: tuple[str, ...] = ()
    reply: Callable[[Any, Mapping[str, str]], Reply] | None = None
    personal: Callable[[Any, Any], dict[str, Any]] | None = None


@dataclass(frozen=True)
class Unlisted:
    """A public record without a list of its own: pages of other records link to it.

    `one` names its address and `folder` begins it (`findings/<uid>/`). `placed(row)` is
    (unit id, day) of its place's name, `above` the (name of an address, word) of the page with
    which its trail begins.
    """

    one: str
    folder: str
    record: Record
    placed: Callable[[Any], tuple[int, date]]
    above: tuple[str, Any] | None = None


@dataclass(frozen=True)
class Proved:
    """How readers get the proofs of the records of one kind that the journal digests. `rows(actor)`
    are those the actor may open in public, at the address named `page` ("" for rows without a page
    of their own); `title(row)` is their heading, and `is_digested(row)` whether a digest is due.
    """

    rows: Callable[[Any], QuerySet[Any]]
    page: str
    title: Callable[[Any], Any]
    is_digested: Callable[[Any], bool] = lambda row: True


@dataclass(frozen=True)
class Parent:
    """The record that a whole list belongs to, such as the conference of its delegates.

    `route` begins the addresses of the list and captures the key of that record as `pk`;
    `key(row)` is that key of a row. The list is narrowed to the record by its filter `filter`.
    `find(actor, pk)` returns the record, None where there is none for the actor, or raises Denied;
    `context(record)` is {name: value} for the template of the list.
    """

    route: str
    filter: str
    key: Callable[[Any], int]
    find: Callable[[Any, int], Any]
    context: Callable[[Any], dict[str, Any]] = lambda record: {}


@dataclass(frozen=True)
class Section:
    """One subject of the desk. `one` and `listing.name` name its addresses (`finding`,
    `findings`); `above` is the (name of an address, word) of the page it belongs to, with which the
    trail begins (of a public record by default its list); `links` are other pages that its list
    links to.

    Without a `record` the surface has a page of its own for one row, under the same address name;
    `key` is the attribute of the row in that address. `template` is for a list that shows more than
    its rows; `beside(actor, rows)` is {name: value} for it, where `rows` are all the narrowed ones,
    and `on_page(actor, rows)` where they are those of the page.
    `waits` say in which states a record waits for whom. `goes_on` are the acts after which an
    official who came from the list goes on to the next record of it.

    No browser may cache the pages of what `is_secret`. `verb` is the one under which the subject is
    found in the navigation of the public pages and of the desk. `is_at_place` False keeps the
    newest rows of a public list off the page of their place: where its table changes too often for
    a page that is kept.
    """

    one: str
    listing: Listing
    record: Record | None = None
    life: Life | None = None
    acts: tuple[Act, ...] = ()
    new: New | None = None
    above: tuple[str, Any] | None = None
    links: tuple[Link, ...] = ()
    key: str = "uid"
    template: str = ""
    beside: Callable[[Any, Any], dict[str, Any]] = lambda actor, rows: {}
    on_page: Callable[[Any, list[Any]], dict[str, Any]] = lambda actor, rows: {}
    goes_on: tuple[str, ...] = ()
    is_secret: bool = False
    verb: Verb | None = None
    parent: Parent | None = None
    waits: tuple[Wait, ...] = ()
    is_at_place: bool = True

    def named(self, row: Any) -> dict[str, Any]:
        """The parts of an address that name the row: {name in the route: value}."""
        named = {self.key: getattr(row, self.key)}
        return {"pk": self.parent.key(row), **named} if self.parent else named

    def act(self, name: str) -> Act | None:
        """The act of this name; None when the section has none."""
        return next((act for act in self.acts if act.name == name), None)
