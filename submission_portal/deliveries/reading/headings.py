"""Which column of the file is which element of the model.

A heading is compared with the element's name, labels and aliases, first letter for letter (case, spaces and hyphens
aside), then without a unit in brackets, last without accents. The last step is never silent: *å* is a letter of its
own, so what it led to is shown, and where it leads to two elements nothing is chosen.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from registry.findings import Finding, Place
from submission_portal.deliveries.reading.expected import Expected, fold, strip_accents, without_unit
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.sheets import MappedColumn, Row, letter, shortened

HEADER_SEARCHED = 60
"""A header is looked for among this many first rows."""
LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Mapping:
    """The header that was found and what its columns mean."""

    header_row: int
    """As the sender counts, from 1."""
    columns: tuple[MappedColumn, ...]
    positions: dict[str, int]
    """Element name → column counted from 0; the first where there are several."""
    doubled: dict[str, tuple[int, ...]]
    """Elements that several columns are read as, with all of them."""
    findings: tuple[Finding, ...]


def matches(expected: Expected, heading: str) -> tuple[tuple[str, ...], str]:
    """The elements that a heading may mean, and how it was recognised. A very long text is no heading."""
    if len(heading) > LONGEST_HEADING:
        return (), ""
    for candidate, how in ((heading, "exact"), (without_unit(heading), "without_unit")):
        if names := expected.exact.get(fold(candidate)):
            return names, how
    if names := expected.without_accents.get(strip_accents(fold(without_unit(heading)))):
        return names, "without_accents"
    return (), ""


def header_score(expected: Expected, row: Row) -> int:
    """How many different elements the cells of a row name."""
    return len({names for cell in row if cell and (names := matches(expected, cell)[0])})


def best_header(expected: Expected, rows: Sequence[Row]) -> tuple[int, int]:
    """(index, score) of the row that most looks like the header; score 0 where none does."""
    best, best_score = 0, 0
    for index, row in enumerate(rows[:HEADER_SEARCHED]):
        if (score := header_score(expected, row)) > best_score:
            best, best_score = index, score
    return best, best_score


def map_headings(expected: Expected, rows: Sequence[Row], sheet: str | None) -> Mapping | Finding:
    """The mapping, or the finding that no row is a header. A header names at least two elements, or all there are."""
    index, score = best_header(expected, rows)
    if score < min(2, len(expected.columns)):
        return FINDINGS.found(
            "STR-001",
            {"expected": ", ".join(column.label or column.name for column in expected.columns)},
            (Place(sheet=sheet),),
        )
    header = rows[index]
    columns: list[MappedColumn] = []
    findings: list[Finding] = []
    positions: dict[str, int] = {}
    doubled: dict[str, list[int]] = {}
    for position, heading in enumerate(header):
        if not heading:
            if any(len(row) > position and row[position] for row in rows[index + 1 :]):
                findings.append(_at("STR-010", sheet, index, position, ""))
                columns.append(MappedColumn(letter(position), "", None))
            continue
        names, how = matches(expected, heading)
        if len(names) > 1:
            findings.append(_ambiguous(expected, names, sheet, index, position, heading))
            columns.append(MappedColumn(letter(position), shortened(heading), None))
            continue
        element = names[0] if names else None
        columns.append(MappedColumn(letter(position), shortened(heading), element, how))
        if element is None:
            continue
        if element in positions:
            doubled.setdefault(element, [positions[element]]).append(position)
        positions.setdefault(element, position)
        if how == "without_accents":
            findings.append(
                _at(
                    "STR-006",
                    sheet,
                    index,
                    position,
                    heading,
                    {"element": expected.by_name[element].label or element},
                )
            )
    findings += _missing_and_unknown(expected, columns, positions, sheet, index)
    several = {element: tuple(at) for element, at in doubled.items()}
    return Mapping(index + 1, tuple(columns), positions, several, tuple(findings))


def _missing_and_unknown(
    expected: Expected, columns: Sequence[MappedColumn], positions: dict[str, int], sheet: str | None, index: int
) -> list[Finding]:
    missing = [column for column in expected.columns if column.name not in positions]
    unknown = [column for column in columns if column.element is None and column.heading]
    findings = []
    suspects: set[str] = set()
    for column in missing:
        folded = {fold(heading): heading for heading in (column.name, column.label, *column.headings) if heading}
        near = [
            other for other in unknown if difflib.get_close_matches(fold(other.heading), list(folded), n=1, cutoff=0.75)
        ]
        if not column.is_required and not near:
            continue
        suspects.update(other.letter for other in near)
        findings.append(
            FINDINGS.found(
                "STR-005" if near else "STR-004",
                {"element": column.label or column.name, "headings": ", ".join(dict.fromkeys(folded.values()))},
                tuple(Place(sheet, index + 1, other.letter, column.name, other.heading) for other in near)
                or (Place(sheet, index + 1, None, column.name),),
            )
        )
    ignored = [other for other in unknown if other.letter not in suspects]
    if ignored:
        findings.append(
            FINDINGS.found(
                "STR-002",
                {"headings": ", ".join(column.heading for column in ignored)},
                tuple(Place(sheet, index + 1, column.letter, None, column.heading) for column in ignored),
            )
        )
    return findings


def _ambiguous(
    expected: Expected, names: tuple[str, ...], sheet: str | None, index: int, position: int, heading: str
) -> Finding:
    labels = " / ".join(expected.by_name[name].label or name for name in names)
    params: dict[str, str | int] = {"elements": labels, "heading": heading}
    return _at("STR-007", sheet, index, position, heading, params)


def _at(
    code: str,
    sheet: str | None,
    index: int,
    position: int,
    heading: str,
    params: dict[str, str | int] | None = None,
) -> Finding:
    return FINDINGS.found(
        code, params or {}, (Place(sheet, index + 1, letter(position), None, shortened(heading) or None),)
    )
