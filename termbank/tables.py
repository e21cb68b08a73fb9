"""The term bank's own tables: the numbers of concepts, and what is read from published concepts to find them by.

All but the numbers and what people follow are projections: they follow from the content of the published versions, and can be made anew
(`termbank.indexing`). A row belongs to a version, so what is in force on a day is asked of the version.
"""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime


class ConceptNumber(Base):
    """The number of a concept: unique over all schemes, given once, never given again."""

    __tablename__ = "concept_number"

    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, unique=True)


class TermRow(Base):
    """A term of a published version. ``sort_key`` sorts by byte as a Swedish dictionary would; ``initial`` is its letter."""

    __tablename__ = "term"
    __table_args__ = (
        Index("ix_term_names_sv_sort_key", "names_sv", "sort_key"),
        Index("ix_term_names_en_sort_key", "names_en", "sort_key"),
    )

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(20))
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    initial: Mapped[str] = mapped_column(String(8))
    names_sv: Mapped[bool] = mapped_column(Boolean)
    """Whether the concept is called so in Swedish; ``names_en``, in English. One term of a version each."""
    names_en: Mapped[bool] = mapped_column(Boolean)


class TermStart(Base):
    """What a word must be, or be reduced to, for a term of the version to begin with it (`termbank.inflection.bases`)."""

    __tablename__ = "term_start"
    __table_args__ = (Index("ix_term_start_start_language", "start", "language"),)

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(80), primary_key=True)
    start: Mapped[str] = mapped_column(String(200), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"))


class RelationRow(Base):
    """A relation of a published version. ``target_id`` is empty where a key leads nowhere yet, and for what is elsewhere."""

    __tablename__ = "relation"

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    target_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("item.id"), index=True)
    target_key: Mapped[str | None] = mapped_column(String(120), index=True)
    target_iri: Mapped[str | None] = mapped_column(Text)


class DefinitionWord(Base):
    """A word of a definition of the version, folded, and its stem: by these the definitions that use a term are found."""

    __tablename__ = "definition_word"
    __table_args__ = (Index("ix_definition_word_word_language", "word", "language"),)

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(80), primary_key=True)
    word: Mapped[str] = mapped_column(String(200), primary_key=True)


class DefinitionUse(Base):
    """A definition of the version, in one language, uses a term of another concept."""

    __tablename__ = "definition_use"

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(80), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), primary_key=True, index=True)


class Following(Base):
    """A person wants to hear of what happens to an item: a concept, or a scheme with all its concepts."""

    __tablename__ = "following"

    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
