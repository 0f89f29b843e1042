"""Actor: the one small object that says who acts and what he may do today. Every `by=` is one."""

from dataclasses import dataclass, field

VERBS = (
    "view", "draft", "confirm", "correct", "withdraw", "import", "state",
    "seal", "reorganise", "appoint", "delegate", "verify",
)  # fmt: skip
EVERY_KIND = "*"
# A right that holds everywhere.
EVERYWHERE = None


@dataclass(frozen=True)
class Actor:
    """`rights` maps (verb, kind) to the units at the tops of the subtrees, or EVERYWHERE.

    Unit ids, not names: where they lie is asked of the map of `day`.
    """

    key: str
    name: str
    account_id: int | None = None
    day: object = None
    rights: dict = field(default_factory=dict, hash=False, compare=False)

    @classmethod
    def public(cls):
        """Anyone: sees what is public and may do nothing."""
        return cls("public", "")

    @classmethod
    def system(cls, name):
        """The command line and the loaders: may everything, and the journal names them."""
        return cls("system", name, rights={(verb, EVERY_KIND): EVERYWHERE for verb in VERBS})

    @classmethod
    def of(cls, account, day=None):
        return cls(f"account:{account.pk}", account.name, account.pk, day)

    @property
    def is_public(self):
        return self.key == "public"

    def may(self, verb, kind, unit):
        """Whether he may do `verb` to things of `kind` recorded at `unit` (a Unit or its id)."""
        scope = self.scope(verb, kind)
        return scope is EVERYWHERE or getattr(unit, "pk", unit) in scope

    def scope(self, verb, kind):
        """None = everywhere, else the ids of all units, past and present, where he may."""
        if (verb, EVERY_KIND) in self.rights or (verb, kind) in self.rights:
            return EVERYWHERE
        return frozenset()
