"""The mutants of a module, and how one is put in the place of the original."""

import ast
import hashlib
import inspect
import sys
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import CodeType

# Operators that take the place of one another.
PAIRS = (
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.Is, ast.IsNot),
    (ast.In, ast.NotIn),
    (ast.And, ast.Or),
    (ast.Add, ast.Sub),
    (ast.Mult, ast.FloorDiv),
    (ast.BitOr, ast.BitAnd),
)
OPERATORS = dict(PAIRS) | {right: left for left, right in PAIRS}
OPERATORS |= dict.fromkeys((ast.Div, ast.Mod, ast.Pow), ast.Mult)
REMOVED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break)


@dataclass(frozen=True)
class Mutant:
    """Change number `number` of a function. `key` stays the same as long as the function does."""

    module: str
    function: str
    number: int
    line: int
    change: str
    key: str


def mutants_of(module: str) -> list[Mutant]:
    """All mutants of the functions, and of the integers assigned at the top of the module."""
    source = _source(module)
    mutants = []
    for name, node in _targets(ast.parse(source)):
        text = ast.get_source_segment(source, node)
        for number, (line, change) in enumerate(_changes(node)):
            key = hashlib.sha256(f"{module} {name} {number} {text}".encode()).hexdigest()[:16]
            mutants.append(Mutant(module, name, number, line, change, key))
    return mutants


@cache
def _source(module: str) -> str:
    return Path(find_spec(module).origin).read_text(encoding="utf-8")


def _targets(tree: ast.Module):
    """(qualified name, node) of functions, methods and assignments of an integer."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, ast.FunctionDef) and not _is_overload(member):
                    yield f"{node.name}.{member.name}", member
        elif (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
            and type(node.value.value) is int
        ):
            yield node.targets[0].id, node


def _is_overload(function: ast.FunctionDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "overload" for d in function.decorator_list)


def _changes(top, chosen=None):
    """(line, description) of every change of a node, in order; number `chosen` is applied."""
    count = 0
    for node in list(_walk(top)):
        for text, apply in _changes_of(node):
            if count == chosen:
                apply()
                return
            count += 1
            yield node.lineno, text


def _walk(top):
    """The nodes of a body in order, without annotations, defaults and docstrings."""
    pending = list(reversed(top.body)) if isinstance(top, ast.FunctionDef) else [top]
    while pending:
        node = pending.pop()
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring or isinstance(node, ast.arguments):
            continue
        if hasattr(node, "lineno"):
            yield node
        annotation = getattr(node, "annotation", None)
        children = [child for child in ast.iter_child_nodes(node) if child is not annotation]
        pending.extend(reversed(children))


def _changes_of(node):
    """(description, function that applies it) of each change of one node."""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            yield _swap(operator, partial(node.ops.__setitem__, at))
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign) and type(node.op) in OPERATORS:
        is_sentence = isinstance(node.op, ast.Mod) and not isinstance(node.left, ast.BinOp)
        if not is_sentence:
            yield _swap(node.op, partial(setattr, node, "op"))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        twice = ast.UnaryOp(ast.Not(), node.operand)
        yield "not is removed", partial(setattr, node, "operand", twice)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "the sign is removed", partial(setattr, node, "op", ast.UAdd())
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        for value in (node.value + 1, node.value - 1):
            yield f"{node.value} becomes {value}", partial(setattr, node, "value", value)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value} is inverted", partial(setattr, node, "value", not node.value)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        inverted = ast.UnaryOp(ast.Not(), node.test)
        yield "the condition is inverted", partial(setattr, node, "test", inverted)
    elif isinstance(node, ast.Return) and not _is_none(node.value):
        yield "None is returned", partial(setattr, node, "value", ast.Constant(None))
    if isinstance(node, REMOVED):
        yield "the statement is removed", partial(_remove, node)


def _swap(operator, put):
    twin = OPERATORS[type(operator)]
    return f"{type(operator).__name__} becomes {twin.__name__}", partial(put, twin())


def _is_none(node) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def _remove(node) -> None:
    node.__class__ = ast.Pass


def apply(mutant: Mutant) -> None:
    """Change the running program: the code of the function, or the integer wherever it is used."""
    module = import_module(mutant.module)
    tree = ast.parse(_source(mutant.module))
    node = dict(_targets(tree))[mutant.function]
    list(_changes(node, mutant.number))
    if isinstance(node, ast.Assign):
        _replace_number(mutant.function, getattr(module, mutant.function), node.value.value)
        return
    code = compile(ast.fix_missing_locations(tree), module.__file__, "exec")
    changed = [part for part in _codes(code) if part.co_qualname == mutant.function]
    function_of(mutant.module, mutant.function).__code__ = changed[-1]


def _replace_number(name: str, before: int, after: int) -> None:
    for module in list(sys.modules.values()):
        if module.__name__.startswith(("danchu.", "tests.")) and vars(module).get(name) == before:
            setattr(module, name, after)


def _codes(code: CodeType):
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def function_of(module: str, name: str):
    """The function itself, inside its property, its cache or its context manager; None for an
    integer.
    """
    value = import_module(module)
    for part in name.split("."):
        value = vars(value)[part]
    value = getattr(value, "fget", None) or getattr(value, "__func__", None) or value
    if hasattr(value, "cache_clear"):
        value.cache_clear()
    return None if isinstance(value, int) else inspect.unwrap(value)
