"""`python -m danchu.live.view_model.javascript` translates the modules of the view model to
static/live/view_model.js. Needed by developers only: the script is part of the repository.

The subset of Python that it translates; anything else raises Untranslatable with the line:

- functions with positional parameters, module constants, assignment to one name, `+=`, `for`, `if`,
  `return`, `list.append`;
- values of JSON, f-strings of text and whole numbers, `dict` and `list` displays with `**` and `*`,
  comprehensions with one `for`, `lambda`, slices without negative bounds, and `[::-1]`;
- `len sum max int str sorted(key=) enumerate`, `.get() .items() .startswith .replace
  .join`, and the functions of these modules;
- conditions that are a bool already (`is None`, `==`, `len(...) > 0`, a name that begins with `is_`
  or the like), because an empty list is true in JavaScript; `in` asks a list or a tuple, `==`
  compares plain values.
"""

import ast
from collections import Counter
from pathlib import Path

from danchu.live.view_model.expressions import (
    Untranslatable,
    bare,
    condition,
    name_of,
    refused,
    target_of,
    value_of,
)

HERE = Path(__file__).parent
MODULES = (
    "values",
    "formats",
    "programme",
    "needs",
    "polls",
    "questions",
    "floor",
    "announcements",
    "hall",
)
SCRIPT = HERE.parent / "static" / "live" / "view_model.js"
EXPORTED = ("hall_view", "number_text", "hour_text", "clock")
# What Python has and JavaScript lacks: sorting by a tuple, numbered pairs, a default for a key.
RUNTIME = """\
const get = (row, key, other) => (row[key] === undefined ? other : row[key]);
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const enumerate = (rows, start = 0) => rows.map((row, place) => [place + start, row]);
const compare = (a, b) => {
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
  return 0;
};
const sorted = (rows, key) => [...rows].sort((a, b) => compare([key(a)].flat(), [key(b)].flat()));
"""


def script() -> str:
    """The text of view_model.js."""
    lines = []
    for name in MODULES:
        lines += _module(ast.parse((HERE / f"{name}.py").read_text()), name)
    names = [line.split()[1].partition("(")[0] for line in lines if line[:1] not in " }"]
    if len(names) != len(set(names)):
        raise Untranslatable("two modules define the same name")
    return (
        "// Generated from danchu/live/view_model/ by `make hall-script`. Do not edit.\n"
        '(() => {\n"use strict";\n'
        + RUNTIME
        + "\n".join(lines)
        + f"\nglobalThis.HallView = {{ {', '.join(EXPORTED)} }};\n}})();\n"
    )


def _module(tree: ast.Module, name: str) -> list[str]:
    lines = []
    for node in tree.body:
        match node:
            case ast.ImportFrom() | ast.Expr(value=ast.Constant()):
                continue
            case ast.Assign(targets=[ast.Name(id=constant)], value=value):
                lines.append(f"const {constant} = {value_of(value)};")
            case ast.FunctionDef():
                lines += _function(node)
            case _:
                raise refused(node, name)
    return lines


def _function(node: ast.FunctionDef) -> list[str]:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    parameters = [name_of(one.arg) for one in node.args.args]
    assigned = Counter(
        target.id
        for statement in body
        for one in ast.walk(statement)
        if isinstance(one, ast.Assign | ast.AugAssign)
        for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
        if isinstance(target, ast.Name)
    )
    head = f"function {node.name}({', '.join(parameters)}) {{"
    return [head, *_block(body, 1, {*parameters}, assigned), "}"]


def _block(
    statements: list[ast.stmt], depth: int, declared: set[str], assigned: Counter[str]
) -> list[str]:
    """The lines of statements. A name is declared where it is first assigned, so that it is known
    in that block and the blocks inside it; Python's wider scope is not used.
    """
    indent = "  " * depth
    declared = {*declared}
    lines = []
    for node in statements:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                word = "let " if assigned[name] > 1 else "const "
                lines.append(
                    f"{indent}{'' if name in declared else word}{name_of(name)} = {bare(value)};"
                )
                declared.add(name)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                lines.append(f"{indent}{name} += {value_of(value)};")
            case ast.Return(value=ast.expr() as value):
                lines.append(f"{indent}return {bare(value)};")
            case ast.Expr(value=ast.Call() as call):
                lines.append(f"{indent}{value_of(call)};")
            case ast.If(test=test, body=body, orelse=orelse):
                lines += [
                    f"{indent}if ({condition(test)}) {{",
                    *_block(body, depth + 1, declared, assigned),
                ]
                if orelse:
                    lines += [f"{indent}}} else {{", *_block(orelse, depth + 1, declared, assigned)]
                lines.append(f"{indent}}}")
            case ast.For(target=target, iter=rows, body=body, orelse=[]):
                lines.append(f"{indent}for (const {target_of(target)} of {value_of(rows)}) {{")
                lines += [*_block(body, depth + 1, declared, assigned), f"{indent}}}"]
            case _:
                raise refused(node)
    return lines


if __name__ == "__main__":
    SCRIPT.write_text(script())
