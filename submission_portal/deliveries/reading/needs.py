"""What the checks of a file can need: how far it could be read. Pure."""

from collections.abc import Sequence

from registry.findings import Finding, Text
from submission_portal.deliveries.checks import Need
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.packing import is_packed
from submission_portal.deliveries.reading.records import KINDS

WITHOUT_NUMBERS = Text("Körs när filen inte har några personnummer.", "Runs when the file holds no identity numbers.")
AFTER_FILE = Text("Körs när filen kan läsas.", "Runs when the file can be read.")
AFTER_CHOICE = Text("Körs när ni har valt blad.", "Runs when you have chosen a sheet.")
AFTER_HEADER = Text("Körs när rubrikraden är hittad.", "Runs when the header row is found.")
AFTER_COLUMNS = Text("Körs när kolumnerna är rätt.", "Runs when the columns are right.")


def _not_concerned(_case: FileCase) -> None:
    return None


def _holds_no_numbers(case: FileCase, _found: Sequence[Finding]) -> bool:
    return not case.scan.places


def _nothing_stops(_case: FileCase, found: Sequence[Finding]) -> bool:
    return not any(FINDINGS.of(finding).stops for finding in found)


def _is_one_sheet(case: FileCase, _found: Sequence[Finding]) -> bool:
    return len(case.candidates) == 1


def _no_sheet(case: FileCase) -> Text:
    return AFTER_CHOICE if case.candidates else AFTER_FILE


CLEAN = Need[FileCase](_holds_no_numbers, lambda _case: WITHOUT_NUMBERS)
"""No identity number was met."""
ANSWERED = Need[FileCase](lambda case, _found: bool(case.scan.doubtful.places and case.scan.answer), _not_concerned)
"""The sender has said what it is that may be identity numbers."""
FIRST_LOOK = Need[FileCase](_nothing_stops, lambda _case: AFTER_FILE)
"""Nothing that was found before stops the reading."""
OPENED = Need[FileCase](lambda case, _found: case.is_opened, lambda _case: AFTER_FILE)
TEXT_FILE = Need[FileCase](lambda case, _found: case.kind == "csv", _not_concerned)
WORKBOOK = Need[FileCase](lambda case, _found: case.kind == "xlsx", _not_concerned)
RECORDS = Need[FileCase](lambda case, _found: case.kind in KINDS, _not_concerned)
PACKED = Need[FileCase](lambda case, _found: is_packed(case.given), _not_concerned)
ONE_SHEET = Need[FileCase](_is_one_sheet, _no_sheet)
HEADER = Need[FileCase](lambda case, _found: case.header is not None, lambda _case: AFTER_HEADER)
RIGHT_COLUMNS = Need[FileCase](_nothing_stops, lambda _case: AFTER_COLUMNS)
"""Nothing that was found leaves it unknown what the cells are."""
SUMS_LEFT_OUT = Need[FileCase](lambda case, _found: case.expected.allows_sum_rows, _not_concerned)
SUMS_REFUSED = Need[FileCase](lambda case, _found: not case.expected.allows_sum_rows, _not_concerned)

READ = (CLEAN, OPENED)
SHEET = (*READ, ONE_SHEET)
HEADED = (*SHEET, HEADER)
CELLS = (*HEADED, RIGHT_COLUMNS)
