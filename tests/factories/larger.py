"""An instance some times larger than it was: its rows multiplied in the database, so that what grows with use has grown.

    grow(instance, 10)    deliveries, receipts, decisions, releases, tables, their figures, breaks, edges, events, jobs, people

For tests of pages, on SQLite. What is copied is older than what was there (other years, numbers and hashes of its own), so that
the newest of everything is as it was, and the same addresses lead to the same things. Rows, edges and stored tables agree with
each other; the log's chain does not hold, and a copied delivery has the file of the one that it was copied from.
`grow(instance, 1)` does what growing begins with (numbers are moved out of the way) and copies nothing.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

YEARS = 15
"""How far back each copy is moved: more than the periods of the instance span, so that no two overlap."""
VERSIONS, EVENTS = 100_000, 10_000_000
"""Numbers of table versions and of events begin here, so that older ones have room before them."""
BEFORE = {"table_version": 1_000, "event": 1_000_000}
"""How far before these each copy's numbers lie."""
REFERENCES = ("delivery", "release", "table", "decision")


def grow(instance: Path, times: int) -> None:
    """Make the instance ``times`` as large. Once for each instance."""
    with closing(sqlite3.connect(instance / "registry.db")) as database:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -200000"):
            database.execute(f"PRAGMA {pragma}")
        database.create_function("older", 2, older, deterministic=True)
        database.create_function("other", 2, other, deterministic=True)
        with database:
            database.execute(
                "UPDATE table_version SET number = number + ?, sequence = sequence + ?", (VERSIONS, VERSIONS)
            )
            database.execute(
                "UPDATE event SET number = -number"
            )  # in two steps: no two may have a number at any moment
            database.execute("UPDATE event SET number = ? - number", (EVENTS,))
            tables = database.execute(
                "SELECT id, parquet_key, breaks, findings, protection FROM table_version"
            ).fetchall()
            _copy_rows(database, times)
            for table in tables if times > 1 else ():
                _multiply(database, instance, times, *table)
        database.execute("ANALYZE")


def older(period: str | None, copy: int) -> str | None:
    """A period (or a span of two days) as copy number ``copy`` has it.

    >>> older("2020-06", 1), older("2013-01-01/2016-06-30", 2), older("2026-W41", 1), older("", 3)
    ('2005-06', '1983-01-01/1986-06-30', '2011-W41', '')
    """
    if not period:
        return period
    return "/".join(f"{int(part[:4]) - copy * YEARS:04}{part[4:]}" for part in period.split("/"))


@cache
def other(text: str | None, copy: int) -> str | None:
    """An id or a hash as copy number ``copy`` has it, as long as it was; of a reference (``release:…``) the part after the kind.

    >>> other("86d700e9982b477da46ad36a1dcfb498", 0), other("release:86d7", 1) == f"release:{other('86d7', 1)}"
    ('86d700e9982b477da46ad36a1dcfb498', True)
    """
    if not text or not copy:
        return text
    kind, colon, identifier = text.rpartition(":")
    return kind + colon + hashlib.sha256(f"{copy} {identifier}".encode()).hexdigest()[: len(identifier)]


def _copy_rows(database: sqlite3.Connection, times: int) -> None:
    # Counted before anything is copied: the rows that are there now are those that are copied.
    is_mine = {table: _is_mine(database, table) for table in _changes(1)}
    for copy in range(1, times):
        for table, changed in _changes(copy).items():
            names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            assert set(changed) <= set(names), f"{table} has no {sorted(set(changed) - set(names))}"
            columns = ", ".join(f'"{name}"' for name in names)
            values = ", ".join(changed.get(name, f'"{name}"') for name in names)
            database.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {is_mine[table]}")
        # What a table rests on has grown too: every version rests on the copies of its releases as well.
        copied, now = _sql_other("release_id", copy), "recorded_at"
        database.execute(
            f"INSERT INTO table_release SELECT table_version_id, {copied} FROM table_release WHERE {is_mine['table_release']}"
        )
        made_from = f"role = 'made-from' AND {is_mine['reference_edge']}"
        database.execute(
            f"INSERT INTO reference_edge (from_ref, to_ref, role, recorded_at)"
            f" SELECT from_ref, {_sql_other('to_ref', copy)}, role, {now} FROM reference_edge WHERE {made_from}"
        )


def _is_mine(database: sqlite3.Connection, table: str) -> str:
    """The condition for the rows of a table that are copied."""
    if table == "event":
        return f"number > {EVENTS} AND type NOT LIKE 'Organisation%'"
    last = database.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0]
    if table == "reference_edge":
        starts = " OR ".join(f"from_ref LIKE '{kind}:%'" for kind in REFERENCES)
        return f"rowid <= {last} AND ({starts})"
    return f"rowid <= {last}"


def _sql_other(column: str, copy: int) -> str:
    return f"other({column}, {copy})"


def _changes(copy: int) -> Mapping[str, Mapping[str, str]]:
    """Table by table: the columns in which copy number ``copy`` of a row differs, and what they hold (SQL)."""

    def own(*columns: str) -> dict[str, str]:
        return {name: _sql_other(name, copy) for name in columns}

    def reference(*columns: str) -> dict[str, str]:
        is_copied = {name: " OR ".join(f"{name} LIKE '{kind}:%'" for kind in REFERENCES) for name in columns}
        return {name: f"CASE WHEN {is_copied[name]} THEN {_sql_other(name, copy)} ELSE {name} END" for name in columns}

    def earlier(*columns: str) -> dict[str, str]:
        return {name: f"strftime('%Y-%m-%d %H:%M:%f', {name}, '-{copy} years') || '000'" for name in columns}

    number = {"number": f"'L-' || (2026 - {copy}) || substr(number, 7)"}
    period = {name: f"older({name}, {copy})" for name in ("period", "period_first", "period_last")}
    return {
        "delivery": own("id", "file_sha256", "content_hash", "corrects_delivery_id")
        | number | period | earlier("created_at", "changed_at", "sent_at"),
        "delivery_receipt": own("delivery_id", "file_sha256", "content_hash") | number | earlier("received_at"),
        "delivery_disclosure": own("id", "delivery_id", "content_hash") | earlier("decided_at"),
        "delivery_decision": own("id", "delivery_id") | earlier("decided_at"),
        "completion_request": own("id", "delivery_id") | earlier("asked_at"),
        "release": own("id", "delivery_id", "supersedes_id") | period | earlier("released_at", "forwarded_at"),
        "table_version": own("id", "basis_hash", "content_hash") | earlier("composed_at", "published_at", "release_at") | {
            "number": f"number - {copy * BEFORE['table_version']}",
            "sequence": f"sequence - {copy * BEFORE['table_version']}",
            "state": "'superseded'",
            "ended_at": f"coalesce({', '.join(earlier('ended_at', 'composed_at').values())})",
        },
        "table_release": own("table_version_id", "release_id"),
        "reference_edge": reference("from_ref", "to_ref") | earlier("recorded_at"),
        "event": own("hash", "previous") | reference("subject") | earlier("recorded_at")
        | {"number": f"number - {copy * BEFORE['event']}"},
        "job": own("id") | earlier("created_at", "due_at", "finished_at") | {"unique_key": f"unique_key || ':{copy}'"},
        "person": own("id") | earlier("created_at") | {"login": f"'x' || login || '-{copy}'"},
        "person_name": own("person_id") | {"name": f"'X ' || name || ' {copy}'"},
        "membership": own("person_id"),
    }  # fmt: skip


def _multiply(
    database: sqlite3.Connection,
    instance: Path,
    times: int,
    table_id: str,
    key: str,
    breaks: str,
    findings: str,
    protection: str,
) -> None:
    """Give a stored table the figures, breaks, findings and protected cells of all copies."""
    frame = pl.read_parquet(instance / "objects" / key)
    buffer = BytesIO()
    pl.concat([_older_figures(frame, copy) for copy in range(times)]).write_parquet(buffer)
    data, owner = buffer.getvalue(), key.split("/")[0]
    digest = hashlib.sha256(data).hexdigest()
    larger = f"{owner}/published-table/{digest}"
    (instance / "objects" / larger).write_bytes(data)
    database.execute(
        "INSERT OR IGNORE INTO stored_object (key, organisation_id, kind, sha256, size, media_type, retention, created_at)"
        " SELECT ?, organisation_id, kind, ?, ?, media_type, retention, created_at FROM stored_object WHERE key = ?",
        (larger, digest, len(data), key),
    )
    broken: list[dict[str, Any]] = json.loads(breaks)
    protected: dict[str, Any] = json.loads(protection)
    for name in ("primary", "secondary"):
        protected[name] = [_older_key(one, copy) for copy in range(times) for one in protected.get(name, ())]
    database.execute(
        "UPDATE table_version SET parquet_key = ?, figures = figures * ?, hidden = hidden * ?, breaks = ?, findings = ?,"
        " protection = ? WHERE id = ?",
        (
            larger, times, times, _text([one | {"on": older(one["on"], copy)} for copy in range(times) for one in broken]),
            _text(json.loads(findings)), _text(protected), table_id,
        ),
    )  # fmt: skip


def _older_figures(frame: pl.DataFrame, copy: int) -> pl.DataFrame:
    if copy == 0:
        return frame
    rest = pl.col("key").str.slice(pl.col("region").str.len_chars() + 1 + pl.col("period").str.len_chars())
    moved = pl.col("period").map_elements(lambda period: older(period, copy), return_dtype=pl.String)
    return frame.with_columns(
        key=pl.concat_str(pl.col("region"), pl.lit("/"), moved, rest),
        period=moved,
        releases=pl.col("releases").list.eval(
            pl.element().map_elements(lambda release: other(release, copy), return_dtype=pl.String)
        ),
    )


def _older_key(key: str, copy: int) -> str:
    region, period, *rest = key.split("/")
    return "/".join([region, str(older(period, copy)), *rest])


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
