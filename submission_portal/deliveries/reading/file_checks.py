"""Checks of the file as such: whether it can be read, and what is in it beside the cells. Pure."""

from collections.abc import Callable, Iterator
from itertools import islice

from registry.findings import Finding, Place, Text
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.file_kinds import unreadable_kind
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.needs import (
    ANSWERED,
    CLEAN,
    FIRST_LOOK,
    PACKED,
    READ,
    RECORDS,
    TEXT_FILE,
    WORKBOOK,
)
from submission_portal.deliveries.reading.older_encodings import CHOICES, NAMES

_PROPERTIES = {
    "creator": Text("författare", "author"),
    "lastModifiedBy": Text("senast ändrad av", "last changed by"),
    "Manager": Text("chef", "manager"),
}


def identity_numbers(case: FileCase) -> Iterator[Finding]:
    """Identity numbers anywhere in the file, or its name."""
    if case.scan.certain.places:
        yield FINDINGS.found("PER-001", case.scan.certain.params(), tuple(case.scan.certain.places))


def perhaps_identity_numbers(case: FileCase) -> Iterator[Finding]:
    """What may be identity numbers, and the sender has not said what it is instead."""
    if case.scan.doubtful.places and not case.scan.answer:
        yield FINDINGS.found("PER-002", case.scan.doubtful.params(), tuple(case.scan.doubtful.places))


def no_identity_numbers(case: FileCase) -> Iterator[Finding]:
    """What may be identity numbers, and what the sender says that it is instead."""
    params = {**case.scan.doubtful.params(), "reason": case.scan.answer or ""}
    yield FINDINGS.found("PER-003", params, tuple(case.scan.doubtful.places))


def nothing_in_it(case: FileCase) -> Iterator[Finding]:
    """No bytes, or nothing but spaces."""
    if case.is_blank:
        yield FINDINGS.found("FIL-001")


def too_many_bytes(case: FileCase) -> Iterator[Finding]:
    if case.is_too_large:
        yield FINDINGS.found("FIL-002", {"megabytes": case.way.limits.file_bytes // 1_000_000})


def another_kind(case: FileCase) -> Iterator[Finding]:
    """Of no kind that is read, or a workbook with a password."""
    if not case.is_of_a_kind_read:
        yield FINDINGS.found("FIL-004", unreadable_kind(case.kind))
    elif case.is_named_as_it_is:
        yield from why_unreadable("FIL-004")(case)


def another_name(case: FileCase) -> Iterator[Finding]:
    """A file that is called another kind than it is, as a text file a workbook."""
    if not case.is_named_as_it_is:
        yield FINDINGS.found("FIL-003", {"promised": case.promised, "found": case.kind})


def why_unreadable(code: str) -> Callable[[FileCase], Iterator[Finding]]:
    """A check that the file could not be read for this reason."""

    def run(case: FileCase) -> Iterator[Finding]:
        if isinstance(case.opened, Finding) and case.opened.code == code:
            yield case.opened

    return run


def no_sheet_with_content(case: FileCase) -> Iterator[Finding]:
    if not case.workbook.visible:
        yield FINDINGS.found("FIL-001")


def windows_encoding(case: FileCase) -> Iterator[Finding]:
    """Text that is no UTF-8."""
    if case.text_file.encoding == "windows-1252":
        yield FINDINGS.found("FIL-015")


def older_encoding(case: FileCase) -> Iterator[Finding]:
    """Text of DOS or of an older Macintosh."""
    if not case.is_encoding_asked and (name := NAMES.get(case.text_file.encoding)) is not None:
        yield FINDINGS.found("FIL-036", {"encoding": name})


def doubtful_encoding(case: FileCase) -> Iterator[Finding]:
    """Text in which nothing but the sender can say which letters were meant."""
    if case.is_encoding_asked:
        yield FINDINGS.found("FIL-037", {"encoding": CHOICES[case.text_file.encoding]})


def programs(case: FileCase) -> Iterator[Finding]:
    """Macros, embedded files, links to other workbooks."""
    if parts := case.workbook.facts.programs:
        yield FINDINGS.found("FIL-008", {"count_parts": len(parts)})


def pictures(case: FileCase) -> Iterator[Finding]:
    if count := case.workbook.facts.pictures:
        yield FINDINGS.found("FIL-013", {"pictures": count})


def hidden_sheets(case: FileCase) -> Iterator[Finding]:
    if hidden := case.workbook.hidden:
        yield FINDINGS.found("FIL-010", {}, tuple(Place(sheet.name) for sheet in hidden))


def comments(case: FileCase) -> Iterator[Finding]:
    if places := case.workbook.facts.comments:
        yield FINDINGS.found("FIL-014", {"count": len(places)}, tuple(islice(places, 200)))


def personal_properties(case: FileCase) -> Iterator[Finding]:
    """Properties of the workbook that name people."""
    if names := case.workbook.facts.personal_properties:
        named = [_PROPERTIES[name] for name in dict.fromkeys(names)]
        told = Text(", ".join(each.sv for each in named), ", ".join(each.en for each in named))
        yield FINDINGS.found("FIL-021", {"properties": told}, (Place(field="properties"),))


def several_sheets(case: FileCase) -> Iterator[Finding]:
    """Several sheets fit equally well."""
    if len(case.candidates) > 1:
        yield FINDINGS.found("FIL-020", {}, tuple(Place(sheet.name) for sheet in case.candidates))


_LOOK = (CLEAN, FIRST_LOOK)
_OF_WORKBOOKS = (*READ, WORKBOOK)

FILE = (
    Check("PER-001", (), identity_numbers),
    Check("PER-002", (), perhaps_identity_numbers),
    Check("PER-003", (ANSWERED,), no_identity_numbers),
    Check("FIL-001", (CLEAN,), nothing_in_it),
    Check("FIL-002", _LOOK, too_many_bytes),
    Check("FIL-004", _LOOK, another_kind),
    Check("FIL-003", _LOOK, another_name),
    *(Check(code, (*_LOOK, TEXT_FILE), why_unreadable(code)) for code in ("FIL-016", "FIL-023", "FIL-035")),
    *(
        Check(code, (*_LOOK, WORKBOOK), why_unreadable(code))
        for code in ("FIL-005", "FIL-006", "FIL-007", "FIL-030", "FIL-031")
    ),
    *(Check(code, (*_LOOK, PACKED), why_unreadable(code)) for code in ("FIL-005", "FIL-006")),
    *(
        Check(code, (*_LOOK, RECORDS), why_unreadable(code))
        for code in ("FIL-038", "FIL-039", "FIL-040", "FIL-041", "FIL-042", "FIL-006", "FIL-001", "FIL-023")
    ),
    Check("FIL-017", _LOOK, why_unreadable("FIL-017")),
    Check("FIL-015", (*READ, TEXT_FILE), windows_encoding),
    Check("FIL-036", (*READ, TEXT_FILE), older_encoding),
    Check("FIL-037", (*READ, TEXT_FILE), doubtful_encoding),
    Check("FIL-008", _OF_WORKBOOKS, programs),
    Check("FIL-013", _OF_WORKBOOKS, pictures),
    Check("FIL-010", _OF_WORKBOOKS, hidden_sheets),
    Check("FIL-014", _OF_WORKBOOKS, comments),
    Check("FIL-021", _OF_WORKBOOKS, personal_properties),
    Check("FIL-001", _OF_WORKBOOKS, no_sheet_with_content),
    Check("FIL-020", _OF_WORKBOOKS, several_sheets),
)
