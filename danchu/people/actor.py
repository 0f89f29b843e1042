"""Actor: who acts and what they may do on a day. Every `by=` is one."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from django.db import connection

from danchu.kernel.chronicle import WHOLE
from danchu.kernel.days import today
from danchu.kernel.dependence import EVERY, IS_KNOWN, ids_of, note_right
from danchu.people.models import Delegation, Holding
from danchu.units.maps import boundaries

VERBS = (
    "view",
    "draft",
    "confirm",
    "correct",
    "withdraw",
    "import",
    "state",
    "seal",
    "reorganise",
    "appoint",
    "delegate",
    "verify",
)
EVERY_KIND = "*"
# Kinds that "*" does not cover for accounts: files of citizens, households and the identity of
# denouncers. An office has a right over them only when its declaration names them.
PRIVATE_KINDS = frozenset({"petition_file", "reception_book", "household_roll", "denouncer"})
# What anyone may view. Which records are public is declared in danchu.register.kinds.
PUBLIC_KIND = "public"
# The scope of a right that holds in the whole country.
EVERYWHERE = None
# Stand in the SQL of the rights for the account and the day that are asked for.
ANY_ACCOUNT = -1
ANY_DAY = date(1, 1, 1)


def reaches(scope: frozenset[int] | None, unit: int) -> bool:
    """Whether a scope, as `Actor.scope` returns it (None: everywhere), has the unit of this id."""
    return scope is EVERYWHERE or unit in scope


@dataclass(frozen=True)
class Actor:
    """Who acts, and their rights on `day`.

    `rights` and each table in `lent` map (verb, kind) to the ids of the units at the tops of the
    subtrees, or EVERYWHERE. `lent` has what they may do for others (as deputy or by delegation),
    under the name of the principal. `lacks_second_factor`: they hold an office that gives no rights
    until they set up a second factor. `withheld`: verbs that wait for a level of identity which
    their session has not shown.
    """

    key: str
    name: str
    account_id: int | None = None
    day: date | None = None
    rights: dict = field(default_factory=dict, compare=False, repr=False)
    lent: dict = field(default_factory=dict, compare=False, repr=False)
    lacks_second_factor: bool = field(default=False, compare=False)
    withheld: frozenset[str] = field(default=frozenset(), compare=False)
    is_visitor: bool = field(default=False, compare=False)
    _memo: dict = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def public(cls):
        """The actor of anyone: may view what is public and do nothing else."""
        return cls("public", "")

    @classmethod
    def visitor(cls):
        """The public actor of a request: which rights they were asked for is noted with the answer
        that others may be given too (`danchu.kernel.dependence`).
        """
        return cls("public", "", is_visitor=True)

    @classmethod
    def system(cls, name):
        """The actor of the command line, periodic jobs and loaders: may do everything, and stands
        in the journal under `name`.
        """
        return cls("system", name, rights={(verb, EVERY_KIND): EVERYWHERE for verb in VERBS})

    @classmethod
    def of(cls, account, day=None, second_factor=True, withheld=frozenset()):
        """The account's actor on a day, today by default; two queries. Without `second_factor`,
        offices that need one give no rights; nothing gives a right to a verb that is `withheld`.
        """
        day = day or today()
        own, lent, lacking = _rights(account, day, second_factor)
        key = f"account:{account.pk}"
        return cls(key, account.name, account.pk, day, own, lent, lacking, withheld)

    @property
    def is_public(self):
        self._note(*IS_KNOWN)
        return self.key == "public"

    @property
    def signature(self):
        """The name for the journal: with the principal's name when the right last checked came from
        them and not from an office of one's own.
        """
        principal = self._memo.get("stands for")
        return f"{self.name} (thay mặt {principal})" if principal else self.name

    @property
    def verbs_waiting(self):
        """The withheld verbs that some office or delegation would give them."""
        tables = (self.rights, *self.lent.values())
        return frozenset(verb for table in tables for verb, _kind in table) & self.withheld

    def may(self, verb, kind, unit):
        """Whether `verb` is allowed on things of `kind` recorded at `unit` (a Unit or its id; None:
        the whole country).
        """
        unit = getattr(unit, "pk", unit)
        self._note(verb, kind, EVERY if unit is None else f"{{{unit}}}")
        for principal, rights in [("", self.rights), *self.lent.items()]:
            scope = self._scope_in(principal, rights, verb, kind)
            if scope is EVERYWHERE or unit in scope:
                self._memo["stands for"] = principal
                return True
        return False

    def scope(self, verb, kind):
        """EVERYWHERE (None), or the ids of all units, past and present, where it is allowed.

        To view, this includes units that were divided and lie partly within the subtree; for any
        other verb only units that lie wholly within it.
        """
        self._note(verb, kind, EVERY)
        scopes = [self._scope_in("", self.rights, verb, kind)]
        scopes += [
            self._scope_in(principal, rights, verb, kind) for principal, rights in self.lent.items()
        ]
        return EVERYWHERE if EVERYWHERE in scopes else frozenset().union(*scopes)

    def places(self):
        """EVERYWHERE (None), or the ids of all units where they hold any right of their own or for
        another.
        """
        tables = (self.rights, *self.lent.values())
        return self._reach("view", *(tops for table in tables for tops in table.values()))

    def sees_as_anyone(self, questions):
        """Whether they have none of the rights that were asked for while an answer to a visitor was
        worked out (`danchu.kernel.dependence`), so that the answer to them is the same.
        """
        return self.key == "public" or not any(
            right == IS_KNOWN or self._has_at(*right) for right in questions
        )

    def _has_at(self, verb, kind, units):
        scope = self.scope(verb, kind)
        if scope is EVERYWHERE or units is EVERY:
            return scope is EVERYWHERE or bool(scope)
        return not scope.isdisjoint(ids_of(units))

    def _note(self, verb, kind, units):
        """Note that an answer to a visitor depends on their having no such right."""
        if self.is_visitor and (verb, kind) != ("view", PUBLIC_KIND):
            note_right(verb, kind, units)

    def _scope_in(self, principal, rights, verb, kind):
        if (verb, kind) == ("view", PUBLIC_KIND):
            return EVERYWHERE
        if verb in self.withheld:
            return frozenset()
        question = (principal, verb, kind)
        if question not in self._memo:
            every = (
                set()
                if self.account_id is not None and kind in PRIVATE_KINDS
                else rights.get((verb, EVERY_KIND), set())
            )
            self._memo[question] = self._reach(verb, rights.get((verb, kind), set()), every)
        return self._memo[question]

    def _reach(self, verb, *tops):
        if EVERYWHERE in tops:
            return EVERYWHERE
        tops = frozenset().union(*tops)
        if not tops:
            return frozenset()
        if "map" not in self._memo:
            self._memo["map"] = boundaries(self.day)
        return _units_within(self._memo["map"], tops, verb == "view")


@lru_cache(maxsize=128)
def _units_within(map_of_day, tops, partly):
    """The ids of units whose rows count at one of `tops` on the map: wholly, or with any share if
    `partly`.
    """
    units = set()
    for top in tops:
        units |= {
            unit for unit, share in map_of_day.sources(top).items() if partly or share == WHOLE
        }
    return frozenset(units)


def _rights(account, day, second_factor):
    """(own rights, rights lent by others, whether an office gives none because the second factor is
    missing). The rights as in `Actor`.
    """
    own = {}
    lent = defaultdict(dict)
    lacking = False
    sql, parameters = _rights_query()
    values = {ANY_ACCOUNT: account.pk, ANY_DAY: day}
    with connection.cursor() as cursor:
        cursor.execute(sql, [values.get(parameter, parameter) for parameter in parameters])
        rows = cursor.fetchall()
    for principal, needs, verb, kind, unit, level in rows:
        if needs and not second_factor:
            lacking = True
            continue
        _add(lent[principal] if principal else own, (verb, kind), unit, level)
    return own, dict(lent), lacking


@cache
def _rights_query():
    """(SQL, parameters) of the rights of ANY_ACCOUNT on ANY_DAY. Every request asks it, and Django
    takes longer to write the SQL than the database to answer.
    """
    rows = _held_rights(ANY_ACCOUNT, ANY_DAY).union(
        _delegated_rights(ANY_ACCOUNT, ANY_DAY), all=True
    )
    return rows.query.sql_with_params()


def _add(rights, right, unit, level):
    if level == "nation":
        rights[right] = EVERYWHERE
    elif rights.get(right, ()) is not EVERYWHERE:
        rights.setdefault(right, set()).add(unit)


def _held_rights(account, day):
    holdings = Holding.objects.in_force(day).filter(
        account=account, office_kind__rights__isnull=False
    )
    return holdings.values_list(
        "deputy_of__account__name",
        "office_kind__needs_second_factor",
        "office_kind__rights__verb",
        "office_kind__rights__kind",
        "unit_id",
        "unit__level",
    )


def _delegated_rights(account, day):
    delegations = Delegation.objects.in_force(day).filter(to=account)
    return delegations.values_list(
        "giver__account__name",
        "giver__office_kind__needs_second_factor",
        "verb",
        "kind",
        "giver__unit_id",
        "giver__unit__level",
    )
