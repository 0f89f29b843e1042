"""The shape of the code in numbers, beside what they were when they were first counted.

`make shape` prints the table.
"""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "danchu"
EXAMPLE = ROOT / "docs" / "develop" / "example" / "edits.toml"
BIN = Path(sys.executable).parent
LINES_OF_A_MODULE = 300
LINES_OF_A_FUNCTION = 60
# The commit at which the first column was counted; bodies of commits are counted from the next.
FIRST_COUNTED = "0e7e66f"
BEFORE = {
    "files outside its room that a new subject edits": "62",
    "lists of the desk written by hand": "17",
    "lists that lack place, words or a file without a reason": "13",
    "files the formatter would change": "525",
    "lines over the width": "3.414",
    "places the formatter leaves alone": "434",
    "modules over 300 lines": "10",
    "functions over 60 lines": "5",
    "template lines over 500 characters": "159",
    "longest template line": "2.032",
    "assignments that pack several values": "587",
    "nested conditional expressions": "23",
    "values named by a pronoun or a participle": "1.376",
    "acts and querysets without all their types": "226 of 226",
    "public functions with a docstring": "78 %",
    "functions with a return annotation": "1 %",
    "commits with a body that says why": "0 of 349",
    "words of CONTRIBUTING in one language": "355, half in each",
}


def modules():
    """{path: syntax tree} of every module written by hand."""
    paths = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def functions(trees):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, kinds)]


def packed(trees):
    """Assignments of several values to several names that do not come from one call."""
    return sum(
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Tuple)
        and any(isinstance(target, ast.Tuple) for target in node.targets)
        for tree in trees.values()
        for node in ast.walk(tree)
    )


def nested_conditionals(trees):
    return sum(
        isinstance(node, ast.IfExp)
        and any(isinstance(part, ast.IfExp) for part in (node.test, node.body, node.orelse))
        for tree in trees.values()
        for node in ast.walk(tree)
    )


# What a value is, not what was done to it: `petition`, `rows`, never `found`.
UNCLEAR_NAMES = {
    *("found", "told", "made", "it", "asked", "said", "given", "kept", "held", "gone"),
    *("taken", "wanted", "known", "shown", "called", "got", "meant"),
}


def unclear_names(tree):
    """[(line, name)] of the values and parameters whose name does not say what they hold. Fields of
    models are not read: they are the names of columns.
    """
    columns = {id(target) for target in _columns(tree)}
    return [
        (node.lineno, name)
        for node in ast.walk(tree)
        if id(node) not in columns and (name := _named(node)) in UNCLEAR_NAMES
    ]


def _columns(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("models."):
            yield from node.targets


def _named(node):
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    return node.arg if isinstance(node, ast.arg) else None


def writes_or_reads(path):
    """Whether a module keeps acts or querysets."""
    return bool({"actions", "querysets"} & {*path.parts, path.stem})


def public_functions(tree):
    """The public functions of a module and the public methods of its classes."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        for function in inside:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                yield function


def is_annotated(function):
    """Whether all parameters and what is returned have a type."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [one for one in (arguments.vararg, arguments.kwarg) if one]
    typed = all(one.annotation or one.arg in ("self", "cls") for one in every)
    return typed and function.returns is not None


def acts_and_querysets(trees):
    """(how many public functions of acts and querysets lack a type, how many there are)"""
    every = [
        is_annotated(function)
        for path, tree in trees.items()
        if writes_or_reads(path)
        for function in public_functions(tree)
    ]
    return every.count(False), len(every)


def share(part, whole):
    return f"{round(100 * part / whole)} %" if whole else "–"


def unformatted():
    done = subprocess.run(
        [BIN / "ruff", "format", "--check", "."], cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.count("Would reformat")


def too_wide():
    done = subprocess.run(
        [BIN / "ruff", "check", ".", "--select", "E501", "--output-format", "concise"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.stdout.count("E501")


def template_lines():
    return [
        len(line)
        for path in PACKAGE.rglob("templates/**/*.html")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def bodies():
    """How many commits since the first count say why in their body."""
    commits = subprocess.run(
        ["git", "log", "--no-merges", "--format=%b%x00", f"{FIRST_COUNTED}..HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout.split("\0")[:-1]
    return f"{sum(bool(body.strip()) for body in commits)} of {len(commits)}"


def lists():
    """(lists with views of their own at the desk, lists that lack something without a reason)"""
    import os  # late: before Django

    import django  # late: settings first

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@nowhere/shape")
    django.setup()
    from danchu.subjects.listing import EXPECTED_FILTERS, FEWEST_SORTS  # late: settings first
    from danchu.subjects.room import public_sections, sections

    lacking = 0
    for section in (*sections(), *public_sections()):
        listing = section.listing
        missing = [name for name in EXPECTED_FILTERS if name not in listing.filters]
        if len(listing.sorts) < FEWEST_SORTS:
            missing.append("sorts")
        lacking += any(not listing.lacks.get(name) for name in missing)
    views = (PACKAGE / "desk" / "views").glob("*.py")
    by_hand = sum("page_by_key(" in path.read_text(encoding="utf-8") for path in views)
    return by_hand, lacking


def outside_files():
    if not EXAMPLE.exists():
        return "–"
    edits = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["edits"]
    return len({edit["file"] for edit in edits})


def now():
    """{what is counted: its number now}"""
    trees = modules()
    every = functions(trees)
    public = [node for node in every if not node.name.startswith("_")]
    lengths = template_lines()
    by_hand, lacking = lists()
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in trees]
    numbers = (
        outside_files(),
        by_hand,
        lacking,
        unformatted(),
        too_wide(),
        sum(len(re.findall(r"#\s*fmt:\s*(?:skip|off)", text)) for text in sources),
        sum(text.count("\n") > LINES_OF_A_MODULE for text in sources),
        sum(node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION for node in every),
        sum(length > 500 for length in lengths),
        max(lengths),
        packed(trees),
        nested_conditionals(trees),
        sum(len(unclear_names(tree)) for tree in trees.values()),
        "{} of {}".format(*acts_and_querysets(trees)),
        share(sum(bool(ast.get_docstring(node)) for node in public), len(public)),
        share(sum(node.returns is not None for node in every), len(every)),
        bodies(),
        f"{len(contributing.split())}, English",
    )
    return dict(zip(BEFORE, numbers, strict=True))


if __name__ == "__main__":
    for what, number in now().items():
        print(f"{what:58} {BEFORE[what]:>18} {number!s:>18}")
