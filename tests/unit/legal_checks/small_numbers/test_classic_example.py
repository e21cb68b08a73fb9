"""The example that the literature uses: rows 20 50 10 / 8 19 22 / 17 32 12, the cell 22 to be known to ±5 at best."""

from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import Demand, Dimension, Problem, PublishedTable

ROWS = {"r1": (20, 50, 10), "r2": (8, 19, 22), "r3": (17, 32, 12)}
CELLS = {(row, f"c{number}"): value for row, values in ROWS.items() for number, value in enumerate(values, 1)}
PROBLEM = Problem(
    (Dimension("row", "T"), Dimension("column", "T")), CELLS, primary={("r2", "c3"): Demand(down=5, up=5)}
)


def test_the_cheapest_pattern_hides_22_8_17_and_12():
    result = protect(PROBLEM)

    hidden = {cell.cell for cell in result.cells if cell.value is None}
    assert hidden == {("r2", "c3"), ("r2", "c1"), ("r3", "c1"), ("r3", "c3")}
    assert result.cost == 37
    assert result.exposed == ()


def test_what_was_protected_passes_an_audit_of_the_published_table():
    result = protect(PROBLEM)
    published = PublishedTable(("row", "column"), {cell.cell: cell.value for cell in result.cells})

    assert audit(PROBLEM, published).is_safe


def test_hiding_the_cell_alone_is_found_by_the_audit():
    cells = {cell.cell: cell.value for cell in protect(PROBLEM).cells}
    totals = {("r2", "T"): 49, ("T", "c3"): 44}
    published = PublishedTable(("row", "column"), {**CELLS, **totals, ("r2", "c3"): None})
    assert set(cells) >= set(published.cells)

    exposed = audit(PROBLEM, published).exposed

    assert [(one.cell, one.lowest, one.highest) for one in exposed] == [(("r2", "c3"), 22, 22)]
