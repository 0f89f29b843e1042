"""Immutability rules, declared among the constraints of a model and enforced by triggers.

`Kept` is for a record, `PartKept` for the rows that belong to one. Both are constraints to Django,
so `makemigrations` writes their changes and `--check` notices a missing migration. Conditions are
SQL about the row before the change (`OLD`). See docs/decisions/0013-what-must-stay.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import BaseConstraint

ONCE = "TRUE"  # as `ended`: the row never changes after it was inserted
RETURN = "RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;"


class _Trigger(BaseConstraint):
    """A constraint that is enforced by a trigger and a function of the same name."""

    # Parameters of `__init__` beside the name; each is an attribute of the same name.
    declared: tuple[str, ...] = ()

    def validate(
        self, model: Any, instance: Any, exclude: Any = None, using: str = "default"
    ) -> None:
        """No check in Python: acts refuse with messages of their own."""

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:
        """Deferred until the table exists: a trigger cannot be part of CREATE TABLE."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        raise NotImplementedError

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return f"DROP TRIGGER {self.name} ON {model._meta.db_table}; DROP FUNCTION {self.name}();"

    def deconstruct(self) -> Any:
        path, _, kwargs = super().deconstruct()
        values = {name: getattr(self, name) for name in self.declared}
        return path, (), kwargs | {name: value for name, value in values.items() if value}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class Kept(_Trigger):
    """A record that is never deleted. The optional checks run in this order:

    says: two sentences of the refusal, English (the message) and Vietnamese (its DETAIL).
    draft: while this condition holds, the row may be changed and deleted freely.
    ended: once this condition holds no field may change, or none of `ended_fixed`.
    changes: the only fields that may change. fixed: fields that never change.
    moves: {state: (states that may follow)}; states that are not keys are final.
    with_state: fields that may change only together with the state.
    sticks: {field: value}; a field that has this value never changes again.
    code: condition name of the SQLSTATE of the refusal, by default that of RAISE.
    always: the triggers also fire on replicas, and TRUNCATE is refused by `<name>_emptied`.
    """

    declared = (
        "says",
        "draft",
        "ended",
        "ended_fixed",
        "changes",
        "fixed",
        "moves",
        "with_state",
        "sticks",
        "code",
        "always",
    )

    def __init__(
        self,
        *,
        name: str,
        says: tuple[str, str],
        draft: str = "",
        ended: str = "",
        ended_fixed: Sequence[str] = (),
        changes: Sequence[str] = (),
        fixed: Sequence[str] = (),
        moves: Mapping[str, Sequence[str]] | None = None,
        with_state: Sequence[str] = (),
        sticks: Mapping[str, str] | None = None,
        code: str = "raise_exception",
        always: bool = False,
    ) -> None:
        super().__init__(name=name)
        self.says = tuple(says)
        self.draft = draft
        self.ended = ended
        self.ended_fixed = tuple(ended_fixed)
        self.changes = tuple(changes)
        self.fixed = tuple(fixed)
        self.moves = moves or {}
        self.with_state = tuple(with_state)
        self.sticks = sticks or {}
        self.code = code
        self.always = always

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = model._meta.db_table
        refused = " OR ".join(
            ["TG_OP = 'DELETE'", *(f"({one})" for one in self._refusal_conditions(model))]
        )
        emptied = ""
        free = ""
        if self.always:
            refusal = _refusal(self, "''")
            emptied = f"IF TG_OP = 'TRUNCATE' THEN {refusal} END IF;"
        if self.draft:
            free = f"IF {self.draft} THEN {RETURN} END IF;"
        return f"""
CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {emptied}{free}
    IF {refused} THEN
        {_refusal(self, f"OLD.{model._meta.pk.column}")}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {self.name} BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {self.name}();
{self._always(table)}"""

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = model._meta.db_table
        emptied = f"DROP TRIGGER {self.name}_emptied ON {table}; " if self.always else ""
        return emptied + super().remove_sql(model, schema_editor)

    def _refusal_conditions(self, model: Any) -> Iterator[str]:
        """The SQL conditions, each of which is a reason to refuse a change."""
        if self.ended:
            ended = f" AND {_differ(model, self.ended_fixed)}" if self.ended_fixed else ""
            yield f"{self.ended}{ended}"
        if self.changes:
            others = "".join(f" - {_quote(_column(model, name))}" for name in self.changes)
            yield f"to_jsonb(NEW){others} <> to_jsonb(OLD){others}"
        if self.fixed:
            yield _differ(model, self.fixed)
        if self.moves:
            pairs = [(state, after) for state, states in self.moves.items() for after in states]
            allowed = ", ".join(f"({_quote(state)}, {_quote(after)})" for state, after in pairs)
            yield f"NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({allowed})"
        if self.with_state:
            yield f"NEW.state = OLD.state AND {_differ(model, self.with_state)}"
        for name, value in self.sticks.items():
            column = _column(model, name)
            yield f"OLD.{column} = {_quote(value)} AND NEW.{column} IS DISTINCT FROM OLD.{column}"

    def _always(self, table: str) -> str:
        if not self.always:
            return ""
        return f"""CREATE TRIGGER {self.name}_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {self.name}();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {self.name};
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {self.name}_emptied;"""


class PartKept(_Trigger):
    """Rows that belong to a record: none is inserted, changed or deleted once the record is no
    longer a draft, and none moves to another record.

    wholes: the foreign keys to records, of which any may be NULL. draft: the state in which the
    parts of a record may change. added: rows may be inserted in any state. once: a row never
    changes.
    """

    declared = ("says", "wholes", "draft", "added", "once")

    def __init__(
        self,
        *,
        name: str,
        says: tuple[str, str],
        wholes: Sequence[str],
        draft: str,
        added: bool = False,
        once: bool = False,
    ) -> None:
        super().__init__(name=name)
        self.says = tuple(says)
        self.wholes = tuple(wholes)
        self.draft = draft
        self.added = added
        self.once = once

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        wholes = [model._meta.get_field(name) for name in self.wholes]
        confirmed = " OR ".join(
            f"EXISTS (SELECT FROM {field.related_model._meta.db_table} AS whole "
            f"WHERE whole.id = part.{field.column} AND whole.state <> {_quote(self.draft)})"
            for field in wholes
        )
        events = "" if self.added else "INSERT OR "
        changed = "TRUE" if self.once else _differ(model, self.wholes)
        return f"""
CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE part record;
BEGIN
    IF TG_OP = 'INSERT' THEN part := NEW; ELSE part := OLD; END IF;
    IF {confirmed} THEN
        {_refusal(self, "part.id")}
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF {changed} THEN
            {_refusal(self, "part.id")}
        END IF;
    END IF;
    {RETURN}
END $$;
CREATE TRIGGER {self.name} BEFORE {events}UPDATE OR DELETE
    ON {model._meta.db_table} FOR EACH ROW EXECUTE FUNCTION {self.name}();
"""


def among(column: str, values: Sequence[str]) -> str:
    """SQL condition: the column of the row before the change had one of these values."""
    return f"OLD.{column} IN ({', '.join(_quote(str(value)) for value in values)})"


def _refusal(rule: Any, row: str) -> str:
    """The RAISE statement; `row` is an SQL expression for the primary key."""
    english, vietnamese = rule.says
    code = getattr(rule, "code", "raise_exception")
    return (
        f"RAISE EXCEPTION '%: % on row % of %: %', {_quote(rule.name)}, TG_OP, {row}, "
        f"TG_TABLE_NAME, {_quote(english)} "
        f"USING DETAIL = {_quote(vietnamese)}, ERRCODE = {_quote(code)};"
    )


def _differ(model: Any, names: Sequence[str]) -> str:
    columns = [_column(model, name) for name in names]
    new = ", ".join(f"NEW.{column}" for column in columns)
    old = ", ".join(f"OLD.{column}" for column in columns)
    return f"ROW({new}) IS DISTINCT FROM ROW({old})"


def _column(model: Any, name: str) -> str:
    return model._meta.get_field(name).column


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
