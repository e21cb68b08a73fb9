"""The table that terminologists edit: a row for each concept, a column for each part of it in each language. Pure.

Where a cell holds several values, each is on a line of its own (Alt+Enter in Excel); a line break within a value is written
as ``¶``. Notes in several languages belong together by their place: the second line in Swedish and the second in English
are one note, and an empty line is a note that a language does not have. Other concepts are named by key and term
(``41 vårdplats``), of which the key counts; by their term alone where they are new; or by their IRI.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.findings import Language, Text
from termbank.concepts.wordings import tag
from termbank.notions import RelationKind, TermStatus

PARAGRAPH = "¶"


class Part(StrEnum):
    """What of a concept a column has."""

    KEY = "key"
    IRI = "iri"
    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    HIDDEN = "hidden"
    DEFINITION = "definition"
    NOTES = "notes"
    EXAMPLES = "examples"
    PROBLEMS = "problems"
    SUBJECT_FIELD = "subject_field"
    NOTATIONS = "notations"
    GENERIC = "generic"
    PARTITIVE = "partitive"
    BROADER_UNKNOWN = "broader_unknown"
    ASSOCIATIVE = "associative"
    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    RELATED = "related"
    VERSION = "version"
    STATUS = "status"
    REPLACED_BY = "replaced_by"


HEADINGS = {
    Part.KEY: Text("Nyckel", "Key"),
    Part.IRI: Text("IRI", "IRI"),
    Part.PREFERRED: Text("Term", "Term"),
    Part.ADMITTED: Text("Synonymer", "Synonyms"),
    Part.DEPRECATED: Text("Avrådda termer", "Deprecated terms"),
    Part.HIDDEN: Text("Dolda sökformer", "Hidden search forms"),
    Part.DEFINITION: Text("Definition", "Definition"),
    Part.NOTES: Text("Anmärkningar", "Notes"),
    Part.EXAMPLES: Text("Exempel", "Examples"),
    Part.PROBLEMS: Text("Tolkningsproblem", "Interpretation problems"),
    Part.SUBJECT_FIELD: Text("Ämnesområde", "Subject field"),
    Part.NOTATIONS: Text("Notationer", "Notations"),
    Part.GENERIC: Text("Överordnat (generiskt)", "Broader (generic)"),
    Part.PARTITIVE: Text("Överordnat (partitivt)", "Broader (partitive)"),
    Part.BROADER_UNKNOWN: Text("Överordnat (slag okänt)", "Broader (kind unknown)"),
    Part.ASSOCIATIVE: Text("Relaterat", "Related"),
    Part.EXACT: Text("Samma begrepp", "Exact match"),
    Part.CLOSE: Text("Nästan samma begrepp", "Close match"),
    Part.BROAD: Text("Vidare begrepp på annat håll", "Broad match"),
    Part.NARROW: Text("Snävare begrepp på annat håll", "Narrow match"),
    Part.RELATED: Text("Närliggande begrepp på annat håll", "Related match"),
    Part.VERSION: Text("Version", "Version"),
    Part.STATUS: Text("Status", "Status"),
    Part.REPLACED_BY: Text("Ersatt av", "Replaced by"),
}
WITHDRAWN = Text("Återkallat", "Withdrawn")
"""The status of a concept that is no longer used; others have none in the table."""
TERMS = {
    Part.PREFERRED: TermStatus.PREFERRED,
    Part.ADMITTED: TermStatus.ADMITTED,
    Part.DEPRECATED: TermStatus.DEPRECATED,
    Part.HIDDEN: TermStatus.HIDDEN,
}
NOTES = (Part.NOTES, Part.EXAMPLES, Part.PROBLEMS)
RELATIONS = {
    Part.GENERIC: RelationKind.GENERIC,
    Part.PARTITIVE: RelationKind.PARTITIVE,
    Part.BROADER_UNKNOWN: RelationKind.BROADER_UNKNOWN,
    Part.ASSOCIATIVE: RelationKind.ASSOCIATIVE,
    Part.EXACT: RelationKind.EXACT,
    Part.CLOSE: RelationKind.CLOSE,
    Part.BROAD: RelationKind.BROAD,
    Part.NARROW: RelationKind.NARROW,
    Part.RELATED: RelationKind.RELATED,
}
IN_A_LANGUAGE = (*TERMS, Part.DEFINITION, *NOTES, Part.SUBJECT_FIELD)
ALWAYS_THERE = (
    Part.PREFERRED,
    Part.ADMITTED,
    Part.DEPRECATED,
    Part.DEFINITION,
    Part.NOTES,
    Part.GENERIC,
    Part.PARTITIVE,
    Part.BROADER_UNKNOWN,
    Part.ASSOCIATIVE,
    Part.KEY,
    Part.IRI,
    Part.VERSION,
)
"""Columns that a table has though nothing is in them, so that there is a place to write."""
UNTAGGED = "?"
"""Stands for the language of what has none, in a heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``language`` is a tag, empty for untagged texts, and ``None`` where it has no language."""

    part: Part
    language: str | None = None

    def heading(self, language: Language) -> str:
        """
        >>> Column(Part.PREFERRED, "sv-FI").heading("sv")
        'Term (sv-FI)'
        """
        said = HEADINGS[self.part].in_language(language)
        return said if self.language is None else f"{said} ({self.language or UNTAGGED})"


_HEADING = re.compile(r"(?P<said>.+?)\s*\((?P<language>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\?)\)")
_BY_NAME = {name.casefold(): part for part, text in HEADINGS.items() for name in (text.sv, text.en)}


def column_of(heading: str) -> Column | None:
    """The column with this heading in either language of the interface, or ``None``.

    >>> column_of(" definition (EN)"), column_of("Relaterat"), column_of("Term"), column_of("Pris")
    (Column(part=<Part.DEFINITION: 'definition'>, language='en'), Column(part=<Part.ASSOCIATIVE: 'associative'>, language=None), None, None)
    """
    said = " ".join(heading.split())
    if (part := _BY_NAME.get(said.casefold())) is not None and part not in IN_A_LANGUAGE:
        return Column(part)
    found = _HEADING.fullmatch(said)
    if found is None:
        return None
    part = _BY_NAME.get(found["said"].casefold())
    if part not in IN_A_LANGUAGE:
        return None
    return Column(part, "" if found["language"] == UNTAGGED else tag(found["language"]))


def says_withdrawn(cell: str) -> bool:
    """
    >>> says_withdrawn(" återkallat"), says_withdrawn("Withdrawn"), says_withdrawn("Gäller")
    (True, True, False)
    """
    return cell.strip().casefold() in (WITHDRAWN.sv.casefold(), WITHDRAWN.en.casefold())


def joined(values: Iterable[str]) -> str:
    """Values as one cell has them; trailing empty ones are left out.

    >>> joined(["a", "b\\nc", ""])
    'a\\nb¶c'
    """
    lines = [" ".join(value.split("\r")).replace("\n", PARAGRAPH) for value in values]
    return "\n".join(lines).rstrip("\n")


def divided(cell: str) -> list[str]:
    """The values of a cell, empty lines as empty texts; nothing for an empty cell.

    >>> divided("a\\r\\nb¶c"), divided("\\nb"), divided(" ")
    (['a', 'b\\nc'], ['', 'b'], [])
    """
    if not cell.strip():
        return []
    lines = cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip().replace(PARAGRAPH, "\n").strip() for line in lines]


def named(key: str, term: str) -> str:
    """How a row names another concept.

    >>> named("41", "säng"), named("vardplats", "vårdplats")
    ('41 säng', 'vardplats vårdplats')
    """
    return f"{key} {term}".strip()


_LAST = (Part.VERSION, Part.STATUS, Part.REPLACED_BY)


def row_order(columns: Iterable[Column], languages: Sequence[str]) -> list[Column]:
    """Columns as a reader meets them: what the concept is, then each language, then how it hangs together."""
    parts = list(Part)
    places: dict[str | None, int] = {language: place for place, language in enumerate(languages)}

    def order(column: Column) -> tuple[bool, bool, bool, bool, int, int]:
        part, language = column.part, column.language
        place = places.get(language, len(places))
        return part is not Part.KEY, part is Part.IRI, part in _LAST, language is None, place, parts.index(part)

    return sorted(columns, key=order)
