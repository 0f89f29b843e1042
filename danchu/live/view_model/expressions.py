"""Expressions of the subset of Python that javascript.py translates."""

import ast
import builtins
import json
import keyword
import re

RESERVED = frozenset(
    ("case", "const", "default", "delete", "do", "enum", "eval", "export", "extends", "function")
    + ("let", "new", "null", "super", "switch", "this", "throw", "typeof", "var", "void")
)
COMPARISONS = {
    ast.Eq: "===",
    ast.NotEq: "!==",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Mod: "%"}
FUNCTIONS = {"sum": "sum", "max": "Math.max", "int": "Math.trunc", "enumerate": "enumerate"}
METHODS = {"startswith": "startsWith", "append": "push"}
BRACKETED = ast.BoolOp | ast.BinOp | ast.Compare | ast.IfExp | ast.Dict | ast.Call
# An empty list is true in JavaScript, so a value alone is a condition only if its name says yes or
# no.
YES_OR_NO = re.compile("(is|has|can|may|by)_")


class Untranslatable(Exception):
    """The modules use Python outside the subset: what, and in which line."""


def value_of(node: ast.expr) -> str:
    """An expression, in brackets where an operator around it could tear it apart."""
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str() as constant):
            return json.dumps(constant, ensure_ascii=False)
        case ast.Name(id=name):
            return name_of(name)
        case ast.JoinedStr(values=pieces):
            return "`" + "".join(_piece(piece) for piece in pieces) + "`"
        case ast.List(elts=rows) | ast.Tuple(elts=rows):
            return f"[{', '.join(bare(row) for row in rows)}]"
        case ast.Starred(value=value):
            return f"...{value_of(value)}"
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return f"({{ {', '.join(_pair(key, value) for key, value in pairs)} }})"
        case ast.Subscript(value=value, slice=key):
            return _part(value, key)
        case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
            return f"Math.floor({value_of(left)} / {value_of(right)})"
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return f"({value_of(left)} {ARITHMETIC[type(op)]} {value_of(right)})"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"-{value_of(operand)}"
        case ast.BoolOp() | ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return _bool(node)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return f"({condition(test)} ? {bare(body)} : {bare(orelse)})"
        case ast.Lambda(args=arguments, body=body):
            return f"({', '.join(name_of(one.arg) for one in arguments.args)}) => {value_of(body)}"
        case ast.ListComp(elt=value, generators=[generator]):
            target = target_of(generator.target)
            if generator.ifs and value_of(value) == target:
                return _filtered(generator)
            return f"{_filtered(generator)}.map(({target}) => {value_of(value)})"
        case ast.DictComp(key=key, value=value, generators=[generator]):
            pair = f"[{bare(key)}, {bare(value)}]"
            pairs_text = f"{_filtered(generator)}.map(({target_of(generator.target)}) => {pair})"
            return f"Object.fromEntries({pairs_text})"
        case ast.Call():
            return _call(node)
    raise refused(node)


def condition(node: ast.expr) -> str:
    """What `if` asks: true or false in both languages alike; without outer brackets."""
    text = _bool(node)
    return text[1:-1] if isinstance(node, BRACKETED) and text.startswith("(") else text


def _bool(node: ast.expr) -> str:
    match node:
        case ast.BoolOp(op=op, values=values):
            mark = " && " if isinstance(op, ast.And) else " || "
            return f"({mark.join(_operand(value) for value in values)})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"!{_bool(operand)}"
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return f"({_compared(left)} == null)"
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return f"({_compared(left)} != null)"
        case ast.Compare(left=left, ops=[ast.In()], comparators=[rows]):
            return f"{value_of(rows)}.includes({bare(left)})"
        case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[rows]):
            return f"!{value_of(rows)}.includes({bare(left)})"
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARISONS:
            return f"({_compared(left)} {COMPARISONS[type(op)]} {_compared(right)})"
        case ast.Call(func=ast.Attribute(attr="startswith")):
            return value_of(node)
        case ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str() as name)):
            if YES_OR_NO.match(name):
                return value_of(node)
    raise refused(node)


def _operand(node: ast.expr) -> str:
    """A part of `and` or `or`, to which comparisons bind closer in both languages."""
    return condition(node) if isinstance(node, ast.Compare) else _bool(node)


def _compared(node: ast.expr) -> str:
    """A part of a comparison, to which sums bind closer in both languages."""
    if isinstance(node, ast.Compare):
        raise refused(node)
    return bare(node) if isinstance(node, ast.BinOp) else value_of(node)


def _call(node: ast.Call) -> str:
    values = node.args
    match node:
        case ast.Call(func=ast.Name(id="len"), args=[rows]):
            return f"{value_of(rows)}.length"
        case ast.Call(func=ast.Name(id="str"), args=[value]):
            return f"String({bare(value)})"
        case ast.Call(func=ast.Name(id="sorted"), keywords=[ast.keyword(arg="key", value=key)]):
            return f"sorted({bare(values[0])}, {value_of(key)})"
        case ast.Call(func=ast.Name(id=name), keywords=[]) if _is_function(name):
            return f"{FUNCTIONS.get(name, name)}({', '.join(bare(value) for value in values)})"
        case ast.Call(func=ast.Attribute(value=row, attr="get"), args=[key]):
            return f"({_part(row, key)} ?? null)"
        case ast.Call(func=ast.Attribute(value=row, attr="get"), args=[key, other]):
            return f"get({bare(row)}, {bare(key)}, {bare(other)})"
        case ast.Call(func=ast.Attribute(value=row, attr="items"), args=[]):
            return f"Object.entries({bare(row)})"
        case ast.Call(func=ast.Attribute(value=text, attr="replace"), args=[old, new]):
            # String.replace would replace once, and read "$&" in what people have written.
            return f"{value_of(text)}.split({bare(old)}).join({bare(new)})"
        case ast.Call(func=ast.Attribute(value=mark, attr="join"), args=[texts]):
            return f"{value_of(texts)}.join({value_of(mark)})"
        case ast.Call(func=ast.Attribute(value=value, attr=name), args=[one]) if name in METHODS:
            return f"{value_of(value)}.{METHODS[name]}({bare(one)})"
    raise refused(node)


def _is_function(name: str) -> bool:
    """A function of the modules, or one of Python that JavaScript has too."""
    return name in FUNCTIONS or not hasattr(builtins, name)


def bare(node: ast.expr) -> str:
    """A value without the brackets that only an expression around it needs."""
    text = value_of(node)
    return text[1:-1] if isinstance(node, BRACKETED) and text.startswith("(") else text


def _filtered(generator: ast.comprehension) -> str:
    target = target_of(generator.target)
    tests = "".join(f".filter(({target}) => {condition(test)})" for test in generator.ifs)
    return value_of(generator.iter) + tests


def target_of(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name_of(name)
        case ast.Tuple(elts=names):
            return f"[{', '.join(target_of(name) for name in names)}]"
    raise refused(node)


def _piece(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str() as text):
            return text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
        case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
            return f"${{{bare(value)}}}"
    raise refused(node)


def _pair(key: ast.expr | None, value: ast.expr) -> str:
    if key is None:
        return f"...{value_of(value)}"
    if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isidentifier():
        return key.value if bare(value) == key.value else f"{key.value}: {bare(value)}"
    return f"[{bare(key)}]: {bare(value)}"


def _part(value: ast.expr, key: ast.expr) -> str:
    match key:
        case ast.Slice(lower=None, upper=None, step=ast.UnaryOp(op=ast.USub(), operand=one)):
            if not (isinstance(one, ast.Constant) and one.value == 1):
                raise refused(key)
            return f"{value_of(value)}.slice().reverse()"
        case ast.Slice(lower=lower, upper=upper, step=None):
            bounds = [value_of(lower) if lower else "0", *([value_of(upper)] if upper else [])]
            return f"{value_of(value)}.slice({', '.join(bounds)})"
        case ast.Constant(value=str() as name) if name.isidentifier():
            return f"{value_of(value)}.{name}"
        case ast.Slice() | ast.UnaryOp():
            raise refused(value)
    return f"{value_of(value)}[{bare(key)}]"


def name_of(name: str) -> str:
    if name in RESERVED or keyword.iskeyword(name):
        raise Untranslatable(f"{name} is a word of JavaScript")
    return name


def refused(node: ast.AST, module: str = "") -> Untranslatable:
    line = getattr(node, "lineno", 0)
    return Untranslatable(f"{module} line {line}: {ast.unparse(node)[:80]}")
