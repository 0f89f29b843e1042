"""Rooms import downwards only; the database says what the models say."""

import ast
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.sources import ROOT, functions, modules

# A reason stands beside every import inside a function; "circular" is none.
NO_REASON = ("circular", "vòng")


def test_rooms_import_downwards_only():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(program)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models():
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue())


@pytest.mark.parametrize("name", modules())
def test_an_import_inside_a_function_has_a_reason_other_than_a_circle(name):
    lines = (ROOT / "danchu" / name).read_text(encoding="utf-8").splitlines()
    for function in functions(modules()[name]):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert not any(word in lines[node.lineno - 1].lower() for word in NO_REASON), (
                    f"{name}:{node.lineno}"
                )


def test_no_import_is_tried_and_forgiven():
    """A part of the product that is not there is a fault, not a case."""
    forgiven = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
        and any(
            isinstance(inner, ast.Import | ast.ImportFrom) and "danchu" in ast.unparse(inner)
            for inner in node.body
        )
        and any(
            h.type is None
            or "ImportError" in ast.unparse(h.type)
            or "ModuleNotFound" in ast.unparse(h.type)
            for h in node.handlers
        )
    ]
    assert forgiven == []
