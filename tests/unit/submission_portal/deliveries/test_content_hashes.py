"""The hash of accepted rows: the same figures, the same hash, and old receipts by the old one."""

import hashlib

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from information_models.cells import Cells
from information_models.columns import check
from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.content.canonical import canonical, content_hash
from submission_portal.deliveries.content_hashes import COLUMNS, ROWS, _Ranked, content_hash_of
from submission_portal.deliveries.stored_rows import as_parquet, rows_from

pytestmark = pytest.mark.usefixtures("either_way")

MONTHLY = starter_model("manadsuppgifter-per-sjukhus")
HOSPITALS = ("65016", "65014", "65012")
FIGURES = st.sampled_from(["12", "12,0", "12,25", "0", "stängd", "ej rapporterat", ""])
KEYS = st.tuples(
    st.sampled_from(["2026-01", "2026-02"]), st.sampled_from(HOSPITALS), st.sampled_from(["somatisk", "psykiatrisk"])
)
TABLES = st.dictionaries(KEYS, st.tuples(FIGURES, FIGURES, FIGURES), min_size=1)


def checked(rows):
    names = ("manad", "sjukhus", "vardform", "disponibla", "overbelaggningar", "utlokaliserade")
    frame = pl.DataFrame(
        [(*key, *figures) for key, figures in rows], schema=dict.fromkeys(names, pl.String), orient="row"
    )
    return check(MONTHLY, frame)


@settings(max_examples=25, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_way_to_the_store_change_no_hash(table, chance):
    rows = list(table.items())
    found = checked(rows)
    first = content_hash_of(MONTHLY, found.rows)
    chance.shuffle(rows)
    other = checked(rows)
    assert content_hash_of(MONTHLY, other.rows) == first
    stored = rows_from(as_parquet(other.rows.coded()))
    assert stored.equals(other.frame) and stored.schema == other.frame.schema
    assert content_hash_of(MONTHLY, TypedRows.of(stored)) == first


@settings(max_examples=25, deadline=None)
@given(TABLES, TABLES)
def test_both_ways_tell_the_same_rows_apart(one, other):
    frames = [checked(list(table.items())).rows for table in (one, other)]
    by_columns, by_rows = (
        [content_hash_of(MONTHLY, frame, scheme=scheme) for frame in frames] for scheme in (COLUMNS, ROWS)
    )
    assert (by_columns[0] == by_columns[1]) == (by_rows[0] == by_rows[1])


def test_rows_of_one_key_have_an_order_too():
    key = ("2026-01", "65016", "somatisk")
    rows = [(key, (figure, "0", "0")) for figure in ("12", "13", "14")]
    assert content_hash_of(MONTHLY, checked(rows).rows) == content_hash_of(MONTHLY, checked(rows[::-1]).rows)


def hash_by_hand(rows: TypedRows) -> str:
    """``columns/1`` as it is written down, a value at a time."""
    names = [name for element in MONTHLY.model.elements for name in (element.name, f"{element.name}__status")]
    frame = rows.frame.select(name for name in names if name in rows.frame.columns)
    texts = {name: frame[name].cast(pl.String).to_list() for name in frame.columns}
    order = [*MONTHLY.model.key, *frame.columns]

    def in_order(at):
        return [(texts[name][at] is None, (texts[name][at] or "").encode()) for name in order]

    sequence = sorted(range(frame.height), key=in_order)
    digests = []
    for name, column in texts.items():
        different = sorted({text for text in column if text is not None}, key=str.encode)
        width = 1 if len(different) <= 255 else 2 if len(different) <= 65_535 else 4
        places = [len(different) if column[at] is None else different.index(column[at]) for at in sequence]
        told = canonical(different).encode() + b"\n" + b"".join(each.to_bytes(width, "little") for each in places)
        digests.append([name, hashlib.sha256(told).hexdigest()])
    return content_hash(canonical({"scheme": "columns/1", "rows": frame.height, "columns": digests}))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(KEYS, st.tuples(FIGURES, FIGURES, FIGURES)), min_size=1))
def test_many_rows_at_once_have_the_hash_that_they_have_one_by_one(rows):
    """Rows of one key several times, in any order, some of them with cells that say nothing."""
    found = checked(rows).rows
    assert content_hash_of(MONTHLY, found) == hash_by_hand(found)
    assert content_hash_of(MONTHLY, TypedRows.of(found.frame)) == hash_by_hand(found)


@pytest.mark.parametrize("different", [254, 255, 256, 65_535, 65_536])
def test_a_column_of_many_different_values_takes_more_bytes(different):
    cells = Cells(pl.Series([f"{at:05}" for at in range(different)]), pl.Series(np.arange(different, dtype=np.uint32)))
    width = 1 if different <= 255 else 2 if different <= 65_535 else 4
    column = _Ranked(cells)
    made = b"".join(column.positions_of(np.arange(different)[::-1]))
    assert made == b"".join((different - 1 - at).to_bytes(width, "little") for at in range(different))
    assert b"".join(column.positions_of(None)) == b"".join(at.to_bytes(width, "little") for at in range(different))


def test_what_is_written_down_is_what_is_hashed():
    """As the docstring of the module says it, made by hand: a recipient can make the hash without our program."""
    found = checked(
        [
            (("2026-02", "65016", "somatisk"), ("stängd", "1,5", "0")),
            (("2026-01", "65016", "somatisk"), ("12", "1,5", "0")),
        ]
    )
    columns = {
        "manad": ('["2026-01","2026-02"]', [0, 1]),
        "sjukhus": ('["65016"]', [0, 0]),
        "vardform": ('["somatisk"]', [0, 0]),
        "disponibla": ('["12.00"]', [0, 1]),
        "disponibla__status": ('["closed","observed"]', [1, 0]),
        "overbelaggningar": ('["1.50"]', [0, 0]),
        "overbelaggningar__status": ('["observed"]', [0, 0]),
        "utlokaliserade": ('["0.00"]', [0, 0]),
        "utlokaliserade__status": ('["observed"]', [0, 0]),
    }
    hashes = {name: hashlib.sha256(f"{texts}\n".encode() + bytes(rows)) for name, (texts, rows) in columns.items()}
    told = ",".join(f'["{name}","{made.hexdigest()}"]' for name, made in hashes.items())
    assert content_hash_of(MONTHLY, found.rows) == content_hash(f'{{"columns":[{told}],"rows":2,"scheme":"columns/1"}}')


def test_the_way_of_earlier_receipts_stays_as_it_was():
    found = checked([(("2026-01", "65016", "somatisk"), ("12", "1,5", "0"))])
    text = (
        "manad,sjukhus,vardform,disponibla,disponibla__status,overbelaggningar,overbelaggningar__status,"
        "utlokaliserade,utlokaliserade__status\n"
        "2026-01,65016,somatisk,12.00,observed,1.50,observed,0.00,observed\n"
    )
    assert content_hash_of(MONTHLY, found.rows, scheme=ROWS) == content_hash(text)


def test_a_way_that_nobody_knows_is_no_way():
    with pytest.raises(KeyError):
        content_hash_of(MONTHLY, checked([]).rows, scheme="rows/9")
