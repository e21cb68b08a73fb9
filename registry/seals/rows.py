"""What stands in a sealed row, as a hash that is the same on every database.

A row's content is the JSON object of its columns that are neither empty nor outside the proof, as they are stored: moments
as ISO 8601 in UTC, JSON as its text, bytes as hexadecimal digits. A column that a later release adds changes no hash as long as it is
empty. Rows that are sealed together are the list of theirs, in the order of their texts.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, Table, Text, and_, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from registry.columns import Base
from registry.sealed import Outside, Sealed

Key = tuple[Any, ...]


class Seal(NamedTuple):
    """What stands under a key of a table: its hash, ``None`` where nothing does, and what is told of it in the clear, if anything."""

    table: str
    key: str
    hash: str | None
    told: str | None = None


AT_ONCE = 200
"""Keys in one statement."""


@dataclass(frozen=True)
class SealedTable:
    """A table whose rows are sealed."""

    table: Table
    proof: Sealed

    @property
    def name(self) -> str:
        return self.table.name

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The columns that rows are sealed by."""
        return self.proof.by or tuple(column.name for column in self.table.primary_key.columns)

    @cached_property
    def sealed(self) -> frozenset[str]:
        """The columns that are under the proof."""
        return frozenset(column.name for column in self.table.columns) - frozenset(self.proof.but_for)

    @cached_property
    def _columns(self) -> list[ColumnElement[Any]]:
        return [_as_stored(column) for column in self.table.columns if column.name in self.sealed]

    @cached_property
    def _names(self) -> list[str]:
        return [column.name for column in self.table.columns if column.name in self.sealed]

    @cached_property
    def _places(self) -> list[int]:
        return [self._names.index(name) for name in self.key]

    def keys_where(self, *conditions: Any) -> Select[Any]:
        """The keys of the rows for which conditions hold."""
        return select(*(self.table.columns[name] for name in self.key)).where(*conditions).distinct()

    def seals(self, session: Session, keys: Iterable[Key] | None = None) -> Iterator[Seal]:
        """Of what stands under these keys, or of every row; of keys with no row nothing."""
        if keys is None:
            yield from self._sealed(session.execute(self._query(), execution_options={"yield_per": 1000}))
            return
        wanted = list(keys)
        for begin in range(0, len(wanted), AT_ONCE):
            some = wanted[begin : begin + AT_ONCE]
            yield from self._sealed(session.execute(self._query().where(self._are(some))))

    def _query(self) -> Select[Any]:
        query = select(*self._columns)
        return query.order_by(*(self.table.columns[name] for name in self.key)) if self.proof.by else query

    def _are(self, keys: Sequence[Key]) -> ColumnElement[bool]:
        columns = [self.table.columns[name] for name in self.key]
        if len(columns) == 1:
            return columns[0].in_([key[0] for key in keys])
        return or_(*(and_(*(column == part for column, part in zip(columns, key, strict=True))) for key in keys))

    def _sealed(self, rows: Iterable[Row[Any]]) -> Iterator[Seal]:
        if not self.proof.by:
            for row in rows:
                yield Seal(self.name, self._key_of(row), _digest(self._content(row)), self._told(row))
            return
        for key, together in groupby(rows, self._key_of):
            contents = ",".join(sorted(self._content(row) for row in together))
            yield Seal(self.name, key, _digest(f"[{contents}]"))

    def _key_of(self, row: Row[Any]) -> str:
        return key_text(row[place] for place in self._places)

    def _told(self, row: Row[Any]) -> str | None:
        if not self.proof.told:
            return None
        return _json({name: row[self._names.index(name)] for name in self.proof.told})

    def _content(self, row: Row[Any]) -> str:
        return _json(dict(zip(self._names, row, strict=True)))


def key_text(key: Iterable[Any]) -> str:
    """A key as it stands in the seals.

    >>> key_text(["a", 2])
    'a 2'
    """
    return " ".join(str(_plain(part)) for part in key)


def sealed_tables() -> Mapping[str, SealedTable]:
    """Every table under the proof, by name."""
    if not _FOUND:
        for mapper in Base.registry.mappers:
            if isinstance(mapper.class_.__proof__, Sealed) and isinstance(mapper.local_table, Table):
                _FOUND[mapper.local_table.name] = SealedTable(mapper.local_table, mapper.class_.__proof__)
    return _FOUND


def tables_outside() -> dict[str, Outside]:
    """Every other table, and why its rows are not sealed."""
    proofs = {mapper.local_table: mapper.class_.__proof__ for mapper in Base.registry.mappers}
    return {str(table): proof for table, proof in proofs.items() if isinstance(proof, Outside)}


def digest_of(seals: Iterable[Seal]) -> str:
    """What an event carries of its seals: SHA-256 over the JSON of their list in order, 64 hexadecimal digits."""
    return _digest(json.dumps(sorted(seals, key=lambda seal: seal[:2]), ensure_ascii=False, separators=(",", ":")))


_FOUND: dict[str, SealedTable] = {}


def _as_stored(column: Any) -> ColumnElement[Any]:
    """A column as the database has it: JSON is its text, and not read."""
    kind = column.type
    if isinstance(kind, TypeDecorator) and isinstance(kind.impl, Text):
        return type_coerce(column, Text)
    return column  # type: ignore[no-any-return]


def _json(found: Mapping[str, Any]) -> str:
    """JSON of what is not empty, names in order."""
    plain = {name: _plain(value) for name, value in found.items() if value is not None}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> str | int | bool:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} in a sealed row")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
