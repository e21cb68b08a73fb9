"""The hash of accepted rows: the same figures, the same hash, and old receipts by the old one."""

import hashlib

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from information_models.columns import check
from information_models.starter.loading import starter_model
from registry.content.canonical import content_hash
from submission_portal.deliveries.content_hashes import COLUMNS, ROWS, content_hash_of
from submission_portal.deliveries.stored_rows import as_parquet, rows_from

MONTHLY = starter_model("manadsuppgifter-per-sjukhus")
HOSPITALS = ("65016", "65014", "65012")
FIGURES = st.sampled_from(["12", "12,0", "12,25", "0", "stängd", "ej rapporterat"])
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(["2026-01", "2026-02"]), st.sampled_from(HOSPITALS), st.sampled_from(["somatisk", "psykiatrisk"])),
    st.tuples(FIGURES, FIGURES, FIGURES),
    min_size=1,
)  # fmt: skip


def checked(rows):
    names = ("manad", "sjukhus", "vardform", "disponibla", "overbelaggningar", "utlokaliserade")
    frame = pl.DataFrame(
        [(*key, *figures) for key, figures in rows], schema=dict.fromkeys(names, pl.String), orient="row"
    )
    return check(MONTHLY, frame)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_way_to_the_store_change_no_hash(table, chance):
    rows = list(table.items())
    found = checked(rows)
    first = content_hash_of(MONTHLY, found.frame, found.cells)
    chance.shuffle(rows)
    other = checked(rows)
    assert content_hash_of(MONTHLY, other.frame, other.cells) == first
    stored = rows_from(as_parquet(other.frame, other.cells))
    assert stored.equals(other.frame) and stored.schema == other.frame.schema
    assert content_hash_of(MONTHLY, stored) == first


@settings(max_examples=60, deadline=None)
@given(TABLES, TABLES)
def test_both_ways_tell_the_same_rows_apart(one, other):
    frames = [checked(list(table.items())).frame for table in (one, other)]
    by_columns, by_rows = (
        [content_hash_of(MONTHLY, frame, scheme=scheme) for frame in frames] for scheme in (COLUMNS, ROWS)
    )
    assert (by_columns[0] == by_columns[1]) == (by_rows[0] == by_rows[1])


def test_rows_of_one_key_have_an_order_too():
    key = ("2026-01", "65016", "somatisk")
    rows = [(key, (figure, "0", "0")) for figure in ("12", "13", "14")]
    assert content_hash_of(MONTHLY, checked(rows).frame) == content_hash_of(MONTHLY, checked(rows[::-1]).frame)


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
    assert content_hash_of(MONTHLY, found.frame) == content_hash(
        f'{{"columns":[{told}],"rows":2,"scheme":"columns/1"}}'
    )


def test_the_way_of_earlier_receipts_stays_as_it_was():
    found = checked([(("2026-01", "65016", "somatisk"), ("12", "1,5", "0"))])
    text = (
        "manad,sjukhus,vardform,disponibla,disponibla__status,overbelaggningar,overbelaggningar__status,"
        "utlokaliserade,utlokaliserade__status\n"
        "2026-01,65016,somatisk,12.00,observed,1.50,observed,0.00,observed\n"
    )
    assert content_hash_of(MONTHLY, found.frame, scheme=ROWS) == content_hash(text)


def test_a_way_that_nobody_knows_is_no_way():
    with pytest.raises(KeyError):
        content_hash_of(MONTHLY, checked([]).frame, scheme="rows/9")
