"""Checks of the header: which columns are which elements of the model. Pure."""

from collections.abc import Iterator, Sequence

from registry.findings import Finding, Param, Place
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.headings import Missing
from submission_portal.deliveries.reading.needs import HEADED, SHEET
from submission_portal.deliveries.reading.sheets import MappedColumn, letter


def no_header(case: FileCase) -> Iterator[Finding]:
    """None of the first rows names the elements."""
    if case.header is None and case.undivided is None:
        named = ", ".join(column.label or column.name for column in case.expected.columns)
        yield FINDINGS.found("STR-001", {"expected": named}, (Place(sheet=case.sheet.name),))


def undivided_header(case: FileCase) -> Iterator[Finding]:
    """The headings are there, all in one cell."""
    if case.header is None and (found := case.undivided) is not None:
        place = Place(sheet=case.sheet.name, row=found.row)
        yield FINDINGS.found("STR-035", {"row": found.row, "between": found.between}, (place,))


def nameless_columns(case: FileCase) -> Iterator[Finding]:
    """Columns with values and without a heading."""
    for column in case.mapping.columns:
        if not column.heading:
            yield FINDINGS.found("STR-010", {}, _at(case, column))


def ambiguous_headings(case: FileCase) -> Iterator[Finding]:
    """Headings of several elements."""
    for column, names in case.mapping.ambiguous:
        labels = " / ".join(_label(case, name) for name in names)
        params: dict[str, Param] = {"elements": labels, "heading": column.heading}
        yield FINDINGS.found("STR-007", params, _at(case, column))


def headings_without_accents(case: FileCase) -> Iterator[Finding]:
    """Headings that were recognised only without their accents."""
    for column in case.mapping.columns:
        if column.element is not None and column.how == "without_accents":
            yield FINDINGS.found("STR-006", {"element": _label(case, column.element)}, _at(case, column))


def nearly_right_headings(case: FileCase) -> Iterator[Finding]:
    """Elements that no column was read as, while a heading is close to theirs."""
    for missing in case.mapping.missing:
        if missing.near and missing.garbled is None:
            element = missing.element.name
            places = [
                Place(case.sheet.name, case.mapping.header_row, near.letter, element, near.heading)
                for near in missing.near
            ]
            yield FINDINGS.found("STR-005", _named(missing), places)


def garbled_headings(case: FileCase) -> Iterator[Finding]:
    """Headings that were once read in the wrong encoding."""
    for missing in case.mapping.missing:
        if missing.garbled is not None:
            params: dict[str, Param] = {**_named(missing), "heading": missing.garbled.heading}
            yield FINDINGS.found("STR-026", params, _at(case, missing.garbled))


def missing_keys(case: FileCase) -> Iterator[Finding]:
    """Elements that rows are told apart by, and that no column can be."""
    yield from _missing(case, "STR-004", is_key=True, is_asked=False)


def keys_asked(case: FileCase) -> Iterator[Finding]:
    """Elements that rows are told apart by, which the sender can say where they are."""
    yield from _missing(case, "STR-036", is_key=True, is_asked=True)


def missing_columns(case: FileCase) -> Iterator[Finding]:
    """Other required elements that no column was read as; a correction may leave them out."""
    yield from _missing(case, "STR-024", is_key=False)


def unknown_columns(case: FileCase) -> Iterator[Finding]:
    """Columns that the model does not have, those aside that may be meant for an element, and those that are told as what the
    layout does not have."""
    suspects = {near.letter for missing in case.mapping.missing for near in (*missing.near, missing.garbled) if near}
    suspects |= {each for one in case.mapped.columns for each in one.letters}
    if case.shape is not None:
        suspects |= {letter(position) for position in (*case.shape.unread, *case.shape.new)}
    unknown = [
        column
        for column in case.mapping.columns
        if column.element is None and column.heading and column.letter not in suspects
    ]
    if unknown:
        told = ", ".join(column.heading for column in unknown)
        yield FINDINGS.found("STR-002", {"headings": told}, _at(case, *unknown))


HEADINGS = (
    Check("STR-001", SHEET, no_header),
    Check("STR-035", SHEET, undivided_header),
    Check("STR-010", HEADED, nameless_columns),
    Check("STR-007", HEADED, ambiguous_headings),
    Check("STR-006", HEADED, headings_without_accents),
    Check("STR-026", HEADED, garbled_headings),
    Check("STR-005", HEADED, nearly_right_headings),
    Check("STR-004", HEADED, missing_keys),
    Check("STR-036", HEADED, keys_asked),
    Check("STR-024", HEADED, missing_columns),
    Check("STR-002", HEADED, unknown_columns),
)


def _at(case: FileCase, *columns: MappedColumn) -> Sequence[Place]:
    row = case.mapping.header_row
    return [Place(case.sheet.name, row, column.letter, None, column.heading or None) for column in columns]


def _missing(case: FileCase, code: str, *, is_key: bool, is_asked: bool | None = None) -> Iterator[Finding]:
    for missing in case.mapping.missing:
        if is_asked is not None and (missing.element.name in case.mapped.elements_asked) is not is_asked:
            continue
        if not missing.near and missing.garbled is None and missing.element.is_key is is_key:
            place = Place(case.sheet.name, case.mapping.header_row, None, missing.element.name)
            yield FINDINGS.found(code, _named(missing), (place,))


def _label(case: FileCase, element: str) -> str:
    return case.expected.by_name[element].label or element


def _named(missing: Missing) -> dict[str, Param]:
    return {"element": missing.element.label or missing.element.name, "headings": missing.headings}
