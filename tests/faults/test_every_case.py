"""Each reported fault is held by a test."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from tests.faults.cases import CASES, OPEN

TESTS = Path(__file__).parents[1]


def _cases_of(node: ast.FunctionDef) -> list[str]:
    """The numbers of the ``case`` marks of one test function."""
    return [
        argument.value
        for mark in node.decorator_list
        if isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Attribute)
        and mark.func.attr == "case"
        for argument in mark.args
        if isinstance(argument, ast.Constant)
    ]


def numbers_held() -> dict[str, list[str]]:
    """The tests that hold each case: {"FA12": ["imports/test_cells.py::test_..."]}."""
    tests = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        text = path.read_text()
        if "mark.case(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                for case in _cases_of(node):
                    tests[case].append(f"{path.relative_to(TESTS)}::{node.name}")
    return dict(tests)


def test_each_reported_fault_is_held_by_a_test():
    assert set(numbers_held()) == set(CASES) - OPEN


def test_the_open_cases_are_cases():
    assert set(CASES) >= OPEN
