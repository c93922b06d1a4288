"""Small faults put into a source file, one at a time."""

import ast
import copy
from collections.abc import Callable, Iterator
from functools import partial

Change = Callable[[ast.AST], ast.AST | None]

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """(line, what was changed, the whole source with that one fault)."""
    tree = ast.parse(source)
    skipped = {id(n) for n in _not_behaviour(tree)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for what, change in _changes(node):
            yield getattr(node, "lineno", 0), what, _changed(tree, number, change)


def _not_behaviour(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, annotations, imports, and the words of exceptions and reasons (any string)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) or (isinstance(node, ast.arg) and node.annotation):
            yield from ast.walk(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            yield from (
                each for part in (node.returns, *node.decorator_list) if part for each in ast.walk(part)
            )
        elif isinstance(node, ast.ClassDef):
            yield from (each for part in node.decorator_list for each in ast.walk(part))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "compile":
            yield from ast.walk(node)


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            if type(op) in _COMPARE:
                yield f"{type(op).__name__} turned", partial(_turn_comparison, place=place)
    elif isinstance(node, ast.BoolOp):
        yield "and/or exchanged", _exchange
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not taken away", lambda n: n.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield f"{type(node.op).__name__} exchanged", _exchange_arithmetic
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "truth turned", lambda n: ast.Constant(not n.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "one more", lambda n: ast.Constant(n.value + 1)
        yield "one less", lambda n: ast.Constant(n.value - 1)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "returns None", lambda _: ast.Return(ast.Constant(None))
    elif isinstance(node, ast.IfExp):
        yield "other branch", lambda n: ast.IfExp(n.test, n.orelse, n.body)
    elif isinstance(node, ast.If):
        yield "condition always true", lambda n: ast.If(ast.Constant(True), n.body, n.orelse)
        yield "condition never true", lambda n: ast.If(ast.Constant(False), n.body, n.orelse)
    elif isinstance(node, ast.AugAssign | ast.Continue | ast.Break | ast.Raise) or _is_call(node):
        yield "left out", lambda _: ast.Pass()


def _is_call(node: ast.AST) -> bool:
    """A statement that is there for its effect alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _turn_comparison(node: ast.AST, place: int) -> ast.AST:
    assert isinstance(node, ast.Compare)
    node.ops[place] = _COMPARE[type(node.ops[place])]()
    return node


def _exchange(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return node


def _exchange_arithmetic(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BinOp)
    node.op = _ARITHMETIC[type(node.op)]()
    return node


class _One(ast.NodeTransformer):
    def __init__(self, target: ast.AST, change: Change) -> None:
        self.target, self.change = target, change

    def visit(self, node: ast.AST) -> ast.AST | None:
        return self.change(node) if node is self.target else self.generic_visit(node)


def _changed(tree: ast.Module, number: int, change: Change) -> str:
    made = copy.deepcopy(tree)
    target = next(n for at, n in enumerate(ast.walk(made)) if at == number)
    return ast.unparse(ast.fix_missing_locations(_One(target, change).visit(made)))
