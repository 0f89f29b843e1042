"""Whatever `make test` tries in shares, it comes to all of it."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import sizes

FIRST = date(2026, 1, 1)
TESTS = Path(__file__).resolve().parents[1]


def tried(share, days, step, monkeypatch):
    """The values of ten that every `step`-th of so many days tries."""
    monkeypatch.setattr(sizes, "IS_LONG", False)
    values = set()
    for number in range(0, days, step):
        monkeypatch.setattr(sizes, "DAY", (FIRST + timedelta(number)).isoformat())
        values |= set(sizes.part(range(10), share, "ten"))
    return values


@pytest.mark.parametrize("share", [1, 2, 3, 4, 7, 10, 20])
def test_in_twice_as_many_days_as_shares_every_value_is_tried(share, monkeypatch):
    assert tried(share, 2 * share, 1, monkeypatch) == set(range(10))


@pytest.mark.parametrize("share", [2, 3, 4, 6, 10])
@pytest.mark.parametrize("step", [2, 3, 4])
def test_a_test_of_every_second_third_or_fourth_day_comes_to_all_too(share, step, monkeypatch):
    assert tried(share, 400, step, monkeypatch) == set(range(10))


def test_one_day_tries_one_share(monkeypatch):
    assert len(tried(5, 1, 1, monkeypatch)) == 2


def names_in(node):
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def asks_for_a_share(node):
    return any(
        isinstance(one, ast.Call) and getattr(one.func, "id", "") in {"size", "part"}
        for one in ast.walk(node)
    )


def test_what_tries_a_share_is_run_by_make_test_long_with_all():
    """A test that asks for a `size` or a `part`, or reads a value of its file that did, is
    marked.
    """
    unmarked = []
    for path in TESTS.rglob("test_*.py"):
        text, shares = path.read_text(), set()
        if "from tests.sizes import" not in text:
            continue
        for node in ast.parse(text).body:
            if isinstance(node, ast.Assign) and asks_for_a_share(node.value):
                shares |= {one.id for one in node.targets if isinstance(one, ast.Name)}
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = {name for one in node.decorator_list for name in names_in(one)}
                is_share = asks_for_a_share(node) or shares & names_in(node)
                if is_share and not {"long", "turn", "one_in"} & marks:
                    unmarked.append(f"{path.name}::{node.name}")
    assert unmarked == []
