"""A concept scheme as the table that terminologists edit and send back (`sheet_columns`): an Excel workbook, or CSV. Pure."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from registry.findings import Finding, Text
from registry.formats import Options, counted_losses
from termbank.concepts.concept import Concept, Relation
from termbank.exchange.names import nodes_of
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport
from termbank.exchange.sheet_columns import (
    ALWAYS_THERE,
    IN_A_LANGUAGE,
    NOTES,
    RELATIONS,
    TERMS,
    WITHDRAWN,
    Column,
    Part,
    joined,
    named,
    row_order,
)
from termbank.exchange.skos_losses import says_more
from termbank.finding_texts.all import FINDINGS
from termbank.notions import RelationKind

SHEET = Text("Begrepp", "Concepts")
_WIDE = (Part.DEFINITION, *NOTES)
_HELP = (
    Text("En rad är ett begrepp.", "A row is a concept."),
    Text(
        "Nyckel och IRI säger vilket begrepp raden är. Ändra dem inte. Ett nytt begrepp har dem tomma.",
        "Key and IRI say which concept the row is. Leave them as they are. A new concept has them empty.",
    ),
    Text(
        "Flera värden i en cell: ett på varje rad i cellen (Alt+Enter). Radbrytning inom ett värde skrivs ¶.",
        "Several values in a cell: each on a line of its own (Alt+Enter). A line break within a value is written ¶.",
    ),
    Text(
        "Anmärkningar på flera språk hör ihop rad för rad; lämna en tom rad där ett språk saknar en.",
        "Notes in several languages belong together line by line; leave an empty line where a language has none.",
    ),
    Text(
        "Andra begrepp anges med nyckel och term (nyckeln avgör), ett nytt med sin term, och ett på annat håll med sin IRI.",
        "Other concepts are given by key and term (the key counts), a new one by its term, and one elsewhere by its IRI.",
    ),
    Text(
        "En tom cell i en kolumn som finns tar bort värdet. En kolumn som saknas ändrar ingenting.",
        "An empty cell in a column that is there removes the value. A column that is missing changes nothing.",
    ),
    Text(
        "En rad som saknas tar inte bort begreppet, om inte den som läser in säger att filen är allt.",
        "A row that is missing does not remove the concept, unless whoever imports says that the file is the whole.",
    ),
)


def csv_file(source: SchemeExport, options: Options) -> bytes:
    """Semicolons and a byte order mark, as Excel opens it in Swedish. What Excel would take for a formula begins with ``'``."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows_of(source, options):
        writer.writerow([harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def workbook(source: SchemeExport, options: Options) -> bytes:
    """The table on one sheet and how to fill it in on another; a cell is always text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": source.scheme.title.in_language(options.language), "created": _MADE})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell_format = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet = book.add_worksheet(SHEET.in_language(options.language))
    columns = columns_of(source)
    rows = list(rows_of(source, options))
    for place, column in enumerate(columns):
        sheet.set_column(
            place, place, 50 if column.part in _WIDE else 14 if column.part in _NARROW else 26, cell_format
        )
    for place, row in enumerate(rows):
        for at, cell in enumerate(row):
            if cell:
                sheet.write_string(place, at, cell[:LONGEST_CELL], heading if place == 0 else cell_format)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(columns) - 1)
    help_sheet = book.add_worksheet(Text("Så här", "How to").in_language(options.language))
    help_sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
    for place, text in enumerate(_HELP):
        help_sheet.write_string(place, 0, text.in_language(options.language))
    book.close()
    return out.getvalue()


LONGEST_CELL = 32_767
"""Characters: what a cell of a workbook holds (ECMA-376; Excel specifications and limits)."""
_NARROW = (Part.KEY, Part.VERSION)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (a workbook's times have no zone; the same each time)


def workbook_losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    """What the table has no column for, and cells that are longer than those of a workbook."""
    long_ones = [one for one in _all(source) if _most_letters(one.concept) > LONGEST_CELL]
    rows = rows_of(replace(source, concepts=long_ones, gone=()), options) if long_ones else ()
    long = sum(len(cell) > LONGEST_CELL for row in rows for cell in row)
    return (*losses(source, options), *counted_losses(FINDINGS, {"SHEET-010": long}))


def losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    """What the table has no column for, counted."""
    concepts = [one.concept for one in _all(source)]
    known = source.slugs
    terms = [term for one in concepts for term in one.terms]
    notes = [note for one in concepts for note in (*one.notes, *one.examples, *one.problems)]
    counts = {
        "SHEET-001": sum(says_more(term) for term in terms),
        "SHEET-002": sum(bool(said.source or said.url or said.links) for one in concepts for said in one.definitions),
        "SHEET-003": sum(bool(note.source or note.url) for note in notes),
        "SHEET-004": sum(len(one.sources) for one in concepts),
        "SHEET-005": sum(_unwritten(relation, known) for one in concepts for relation in one.relations),
        "SHEET-006": sum(bool(relation.label) for one in concepts for relation in one.relations),
        "SHEET-007": sum(len(one.foreign.statements) for one in concepts if one.foreign),
        "SHEET-008": len(source.applications),
        "SHEET-009": sum(bool(notation.datatype) for one in concepts for notation in one.notations),
    }
    return counted_losses(FINDINGS, counts)


def _most_letters(concept: Concept) -> int:
    """So long can no cell of the concept be: all its texts together, and a generous name of each concept that it leads to."""
    texts = (
        *concept.terms,
        *concept.definitions,
        *concept.subject_field,
        *concept.notations,
        *(said for note in _all_notes(concept) for said in note.texts),
    )
    return sum(len(said.text) + 1 for said in texts) + sum(len(one.target.iri) + 200 for one in concept.relations)


def _all(source: SchemeExport) -> Sequence[PublishedConcept]:
    """The rows in their order: concepts, and then those that were withdrawn."""
    return *source.concepts, *source.gone


def columns_of(source: SchemeExport) -> list[Column]:
    """The columns of this scheme: those that are always there, and those that something is in."""
    languages = languages_of(source)
    columns = [
        Column(part, language)
        for part in IN_A_LANGUAGE
        for language in languages
        if (part in ALWAYS_THERE and language in source.scheme.languages)
        or any(_values(one.concept, Column(part, language)) for one in _all(source))
    ]
    for part in Part:
        if part not in IN_A_LANGUAGE and (part in ALWAYS_THERE or any(_of_any(one, part) for one in _all(source))):
            columns.append(Column(part))
    return row_order(columns, languages)


def languages_of(source: SchemeExport) -> list[str]:
    """The languages of the scheme in its own order, then others that its concepts have."""
    said = {
        said.language
        for one in _all(source)
        for said in (
            *one.concept.terms,
            *one.concept.definitions,
            *one.concept.subject_field,
            *(text for note in _all_notes(one.concept) for text in note.texts),
        )
    }
    return [*source.scheme.languages, *sorted(said - set(source.scheme.languages), key=lambda tag: (not tag, tag))]


def rows_of(source: SchemeExport, options: Options) -> Iterable[list[str]]:
    """The headings in the language of ``options``, and then a row for each concept."""
    columns = columns_of(source)
    titles = {one.slug: one.concept.title.in_language(options.language) for one in source.concepts}
    nodes = {slug: str(node) for slug, node in nodes_of(source).items()}
    gone = {one.slug for one in source.gone}
    yield [column.heading(options.language) for column in columns]
    for one in _all(source):
        facts = {
            Part.STATUS: WITHDRAWN.in_language(options.language) if one.slug in gone else "",
            Part.REPLACED_BY: named(one.replaced_by, titles.get(one.replaced_by, "")),
        }
        yield [facts[column.part] if column.part in facts else _cell(one, column, titles, nodes) for column in columns]


def harmless(cell: str) -> str:
    """What no spreadsheet takes for a formula (CWE-1236); `sheet_reading` takes the mark away again.

    >>> harmless("=1+1"), harmless("'ok"), harmless("säng")
    ("'=1+1", "''ok", 'säng')
    """
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "'") else cell


def _all_notes(concept: Concept) -> Sequence[Any]:
    return *concept.notes, *concept.examples, *concept.problems


def _of_any(one: PublishedConcept, part: Part) -> bool:
    """Whether a concept has something of a part that is not always there: relations of a kind, notations, or that it is withdrawn."""
    if part in (Part.STATUS, Part.REPLACED_BY):
        return one.is_withdrawn
    return bool(one.concept.related_by(RELATIONS[part]) if part in RELATIONS else one.concept.notations)


def _values(concept: Concept, column: Column) -> list[str]:
    """The texts of a column that has a language."""
    language = column.language or ""
    if column.part in TERMS:
        return list(concept.labels(language, TERMS[column.part]))
    if column.part is Part.DEFINITION:
        return [said.text for said in concept.definitions if said.language == language]
    if column.part is Part.SUBJECT_FIELD:
        return [said.text for said in concept.subject_field if said.language == language]
    notes = {Part.NOTES: concept.notes, Part.EXAMPLES: concept.examples, Part.PROBLEMS: concept.problems}[column.part]
    texts = [next((said.text for said in note.texts if said.language == language), "") for note in notes]
    return texts if any(texts) else []


def _cell(one: PublishedConcept, column: Column, titles: dict[str, str], nodes: dict[str, str]) -> str:
    if column.language is not None:
        return joined(_values(one.concept, column))
    if column.part in RELATIONS:
        return joined(_target(relation, titles, nodes) for relation in one.concept.related_by(RELATIONS[column.part]))
    return _FACTS[column.part](one, nodes)


_FACTS: dict[Part, Callable[[PublishedConcept, dict[str, str]], str]] = {
    Part.KEY: lambda one, nodes: one.slug,
    Part.IRI: lambda one, nodes: nodes[one.slug],
    Part.VERSION: lambda one, nodes: str(one.number),
    Part.NOTATIONS: lambda one, nodes: joined(notation.text for notation in one.concept.notations),
}


def _target(relation: Relation, titles: dict[str, str], nodes: dict[str, str]) -> str:
    if relation.target.iri:
        return relation.target.iri
    return named(relation.key, titles[relation.key]) if relation.key in titles else nodes.get(relation.key, "")


def _unwritten(relation: Relation, known: frozenset[str]) -> bool:
    if relation.kind is RelationKind.CONTESTED:
        return True
    return not relation.target.iri and relation.key not in known
