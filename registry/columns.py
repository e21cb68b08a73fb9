"""What every table of the house is made of: the base with its naming, types of columns, and opaque identifiers."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol, Self

from sqlalchemy import DateTime, Dialect, MetaData, SQLColumnExpression, Table, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from registry import instance_states
from registry.content.canonical import canonical, parse
from registry.sealed import Proof, Sealed

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


BOUNDED = "bounded"
"""What ``info`` of a mapped collection says where it may be loaded as a whole: by what it is bounded. Any other collection
is ``lazy="raise"``, or is no relationship at all: what grows is counted and read page by page (ADR 20)."""


class Base(DeclarativeBase):
    """Base of every table in the house."""

    metadata = MetaData(naming_convention=NAMING)
    __proof__: ClassVar[Proof] = Sealed()
    """What of the table the log proves; a table that says nothing else is sealed as a whole."""


def table_of(entity: type[Base]) -> Table:
    """The table of an entity, for statements that take no part in the unit of work."""
    return entity.metadata.tables[entity.__tablename__]


if instance_states.IS_NEEDED:
    instance_states.keep_in_dicts(Base)


class UtcDateTime(TypeDecorator[datetime]):
    """A timezone-aware moment, kept as UTC. A naive one is a fault in the caller and raises ``ValueError``."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """Plain values kept as canonical JSON text (never JSONB, which reorders keys). Values are not tracked for change:
    assign a new one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else parse(value)


class Recordable(Protocol):
    """A value that can be kept as plain values, and read again."""

    def as_dict(self) -> Mapping[str, object]: ...

    @classmethod
    def from_dict(cls, data: Any) -> Self: ...


class Recorded(TypeDecorator[Any]):
    """A value of a type of its own, kept as canonical JSON text of its ``as_dict()`` and read by ``from_dict``."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[Recordable]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Recordable | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value.as_dict())

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.kind.from_dict(parse(value))


class RecordedList(Recorded):
    """A list of such values."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical([one.as_dict() for one in value])

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else [self.kind.from_dict(one) for one in parse(value)]


class told_in(FunctionElement[str]):  # noqa: N801  (it reads as a function of SQL)
    """What JSON text in a column says under a key of its outermost object: ``told_in(Version.content_text, "title")``. A text
    is itself and anything else is JSON, so that the database orders and counts what nobody has to read as a whole."""

    type = Text()
    inherit_cache = True

    def __init__(self, column: SQLColumnExpression[str], key: str) -> None:
        super().__init__(column, f"$.{key}", key)


@compiles(told_in, "sqlite")
def _by_path(element: told_in, compiler: SQLCompiler, **options: Any) -> str:
    column, path, _key = (compiler.process(one, **options) for one in element.clauses)
    return f"json_extract({column}, {path})"


@compiles(told_in, "postgresql")
def _by_key(element: told_in, compiler: SQLCompiler, **options: Any) -> str:
    column, _path, key = (compiler.process(one, **options) for one in element.clauses)
    return f"(CAST({column} AS json) ->> {key})"


def new_id() -> str:
    """An opaque identifier: 32 hex digits, random."""
    return uuid.uuid4().hex
