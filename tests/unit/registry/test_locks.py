"""How firmly rows are held, as PostgreSQL is told."""

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from registry.items.tables import Item, Version
from registry.locks import Hold, holding


@pytest.mark.parametrize(
    ("hold", "clause"),
    [
        (Hold.ALONE, "FOR UPDATE"),
        (Hold.CHANGING, "FOR NO KEY UPDATE"),
        (Hold.UNCHANGED, "FOR SHARE"),
        (Hold.THERE, "FOR KEY SHARE"),
    ],
)
def test_each_hold_is_one_of_the_four_locks(hold, clause):
    query = holding(select(Item.id), hold)
    assert str(query.compile(dialect=postgresql.dialect())).endswith(clause)
    assert "FOR " not in str(query.compile(dialect=sqlite.dialect()))


def test_rows_are_held_alone_and_waited_for_unless_it_is_said_otherwise():
    assert str(holding(select(Item.id)).compile(dialect=postgresql.dialect())).endswith("FOR UPDATE")
    skipping = holding(select(Version.id).join(Item), of=Version, skip_held=True)
    assert str(skipping.compile(dialect=postgresql.dialect())).endswith("FOR UPDATE OF item_version SKIP LOCKED")


def test_what_another_transaction_wrote_replaces_what_was_read_before():
    assert holding(select(Item)).get_execution_options()["populate_existing"] is True
