"""The log by itself: every event, the tree over them, and the heads that were signed. One walk, in order of number."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, inspect, null, select, type_coerce
from sqlalchemy.orm import Session

from registry import merkle
from registry.auditing.evidence import Evidence, Flaw, Kind
from registry.content.canonical import ContentError
from registry.events import Event, LogNode
from registry.links import GENESIS, leaf_of, link_hash

AT_ONCE = 2000
_Node = tuple[int, int, bytes]


@dataclass(slots=True)
class LogSeen:
    """What a walk through the log came by. ``roots`` has the root of each size that was asked for, as hexadecimal digits;
    ``numbers`` the number of each event whose hash was asked for."""

    size: int = 0
    head: str = GENESIS
    root: str = merkle.EMPTY.hex()
    sealing_since: int | None = None
    """The first event that seals rows."""
    roots: dict[int, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


def check_log(session: Session, evidence: Evidence, sizes: Iterable[int] = (), hashes: Iterable[str] = ()) -> LogSeen:
    """Walk the whole log: each event follows the one before it and has the content that it is hashed by, and the tree is theirs.

    ``sizes``: of which trees the root is wanted; ``hashes``: of which events the number is.
    """
    seen, sought = LogSeen(), set(hashes)
    is_sealing = inspect(session.connection()).has_table(LogNode.__tablename__)  # not in a backup of an earlier release
    tree = _Tree(_node_rows(session) if is_sealing else None, set(sizes))
    previous, size, events = GENESIS, 0, 0
    for event in _event_rows(session, is_sealing=is_sealing):
        number, hash_, events = event.number, event.hash, events + 1
        if number != size + 1:
            for lost in range(size + 1, number):
                evidence.add(Kind.EVENTS, Flaw.MISSING, str(lost))
                tree.grow(lost, None, evidence)
        if event.previous != previous:
            evidence.add(Kind.EVENTS, Flaw.OUT_OF_ORDER, str(number))
        if not _is_as_hashed(event):
            evidence.add(Kind.EVENTS, Flaw.CHANGED, str(number), event.type)
        if seen.sealing_since is None and event.rows_hash is not None:
            seen.sealing_since = number
        if hash_ in sought:
            seen.numbers[hash_] = number
        previous, size = hash_, number
        tree.grow(number, _leaf(hash_, event.salt), evidence)
    evidence.count(Kind.EVENTS, events)
    evidence.count(Kind.NODES, tree.count)
    for lost in tree.rest():
        evidence.add(Kind.EVENTS, Flaw.MISSING, str(lost))
    seen.size, seen.head, seen.root, seen.roots = size, previous, tree.root, tree.roots
    return seen


def _leaf(event_hash: str, salt: str | None) -> bytes:
    try:
        return leaf_of(event_hash, salt or "")
    except ValueError:  # somebody wrote something else there
        return merkle.EMPTY


def _is_as_hashed(event: Row[Any]) -> bool:
    """Whether an event has the content that it is hashed by; first by its texts as they are stored, which is quick."""
    number, kind, moment, person, organisation, subject, data, previous, hash_, rows_hash, salt = tuple(event)
    sealed = f'"rows_hash":"{rows_hash}","salt":"{salt}",' if rows_hash is not None else ""
    told = (
        f'{{"content_schema":"event/{2 if sealed else 1}","data":{data},"number":{number},'
        f'"organisation_id":{_text(organisation)},"person_id":{_text(person)},'
        f'"previous":"{previous}","recorded_at":"{_moment(moment)}",{sealed}'
        f'"subject":{_text(subject)},"type":{_text(kind)}}}'
    )
    if hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest() == hash_:
        return True
    try:
        return bool(link_hash({**event._mapping, "data": json.loads(data)}) == hash_)
    except (ContentError, ValueError, AttributeError, RecursionError):
        return False


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _moment(value: object) -> str:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else ""


def _event_rows(session: Session, *, is_sealing: bool) -> Iterator[Row[Any]]:
    table = Event.__table__
    query = select(*(_read_as(column, is_sealing=is_sealing) for column in table.columns))
    query, after = query.order_by(table.c.number).limit(AT_ONCE), 0
    while some := session.connection().execute(query.where(table.c.number > after)).all():
        yield from some
        after = some[-1].number


def _read_as(column: ColumnElement[Any], *, is_sealing: bool) -> ColumnElement[Any]:
    if column.name in ("rows_hash", "salt") and not is_sealing:
        return null().label(column.name)
    return type_coerce(column, Text).label(column.name) if column.name == "data" else column


def _node_rows(session: Session) -> Iterator[_Node]:
    """Number, level and hash of each node, in the order in which the tree has grown."""
    table = LogNode.__table__
    query = select(table.c.number, table.c.level, table.c.hash).order_by(table.c.number, table.c.level)
    for some in session.connection().execute(query, execution_options={"yield_per": AT_ONCE}).partitions():
        yield from ((number, level, bytes(hash_)) for number, level, hash_ in some)


class _Tree:
    """The tree made again, beside the nodes that are stored of it; ``None`` of what is older than the tree."""

    def __init__(self, rows: Iterator[_Node] | None, wanted: set[int]) -> None:
        self._is_kept, self._rows, self._wanted = rows is not None, rows or iter(()), wanted
        self._next = next(self._rows, None)
        self._made, self.count = merkle.Growing(), 0
        self.roots: dict[int, str] = {}

    @property
    def root(self) -> str:
        return self._made.root.hex()

    def grow(self, number: int, leaf: bytes | None, evidence: Evidence) -> None:
        """Add the leaf of an event; of one that is missing (``None``), the leaf that is stored."""
        if not self._is_kept:
            return
        stored = self._stored(number)
        if leaf is None:
            leaf = next((hash_ for _, level, hash_ in stored if level == 0), merkle.EMPTY)
        made = [(number, level, hash_) for (level, _position), hash_ in self._made.add(leaf)]
        self.count += len(made)
        if made != stored:
            evidence.add(Kind.NODES, Flaw.NODE_DIFFERS, str(number))
        if number in self._wanted:
            self.roots[number] = self.root

    def rest(self) -> list[int]:
        """The numbers of nodes that no event is left for."""
        return sorted({node[0] for node in (self._next, *self._rows) if node is not None})

    def _stored(self, number: int) -> list[_Node]:
        found = []
        while self._next is not None and self._next[0] <= number:
            if self._next[0] == number:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found
