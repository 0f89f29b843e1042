"""Rooms import downwards only; the database says what the models say."""

import ast
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.sources import ROOT, functions, modules
from tests.each import for_each

# Why an import may stand inside a function: `# late: REASON`, on its line or on the first of a
# run of imports. A circle of modules is none.
REASONS = {
    "models": "the models exist only once all applications are loaded",
    "before Django": "the process does something before Django is set up, or without it",
    "limits": "a process of its own limits its memory and time before it reads the file",
    "slow": "the import takes long and is needed seldom",
    "seldom": "needed only in one kind of installation, which may lack what it imports",
    "optional": "works without the package",
}


def test_rooms_import_downwards_only():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(program)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models():
    output = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output)
    except SystemExit:
        pytest.fail(output.getvalue())


def late_imports(tree):
    """[line numbers of a run of imports] for every run inside a function."""
    for function in functions(tree):
        for node in ast.walk(function):
            for block in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
                run = []
                for statement in block if isinstance(block, list) else []:
                    if isinstance(statement, ast.Import | ast.ImportFrom):
                        run.append(statement.lineno)
                    elif run:
                        yield run
                        run = []
                if run:
                    yield run


def reason_of(lines, run):
    """What stands behind `# late:` on the first line of a run; "" where nothing does."""
    match = re.search(r"#.*\blate: ([A-Za-z ]+)$", lines[run[0] - 1].rstrip())
    return match.group(1) if match else ""


@for_each(modules)
def test_an_import_inside_a_function_has_a_reason_from_the_list(name):
    lines = (ROOT / "danchu" / name).read_text(encoding="utf-8").splitlines()
    without = [
        f"{name}:{run[0]}"
        for run in late_imports(modules()[name])
        if reason_of(lines, run) not in REASONS
    ]
    assert without == [], "the first import of each run says `# late:` and a reason of REASONS"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def f():\n    import a  # late: slow\n    import b\n", "slow"),
        ("def f():\n    import a  # noqa: PLC0415  late: seldom\n", "seldom"),
        ("def f():\n    import a  # a circle\n", ""),
        ("def f():\n    if 1:\n        pass\n    else:\n        import a\n", ""),
    ],
)
def test_the_reason_of_a_late_import_is_read(code, reason):
    [run] = late_imports(ast.parse(code))
    assert reason_of(code.splitlines(), run) == reason


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
