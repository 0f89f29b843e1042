"""Sizes and names: what keeps a module readable."""

import ast
import re
from pathlib import Path

from tests.architecture.measures import (
    is_annotated,
    public_functions,
    unclear_names,
    writes_or_reads,
)
from tests.architecture.sources import PACKAGE, functions, modules
from tests.each import for_each

LINES_OF_A_MODULE, LINES_OF_A_FUNCTION, METHODS_OF_A_CLASS = 300, 60, 20
# A published script that anyone downloads and runs by itself: it must stand alone in one file.
STANDS_ALONE = {"portal/static/portal/kiem-phieu.py"}
FORBIDDEN_PLACES = {
    "utils",
    "util",
    "common",
    "helpers",
    "helper",
    "services",
    "service",
    "lib",
    "misc",
    "core",
    "base",
}
FORBIDDEN_WORDS = re.compile(r"(^|_)(data|info|process|manager|helper|util|utils|service)$", re.I)
FORBIDDEN_CLASSES = re.compile(r"(Manager|Helper|Util|Utils|Service|Mixin|Info|Data)$")
# Django's and the log-in library's own names for what we give them.
GIVEN_NAMES = {"people/models.py", "people/accounts.py"}


@for_each(modules)
def test_a_module_is_short(name):
    lines = (PACKAGE / name).read_text(encoding="utf-8").count("\n")
    assert (lines > LINES_OF_A_MODULE) == (name in STANDS_ALONE), lines


@for_each(modules)
def test_a_function_is_short(name):
    long = {
        node.name: lines
        for node in functions(modules()[name])
        if (lines := node.end_lineno - node.lineno + 1) > LINES_OF_A_FUNCTION
    }
    assert long == {}


@for_each(modules)
def test_a_class_has_few_methods(name):
    classes = [node for node in ast.walk(modules()[name]) if isinstance(node, ast.ClassDef)]
    large = [
        node.name
        for node in classes
        if len([m for m in node.body if isinstance(m, ast.FunctionDef)]) > METHODS_OF_A_CLASS
    ]
    assert large == []


def test_no_place_is_named_for_anything_and_everything():
    assert [
        name for name in modules() if FORBIDDEN_PLACES & set(name.removesuffix(".py").split("/"))
    ] == []


@for_each(modules)
def test_names_say_what_a_thing_is(name):
    found = [node.name for node in functions(modules()[name]) if FORBIDDEN_WORDS.search(node.name)]
    if name not in GIVEN_NAMES:
        found += [
            node.name
            for node in ast.walk(modules()[name])
            if isinstance(node, ast.ClassDef) and FORBIDDEN_CLASSES.search(node.name)
        ]
    assert found == []


@for_each(modules)
def test_a_module_with_anything_in_it_says_what_it_is(name):
    tree = modules()[name]
    exempt = name.endswith(("apps.py", "__main__.py", "wsgi.py", "urls.py"))
    assert exempt or not tree.body or ast.get_docstring(tree), f"{name} has no docstring"


@for_each(modules)
def test_a_value_is_named_by_a_noun(name):
    assert unclear_names(modules()[name]) == [], "name it by a noun: docs/develop/words.md"


@for_each(lambda: [name for name in modules() if writes_or_reads(Path(name))])
def test_acts_and_querysets_have_types(name):
    untyped = [node.name for node in public_functions(modules()[name]) if not is_annotated(node)]
    assert untyped == [], "write the types of their parameters and of what they return"
