"""Nobody shows a table version without the gateway having been asked who may read it."""

import ast

from tests.guards.programs import modules

MAY_SELECT = {
    "submission_portal/followup/gateway.py": "the gateway",
    "submission_portal/followup/versions.py": "what composes and decides, in whatever state",
    "submission_portal/followup/services.py": "writes them",
    "submission_portal/followup/related_measures.py": "reads what somebody may know, to protect against it",
    "submission_portal/followup/acts.py": "says for which side a decision about one was taken",
    "submission_portal/followup/examining.py": "compares stored objects with their rows",
    "submission_portal/followup/resolvers.py": "names those that the gateway lets be named",
}
"""The modules that may use the class as more than a type, and for what."""


def _uses(module: ast.Module) -> list[int]:
    """Lines where `TableVersion` is a value: in a statement, or an argument of a call. As a type of a value it may be named."""
    types = {
        id(inner)
        for node in ast.walk(module)
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
        for inner in ast.walk(part)
    }
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Name) and node.id == "TableVersion" and id(node) not in types
    ]


def test_nobody_else_selects_table_versions():
    found = {place: lines for place, module in modules().items() if (lines := _uses(module))}
    assert {place: lines for place, lines in found.items() if place not in MAY_SELECT} == {}
    assert set(found) == set(MAY_SELECT), "listed here, and selects nothing"


def test_the_guard_sees_a_selection_however_it_is_written():
    for written in ("select(TableVersion)", "session.get(TableVersion, one)", "x = TableVersion.state == 1"):
        assert _uses(ast.parse(written)), written
    assert not _uses(
        ast.parse("def show(table: TableVersion) -> list[TableVersion]: ...\nkept: TableVersion | None = None")
    )
