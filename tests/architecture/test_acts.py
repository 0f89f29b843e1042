"""Every act has an actor, a permission, a transaction and a journal entry: read from the code
itself.
"""

import ast
from pathlib import Path

import pytest

from tests.each import for_each

ROOT = Path(__file__).resolve().parents[2] / "danchu"
# The journal's own writer is what acts record with; it is no act.
NOT_ACTS = {"journal/actions.py:record"}


def acts():
    """(where, function) of every public function in an actions module, and of every loader."""
    files = sorted(
        [*ROOT.glob("*/actions.py"), *ROOT.glob("*/actions/*.py"), *ROOT.glob("people/loading.py")]
    )
    for path in files:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'name', '')}"
            if (
                not isinstance(node, ast.FunctionDef)
                or node.name.startswith("_")
                or where in NOT_ACTS
            ):
                continue
            if path.name != "loading.py" or "by" in [arg.arg for arg in node.args.kwonlyargs]:
                yield pytest.param(node, id=where)


@for_each(acts)
def test_an_act_has_an_actor_a_permission_a_transaction_and_a_journal_entry(act):
    text = ast.unparse(act)
    assert "by" in [arg.arg for arg in act.args.kwonlyargs]
    assert "transaction.atomic" in [ast.unparse(decorator) for decorator in act.decorator_list]
    assert "require(" in text
    assert "record(" in text


@for_each(acts)
def test_an_act_asks_for_permission_before_it_writes(act):
    text = ast.unparse(act)
    writes = [
        text.find(word)
        for word in (".save(", ".create(", ".update(", ".delete(", "bulk_create(")
        if word in text
    ]
    assert all(text.find("require(") < place for place in writes)
