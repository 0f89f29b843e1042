"""What a room says of one subject: its list, how a record is begun, its page, its acts.

A section is data. The desk turns it into pages and addresses, the API into answers for machines.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from danchu.subjects.forms import ActForm, RecordForm
from danchu.subjects.life import Life
from danchu.subjects.listing import Listing


def may_begin(verb: str, kind: str) -> Callable[[Any], bool]:
    """Who may begin a record: whoever holds the right anywhere."""
    return lambda actor: actor.scope(verb, kind) != frozenset()


@dataclass(frozen=True)
class New:
    """How a record begins: `create(by=…, **form.values())` returns it.

    `allows(actor)` says who may; `denied` is what anybody else reads. `saved(row)` tells what was
    done, `again` that the same form had been sent before. `address` names its page where that is
    not `desk_new_<record>`, `then` the page of the new record to which the answer leads where that
    is not the record itself. Without a `word` no button of the list leads there, since its address
    must name more. Without a `form` the surface has a page of its own for it, under the
    same address name.
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


@dataclass(frozen=True)
class Link:
    """A page that belongs to a list: the name of its address, its `word`, and who is led there."""

    address: str
    word: Any
    allows: Callable[[Any], bool] = lambda actor: True


@dataclass(frozen=True)
class Act:
    """One act of the record's life: its button `word`, its form, and `do(row, by=…, **values)`.

    What `do` returns is the record to which the answer leads, or anything else when the row itself
    is shown again. `then` names the address of that record when it is another subject's; `ends`
    says that the row is there no more, so that the answer leads to the list. `warns` is what cannot
    be taken back, in a sentence above the button. `shows(result)` is for what is shown a single
    time, as a secret: {name: value} for the page that answers, which is kept nowhere; `result` is
    then what `do` returned, and `page` a template of its own for it. `on_page` False: the template
    of the record has the form in a place of its own. `has_page`: the form is long and has a page of
    its own, which begins with a GET of the act's address.
    """

    name: str
    word: Any
    do: Callable[..., Any]
    form: type[ActForm] = ActForm
    saved: Callable[[Any], Any] | None = None
    then: str = ""
    warns: Any = ""
    shows: Callable[[Any], dict[str, Any]] | None = None
    page: str = ""
    ends: bool = False
    on_page: bool = True
    offered: Callable[[Any], bool] = lambda row: True
    has_page: bool = False


@dataclass(frozen=True)
class Record:
    """The page of one record: the template with its slots filled and `facts(row, actor)` for it.

    `rows(actor)` are those the actor may open; `state(row)` the word of the tag; `title(row)` its
    heading; `placed(row)` (unit id, day) of the line under it. `begin(row, query)` is {name of an
    act: what its form begins with} where the address of the page says so.
    """

    template: str
    rows: Callable[[Any], QuerySet]
    title: Callable[[Any], Any]
    state: Callable[[Any], Any]
    facts: Callable[[Any, Any], dict[str, Any]] = lambda row, actor: {}
    begin: Callable[[Any, Any], dict[str, dict[str, Any]]] = lambda row, query: {}


@dataclass(frozen=True)
class Section:
    """One subject of the desk. `one` and `listing.name` name its addresses (`finding`,
    `findings`); `above` is the (name of an address, word) of the page it belongs to, `links` are
    other pages that its list leads to.

    Without a `record` the surface has a page of its own for one row, under the same address name;
    `key` is the attribute of the row that stands in that address. `template` is for a list that
    shows more than its rows; `beside(actor, rows)` is {name: value} of what it needs for that,
    `rows` being all the narrowed ones. Pages of what `is_secret` are kept by no browser.
    `in_navigation`: a public list stands in the navigation at the head of each page, not only at
    its foot.
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
    is_secret: bool = False
    in_navigation: bool = False

    def act(self, name: str) -> Act | None:
        """The act of this name; None when the section has none."""
        return next((act for act in self.acts if act.name == name), None)
