"""Which sealed rows a transaction changes, noted as it goes on; they are read and sealed as its last step."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from registry.columns import Base
from registry.seals.rows import Key, Seal, SealedTable, key_text, sealed_tables

TOUCHED = "sealed_rows"
"""Key in a session's info, for the length of a transaction: a table's name → the keys of rows."""
_GIVEN = "given_seals"


def note_flush(session: Session) -> None:
    """Note the sealed rows among what was just flushed."""
    for row in (*session.new, *session.deleted):
        _note_object(session, row)
    for row in session.dirty:
        state = inspect(row)
        table = sealed_tables().get(state.mapper.local_table.name)
        if table is not None and any(
            state.attrs[key].history.has_changes() and column.name in table.sealed
            for key, column in _columns(state.mapper)
        ):
            _note_object(session, row)


def note_statement(state: ORMExecuteState) -> None:
    """Note the sealed rows that a statement is about to change; before it runs, since it may change what it chooses by."""
    statement: Any = state.statement
    table = sealed_tables().get(statement.table.name)
    if table is None:
        return
    given: list[Any] = (
        state.parameters if isinstance(state.parameters, list) else [state.parameters] if state.parameters else []
    )
    if state.is_insert and statement.select is not None:
        at = [statement._select_names.index(name) for name in table.key]
        note(state.session, table.name, *(tuple(row[i] for i in at) for row in state.session.execute(statement.select)))
    elif state.is_insert:
        named = given or [{column.name: value.value for column, value in (statement._values or {}).items()}]
        note(state.session, table.name, *(_key_in(table, row) for row in named))
    elif not state.is_update or _is_sealed_in(table, statement, given):
        if given and all(name in row for row in given for name in table.key):
            note(state.session, table.name, *(_key_in(table, row) for row in given))
        else:
            keys = table.keys_where(*statement._where_criteria)
            note(state.session, table.name, *(tuple(row) for row in state.session.execute(keys)))


def note(session: Session, table: str, *keys: Key) -> None:
    """Say which rows of a table a statement outside the session changes."""
    session.info.setdefault(TOUCHED, {}).setdefault(table, {}).update(dict.fromkeys(keys))


def give(session: Session, seals: Iterable[Seal]) -> None:
    """Have seals of rows that were read already, and not changed, go with the transaction's events."""
    session.info.setdefault(_GIVEN, []).extend(seals)


def take(session: Session) -> list[Seal]:
    """Read what now stands in each row that was noted, and forget the notes."""
    touched: Mapping[str, Mapping[Key, None]] = session.info.pop(TOUCHED, {})
    seals: list[Seal] = session.info.pop(_GIVEN, [])
    for name, keys in touched.items():
        found = {seal.key: seal for seal in sealed_tables()[name].seals(session, keys)}
        seals += [found.get(key, Seal(name, key, None)) for key in map(key_text, keys)]
    return seals


def forget(session: Session) -> None:
    """Drop the notes of a transaction that was rolled back."""
    session.info.pop(TOUCHED, None)
    session.info.pop(_GIVEN, None)


def _note_object(session: Session, row: Base) -> None:
    mapper = inspect(row).mapper
    table = sealed_tables().get(mapper.local_table.name)  # type: ignore[attr-defined]
    if table is not None:
        values = [getattr(row, mapper.get_property_by_column(table.table.columns[name]).key) for name in table.key]
        note(session, table.name, tuple(values))


def _key_in(table: SealedTable, row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in table.key)


def _columns(mapper: Mapper[Any]) -> Iterator[tuple[str, Any]]:
    for attribute in mapper.column_attrs:
        yield attribute.key, attribute.columns[0]


def _is_sealed_in(table: SealedTable, statement: Any, given: list[Mapping[str, Any]]) -> bool:
    """Whether an update sets anything but columns outside the proof."""
    named = {column if isinstance(column, str) else column.name for column in (statement._values or {})}
    named |= {name for row in given for name in row} - set(table.key)
    return bool(named - set(table.proof.but_for))
