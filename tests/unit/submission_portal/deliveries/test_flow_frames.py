"""Typed rows as JSON and back: nothing of them is lost, and what is no such JSON is refused."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from submission_portal.deliveries.flow_files.frames import as_json, frame_of

ROWS = pl.DataFrame(
    {
        "avdelning": ["B", None, "A", "A\u030a", "B"],
        "dag__first": [date(2026, 1, 2), date(2026, 1, 1), None, date(2026, 1, 1), date(2026, 1, 2)],
        "platser": [3, None, 0, -1, 3],
        "medel": pl.Series([Decimal("1.50"), None, Decimal("-0.01"), Decimal("0"), Decimal("1.5")], dtype=pl.Decimal(18, 2)),
        "status": pl.Series(["observed", "closed", None, "observed", "closed"], dtype=pl.Enum(["observed", "closed"])),
        "tom": pl.Series([None] * 5, dtype=pl.String),
        "__row": [2, 3, 4, 5, 6],
        "__sheet": ["a"] * 5,
    }
)  # fmt: skip


def test_rows_come_back_in_their_order_with_their_types_and_as_they_are_spelled():
    told = json.loads(json.dumps(as_json(ROWS)))
    back = frame_of(told)
    assert back.drop("__row", "__sheet").equals(
        ROWS.drop("__row", "__sheet").with_columns(pl.col("status").cast(pl.String))
    )
    assert back.schema["medel"] == pl.Decimal(18, 2)
    assert (back["__row"].unique().to_list(), back["__sheet"].null_count()) == ([0], 5)
    assert as_json(ROWS) == as_json(back)


def test_rows_without_any_come_back():
    assert frame_of(as_json(ROWS.clear())).drop("__row", "__sheet").shape == (0, 6)


@pytest.mark.parametrize("change", [
    {"cells": [0, 0, 0, 0]},
    {"cells": [0, 0, 0, 0, 9]},
    {"cells": [0, 0, 0, 0, -2]},
    {"type": "float"},
    {"type": "date", "values": ["i dag"]},
])  # fmt: skip
def test_what_is_no_column_is_refused(change):
    told = {"rows": 5, "columns": [{"name": "a", "type": "text", "values": ["x"], "cells": [0] * 5} | change]}
    with pytest.raises((ValueError, KeyError)):
        frame_of(told)


def test_a_type_that_typed_rows_do_not_have_is_refused():
    with pytest.raises(TypeError):
        as_json(pl.DataFrame({"a": [[1]]}))
