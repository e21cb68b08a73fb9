"""A page costs a bounded number of SQL statements, whatever it lists."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from registry.actors import Role
from registry.db import db
from tests.factories.released_figures import available, run_worker

MODEL = "disponibla-vardplatser-per-region-ar"


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def cost(client, path: str) -> int:
    client.get(path)
    with counted() as statements:
        assert client.get(path).status_code == 200
    return len(statements)


@pytest.mark.parametrize(
    "path",
    [
        "/uppfoljning/",
        "/uppfoljning/disponibla-vardplatser",
        "/uppfoljning/disponibla-vardplatser/siffra/00/2015",
        "/uppfoljning/disponibla-vardplatser/versioner",
        "/spar/L-2026-0001",
    ],
)
def test_three_regions_cost_what_one_does(app, world, client, path):
    everything = frozenset({"01", "03", "04"})
    world.release("01", MODEL, available("01", 2015, 5163), "2015")
    run_worker()
    one = cost(client, path)
    for code in sorted(everything - {"01"}):
        world.release(code, MODEL, available(code, 2015, 900), "2015")
    run_worker()
    assert cost(client, path) <= one + 2
    assert one < 40


def test_the_log_names_deliveries_and_tables_without_reading_what_was_found_in_them(app, world, actor, signed_in):
    """A page of the log names a hundred of them; the findings of each are long, and none is shown."""
    world.release("01", MODEL, available("01", 2015, 5163), "2015")
    run_worker()
    client = signed_in(actor("forvaltaren", (Role.ADMINISTRATOR, "forvaltare")))
    with counted() as statements:
        page = client.get("/administration/logg")
    assert "L-2026-0001" in page.text and "tabellversion 1" in page.text
    long = ("assessment", "explanations", "breaks", "protection", "findings")
    assert not [statement for statement in statements if any(name in statement for name in long)]
