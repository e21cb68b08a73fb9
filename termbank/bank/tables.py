"""The term bank's own tables: the numbers of concepts, and what is read from published concepts to find them by.

All but the numbers and what people follow are projections: they follow from the content of the published versions, and can be made anew
(`termbank.bank.indexing`). A row belongs to a version, so what is in force on a day is asked of the version.
"""

from datetime import datetime

from sqlalchemy import DDL, Boolean, ForeignKey, Index, Integer, LargeBinary, String, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime
from registry.sealed import Outside


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
        Index("ix_term_names_sv_initial", "names_sv", "initial", "sort_key"),
        Index("ix_term_names_en_initial", "names_en", "initial", "sort_key"),
    )
    __proof__ = Outside.DERIVED

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(20))
    whole: Mapped[str] = mapped_column(String(200), index=True)
    """The label as a search compares it as a whole (`termbank.bank.search.tokens.whole`); ``reduced``, its words as stems."""
    reduced: Mapped[str] = mapped_column(String(200), index=True)
    sort_key: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    initial: Mapped[str] = mapped_column(String(8))
    names_sv: Mapped[bool] = mapped_column(Boolean)
    """Whether the concept is called so in Swedish; ``names_en``, in English. One term of a version each."""
    names_en: Mapped[bool] = mapped_column(Boolean)


class TermStart(Base):
    """What a word must be, or be reduced to, for a term of the version to begin with it (`termbank.definitions.inflection.bases`)."""

    __tablename__ = "term_start"
    __table_args__ = (Index("ix_term_start_start_language", "start", "language"),)
    __proof__ = Outside.DERIVED

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(80), primary_key=True)
    start: Mapped[str] = mapped_column(String(200), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"))


class RelationRow(Base):
    """A relation of a published version. ``target_id`` is empty where a key leads nowhere yet, and for what is elsewhere."""

    __tablename__ = "relation"
    __proof__ = Outside.DERIVED

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
    __proof__ = Outside.DERIVED

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(80), primary_key=True)
    word: Mapped[str] = mapped_column(String(200), primary_key=True)


class DefinitionUse(Base):
    """A definition of the version, in one language, uses a term of another concept."""

    __tablename__ = "definition_use"
    __proof__ = Outside.DERIVED

    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(80), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), primary_key=True, index=True)


class Following(Base):
    """A person wants to hear of what happens to an item: of a kind that may be followed, a scheme with all its concepts."""

    __tablename__ = "following"
    __proof__ = Outside.ERASABLE

    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class ConceptSearch(Base):
    """What a published version is found by: tokens of its labels, and of its labels and texts (`termbank.bank.search.tokens`).

    On PostgreSQL the tokens are a ``tsvector`` of the words as they are, as the configuration ``simple`` would give; on
    SQLite they are indexed by the FTS5 table `TOKENS`, which triggers keep. ``id`` is the row there.
    """

    __tablename__ = "concept_search"
    __table_args__ = (
        *(
            Index(f"ix_concept_search_{name}", name, postgresql_using="gin", info={"only_on": "postgresql"}).ddl_if(
                dialect="postgresql"
            )
            for name in ("labels", "texts")
        ),
    )
    __proof__ = Outside.DERIVED

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    version_id: Mapped[str] = mapped_column(String(32), ForeignKey("item_version.id"), unique=True)
    item_id: Mapped[str] = mapped_column(String(32), ForeignKey("item.id"), index=True)
    scheme_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("item.id"), index=True)
    scheme_key: Mapped[str | None] = mapped_column(String(120), index=True)
    """The scheme as older content names it, until it is published and has an id."""
    is_defined: Mapped[bool] = mapped_column(Boolean)
    labels: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
    texts: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


class TermWord(Base):
    """A word of a published term, by which compounds are cut (``splits``) and misspelt words are mended."""

    __tablename__ = "term_word"
    __proof__ = Outside.DERIVED

    word: Mapped[str] = mapped_column(String(200), primary_key=True)
    splits: Mapped[bool] = mapped_column(Boolean)


class WordTrigram(Base):
    """Three letters of a word of a published term, with how long the word is."""

    __tablename__ = "word_trigram"
    __proof__ = Outside.DERIVED

    trigram: Mapped[str] = mapped_column(String(3), primary_key=True)
    length: Mapped[int] = mapped_column(Integer, primary_key=True)
    word: Mapped[str] = mapped_column(String(200), primary_key=True)


TOKENS = "concept_search_tokens"
FTS5 = (
    f"CREATE VIRTUAL TABLE {TOKENS} USING fts5(labels, texts, content='concept_search', content_rowid='id', "
    "detail=column, prefix='2 3 4', tokenize=\"unicode61 remove_diacritics 0\")",
    f"CREATE TRIGGER concept_search_added AFTER INSERT ON concept_search BEGIN "
    f"INSERT INTO {TOKENS}(rowid, labels, texts) VALUES (new.id, new.labels, new.texts); END",
    f"CREATE TRIGGER concept_search_gone AFTER DELETE ON concept_search BEGIN "
    f"INSERT INTO {TOKENS}({TOKENS}, rowid, labels, texts) VALUES ('delete', old.id, old.labels, old.texts); END",
)
"""The full-text index of SQLite (https://www.sqlite.org/fts5.html, 4.4.3). Rows are added and deleted, never changed."""
for _statement in FTS5:
    _made = DDL(_statement.replace("%", "%%")).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
    event.listen(ConceptSearch.__table__, "after_create", _made)
