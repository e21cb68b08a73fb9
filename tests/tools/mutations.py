"""The mutations of a module: every place where one operator, bound, condition or statement can be changed.

Texts, annotations and decorators stay as they are: a mutant of them is no fault of logic.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
LEFT_ALONE = {"annotation", "returns", "decorator_list", "type_comment"}
TYPES = {"isinstance", "issubclass", "TypeVar", "cast", "NewType", "Generic"}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: where it is, what it changes into what, and the act that makes it in the tree it was found in."""

    line: int
    last_line: int
    function: str
    """The qualified name of the function that it is in; empty where it is run when the module is imported."""
    change: str
    apply: Callable[[], None]


def mutations(tree: ast.Module) -> list[Mutation]:
    """Every mutation of the module, in order; the same order for the same source."""
    return list(_below(tree, "", False))


def _below(node: ast.AST, function: str, in_function: bool) -> Iterator[Mutation]:
    for name, value in ast.iter_fields(node):
        if name in LEFT_ALONE or (name == "keywords" and _is_zip(node)):
            continue
        if isinstance(value, ast.AST):
            yield from _of(value, function, in_function, lambda new, name=name: setattr(node, name, new))
        elif isinstance(value, list):
            for index, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield from _of(one, function, in_function, lambda new, v=value, i=index: v.__setitem__(i, new))


def _of(node: ast.AST, function: str, in_function: bool, put: Callable[[ast.AST], None]) -> Iterator[Mutation]:
    if _is_left_alone(node):
        return
    inner, inside = function, in_function
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        inner = f"{function}.{node.name}" if function else node.name
        inside = in_function or not isinstance(node, ast.ClassDef)
    for before, after, apply in _changes(node, put):
        place = node.target if isinstance(node, ast.comprehension) else node
        lines = place.lineno, place.end_lineno or place.lineno
        yield Mutation(*lines, function if in_function else "", f"{before} → {after}", apply)
    yield from _below(node, inner, inside)


def _is_zip(node: ast.AST) -> bool:
    """Its keyword `strict` says that the parts are equally long, which changes nothing where they are."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "zip"


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Expr(ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.Raise() | ast.Assert() | ast.JoinedStr():
            return True
        case ast.If(ast.Name("TYPE_CHECKING")):
            return True
        case ast.Call(ast.Name(name)):
            return name in TYPES
        case ast.Assign([ast.Name(name)], ast.Subscript() | ast.BinOp(op=ast.BitOr())):
            return name[:1].isupper() and not name.isupper()  # an alias of a type
    return False


Change = tuple[str, str, Callable[[], None]]


def _changes(node: ast.AST, put: Callable[[ast.AST], None]) -> Iterator[Change]:
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            yield from _conditions(node, put)
        case ast.UnaryOp(ast.Not(), operand) | ast.UnaryOp(ast.USub(), operand):
            yield _said(node), _said(operand), lambda: put(operand)
        case ast.BinOp() if type(node.op) in ARITHMETIC and not (_is_text(node.left) or _is_text(node.right)):
            other = ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
            yield _said(node), _said(other), lambda: setattr(node, "op", other.op)
        case ast.Constant(bool() as value):
            yield _said(node), str(not value), lambda: setattr(node, "value", not value)
        case ast.Constant(int() | float() as value):
            another = value + 1 if isinstance(value, int) else (value * 1.25 or 1.0)
            yield _said(node), str(another), lambda: setattr(node, "value", another)
        case ast.IfExp(ast.Name() | ast.Attribute() | ast.Call() as test):
            negated = ast.UnaryOp(ast.Not(), test)
            yield f"… if {_said(test)}", f"… if not {_said(test)}", lambda: setattr(node, "test", negated)
        case ast.Call(ast.Name(name) as called) if name in CALLS:
            yield _said(node), f"{CALLS[name]}(…)", lambda: setattr(called, "id", CALLS[name])
        case ast.comprehension(ifs=[*_, _] as ifs):
            for index, condition in enumerate(ifs):
                yield f"for … if {_said(condition)}", "for …", lambda i=index: ifs.__setitem__(i, ast.Constant(True))
        case ast.If(test, _, orelse):
            if isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
                negated = ast.UnaryOp(ast.Not(), test)
                yield f"if {_said(test)}", f"if not {_said(test)}", lambda: setattr(node, "test", negated)
            if not orelse:
                yield f"if {_said(test)}: …", "pass", lambda: put(ast.Pass())
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Continue():
            yield _said(node), "pass", lambda: put(ast.Pass())


def _comparisons(node: ast.Compare) -> Iterator[Change]:
    for index, operator in enumerate(node.ops):
        another = COMPARISONS[type(operator)]()
        changed = ast.Compare(node.left, [*node.ops[:index], another, *node.ops[index + 1 :]], node.comparators)
        yield _said(node), _said(changed), lambda i=index, a=another: node.ops.__setitem__(i, a)


def _conditions(node: ast.BoolOp, put: Callable[[ast.AST], None]) -> Iterator[Change]:
    other = ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    yield _said(node), _said(other), lambda: setattr(node, "op", other.op)
    for index in range(len(node.values)):
        left = [*node.values[:index], *node.values[index + 1 :]]
        without = left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        yield _said(node), _said(without), lambda new=without: put(new)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr | ast.List | ast.Tuple) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _said(node: ast.AST) -> str:
    """The source on one line, short enough for a list."""
    text = " ".join(ast.unparse(node).split()).replace("|", "¦").replace("`", "'")
    return text if len(text) <= 90 else text[:89] + "…"
