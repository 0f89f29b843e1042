"""A list is narrowed by right in one way."""

import ast

from tests.architecture.sources import modules

# What asks a scope whether it is everywhere, and why it cannot ask ScopedQuerySet.
ASKING = {
    "people/actor.py": "what a scope is",
    "subjects/scoped.py": "narrows rows by one",
    "disclosure/reminding.py": "who may write everywhere has work of their own nowhere",
    "register/querysets.py": "events are of many kinds, each with a scope of its own",
}


def _asks_a_scope(tree):
    """Whether it compares something called `scope` with everywhere."""
    return any(
        isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Name)
        and node.left.id == "scope"
        and ast.unparse(node.comparators[0]) in ("None", "EVERYWHERE")
        for node in ast.walk(tree)
    )


def test_only_what_narrows_rows_asks_whether_a_scope_is_everywhere():
    asking = {name for name, tree in modules().items() if _asks_a_scope(tree)}
    assert asking == set(ASKING)
