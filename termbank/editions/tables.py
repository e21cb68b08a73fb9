"""Files of somebody else's vocabularies, and their rows: resources, texts, relations, statements, and words to search by.

Rows belong to a file, and follow from it alone. A version of an edition names its file by hash, so rows are shown to those who
may read a version that names them (`termbank.editions.queries`). Rows of a resource lie together, and number it within its file.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, JsonText, UtcDateTime
from registry.sealed import Outside
from termbank.editions.rows import MOST_KEY

IS_TOP = text("is_top")
TOGETHER = {"sqlite_with_rowid": False}
"""SQLite keeps the rows in the order of the primary key, as they are read."""


class Reading(StrEnum):
    """How far a file has been read."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    FAILED = "failed"
    REMOVED = "removed"
    """Its rows are being taken away."""


class EditionFile(Base):
    """A file that was sent in to be mirrored, and what came of reading it."""

    __tablename__ = "edition_file"
    __table_args__ = (UniqueConstraint("organisation_id", "sha256", "base"),)
    __proof__ = Outside.NAMED

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    base: Mapped[str] = mapped_column(String(500))
    """What relative IRIs in it were read against."""
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    object_key: Mapped[str] = mapped_column(String(200), ForeignKey("stored_object.key"), index=True)
    item_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("item.id"), index=True)
    """The edition that it was sent in as a newer file of, if any."""
    state: Mapped[Reading] = mapped_column(String(20))
    counts: Mapped[dict[str, int] | None] = mapped_column(JsonText)
    """How much it holds by kind and, once it has been checked, how often each check found something (`editions.checks`)."""
    fault: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    """The finding that says why it could not be read."""
    sent_by: Mapped[str] = mapped_column(String(32))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EditionResource(Base):
    """A concept, collection or scheme of a file, or something that it points at. Called by its name in either language."""

    __tablename__ = "edition_resource"
    __table_args__ = (
        Index("ix_edition_resource_iri", "iri", "file_id", unique=True),
        Index("ix_edition_resource_sort_sv", "file_id", "kind", "sort_sv"),
        Index("ix_edition_resource_sort_en", "file_id", "kind", "sort_en"),
        Index("ix_edition_resource_top_sv", "file_id", "sort_sv", sqlite_where=IS_TOP, postgresql_where=IS_TOP),
        Index("ix_edition_resource_top_en", "file_id", "sort_en", sqlite_where=IS_TOP, postgresql_where=IS_TOP),
        TOGETHER,
    )
    __proof__ = Outside.DERIVED

    file_id: Mapped[int] = mapped_column(Integer, ForeignKey("edition_file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    iri: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    name_sv: Mapped[str] = mapped_column(Text)
    language_sv: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    language_en: Mapped[str] = mapped_column(Text)
    sort_sv: Mapped[bytes] = mapped_column(LargeBinary)
    sort_en: Mapped[bytes] = mapped_column(LargeBinary)
    is_top: Mapped[bool] = mapped_column(Boolean)
    """Whether it is a concept that has no broader one in the file."""
    digest: Mapped[int] = mapped_column(BigInteger)
    """Of everything that the file says of it, in whatever order: what two editions are compared by."""


class EditionText(Base):
    """A label, definition, note or notation. ``label`` is the resource that it is the text of, where a label is one."""

    __tablename__ = "edition_text"
    __table_args__ = (TOGETHER,)
    __proof__ = Outside.DERIVED

    file_id: Mapped[int] = mapped_column(Integer, ForeignKey("edition_file.id"), primary_key=True)
    resource: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    datatype: Mapped[str] = mapped_column(Text)
    label: Mapped[int | None] = mapped_column(Integer)


class EditionRelation(Base):
    """A relation between two resources, as it is stated; ``listed`` are the members of an ordered collection in order."""

    __tablename__ = "edition_relation"
    __table_args__ = (Index("ix_edition_relation_target", "file_id", "target", "kind"), TOGETHER)
    __proof__ = Outside.DERIVED

    file_id: Mapped[int] = mapped_column(Integer, ForeignKey("edition_file.id"), primary_key=True)
    resource: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    target: Mapped[int] = mapped_column(Integer)


class EditionStatement(Base):
    """Anything else that is said of a resource: a predicate's IRI, and an object as N-Triples writes it."""

    __tablename__ = "edition_statement"
    __table_args__ = (TOGETHER,)
    __proof__ = Outside.DERIVED

    file_id: Mapped[int] = mapped_column(Integer, ForeignKey("edition_file.id"), primary_key=True)
    resource: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    predicate: Mapped[str] = mapped_column(Text)
    object: Mapped[str] = mapped_column(Text)


class EditionWord(Base):
    """A word of a label or notation, folded: found by its beginning."""

    __tablename__ = "edition_word"
    __table_args__ = (TOGETHER,)
    __proof__ = Outside.DERIVED

    file_id: Mapped[int] = mapped_column(Integer, ForeignKey("edition_file.id"), primary_key=True)
    word: Mapped[bytes] = mapped_column(LargeBinary(4 * MOST_KEY), primary_key=True)
    resource: Mapped[int] = mapped_column(Integer, primary_key=True)


class EditionFinding(Base):
    """Something that the check of a file found: the first of each check (`editions.checks.MOST_KEPT`), in its order."""

    __tablename__ = "edition_finding"
    __table_args__ = (TOGETHER,)
    __proof__ = Outside.DERIVED

    file_id: Mapped[int] = mapped_column(Integer, ForeignKey("edition_file.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    finding: Mapped[dict[str, Any]] = mapped_column(JsonText)


class EditionSpelling(Base):
    """A word of a file, once however many bear it, and the same backwards: by which endings and what is nearly so are found."""

    __tablename__ = "edition_spelling"
    __table_args__ = (Index("ix_edition_spelling_backwards", "file_id", "backwards"), TOGETHER)
    __proof__ = Outside.DERIVED

    file_id: Mapped[int] = mapped_column(Integer, ForeignKey("edition_file.id"), primary_key=True)
    word: Mapped[bytes] = mapped_column(LargeBinary(4 * MOST_KEY), primary_key=True)
    backwards: Mapped[bytes] = mapped_column(LargeBinary(4 * MOST_KEY))


ROWS = (EditionFinding, EditionSpelling, EditionWord, EditionStatement, EditionRelation, EditionText, EditionResource)
