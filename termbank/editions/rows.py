"""The rows that an edition of somebody else's vocabulary is kept as: which tables, which columns, which kinds. Pure.

Rows go from the reading child to the register in batches of columns. The child may be somebody else's by then, so a batch is
taken for one only after its shape has been looked at (`batch_from`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

CONCEPT, COLLECTION, ORDERED, SCHEME, OTHER = "concept", "collection", "ordered", "scheme", "other"
"""What a resource is. Other: something that is only pointed at, or the label of a concept."""
RESOURCE_KINDS = (CONCEPT, COLLECTION, ORDERED, SCHEME, OTHER)
PREFERRED, ALTERNATIVE, HIDDEN = "prefLabel", "altLabel", "hiddenLabel"
LABELS = (PREFERRED, ALTERNATIVE, HIDDEN)
NOTATION, DEFINITION, LITERAL_FORM = "notation", "definition", "literalForm"
NOTES = ("note", "scopeNote", "historyNote", "changeNote", "editorialNote", "example")
LISTED = "listed"
"""A member of an ordered collection, in its order: follows from the list, and is no statement of its own."""
MOST_IRI = 2_000
"""Characters: what an index of PostgreSQL takes in any script is 2,704 bytes."""
MOST_KEY = 100
"""Characters of a name that it is sorted by, and of a word that it is found by."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A table of rows: its name and its columns after the file's number, each with the types that its values have."""

    table: str
    columns: Mapping[str, tuple[type, ...]]


_BETWEEN = "\0"
"""Between the texts of a column: none holds it, since no database could keep it."""
_TEXT, _NUMBER, _MAYBE = (str,), (int,), (int, type(None))
RESOURCES = Layout(
    "edition_resource",
    {
        "number": _NUMBER,
        "iri": _TEXT,
        "kind": _TEXT,
        "name_sv": _TEXT,
        "language_sv": _TEXT,
        "name_en": _TEXT,
        "language_en": _TEXT,
        "sort_sv": _TEXT,
        "sort_en": _TEXT,
        "is_top": (bool,),
        "digest": _NUMBER,
    },
)
TEXTS = Layout(
    "edition_text",
    {
        "resource": _NUMBER,
        "number": _NUMBER,
        "kind": _TEXT,
        "language": _TEXT,
        "text": _TEXT,
        "datatype": _TEXT,
        "label": _MAYBE,
    },
)
RELATIONS = Layout(
    "edition_relation", {"resource": _NUMBER, "number": _NUMBER, "kind": _TEXT, "target": _NUMBER}
)  # fmt: skip
STATEMENTS = Layout(
    "edition_statement", {"resource": _NUMBER, "number": _NUMBER, "predicate": _TEXT, "object": _TEXT}
)  # fmt: skip
WORDS = Layout("edition_word", {"word": _TEXT, "resource": _NUMBER})
SPELLINGS = Layout("edition_spelling", {"word": _TEXT, "backwards": _TEXT})
LAYOUTS = (RESOURCES, TEXTS, RELATIONS, STATEMENTS, WORDS, SPELLINGS)
BY_TABLE = {layout.table: layout for layout in LAYOUTS}
KEYS = ("sort_sv", "sort_en", "word", "backwards")
"""Texts that are kept as bytes, so that they sort in the same way in every database."""
_MOST_NUMBER = 2**63


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table, column by column, in the order of its layout."""

    layout: Layout
    columns: Sequence[Sequence[Any]]

    def rows(self, *first: Any) -> Iterator[tuple[Any, ...]]:
        """The rows, each after what is ``first`` in all of them; keys are bytes."""
        columns = [
            [value.encode() for value in values] if name in KEYS else values
            for name, values in zip(self.layout.columns, self.columns, strict=True)
        ]
        return zip(*map(repeat, first), *columns, strict=False)

    def __len__(self) -> int:
        return len(self.columns[0])


def packed(batch: Batch) -> list[object]:
    """The columns of a batch as they are sent: the texts of a column as one, which costs a tenth of so many.

    >>> packed(batch_from("edition_word", ["a\\0b", [1, 2]]))
    ['a\\x00b', [1, 2]]
    """
    return [
        _BETWEEN.join(values) if types == _TEXT else list(values)
        for values, types in zip(batch.columns, batch.layout.columns.values(), strict=True)
    ]


def batch_from(table: object, columns: object) -> Batch:
    """A batch that was sent packed. Raises ``ValueError`` where it is none.

    >>> len(batch_from("edition_word", ["a\\0b", [1, 2]]))
    2
    """
    layout = BY_TABLE.get(table) if isinstance(table, str) else None
    if layout is None or not isinstance(columns, list):
        raise ValueError("not the columns of a table")
    unpacked: list[Any] = [values.split(_BETWEEN) if isinstance(values, str) else values for values in columns]
    for values, types in zip(unpacked, layout.columns.values(), strict=True):
        if not isinstance(values, list) or len(values) != len(unpacked[0]) or not set(map(type, values)) <= set(types):
            raise ValueError("not the values of a column")
        if int in types and not _are_numbers(values):
            raise ValueError("not a number of a row")
    return Batch(layout, unpacked)


def _are_numbers(values: Sequence[int | None]) -> bool:
    numbers = [value for value in values if value is not None]
    return not numbers or (min(numbers) >= 0 and max(numbers) < _MOST_NUMBER)
