"""What a workbook is made of, before its values are read: sheets, formulas, comments, properties, pictures, programs.

Every part is looked through for identity numbers on the way. Reads the OOXML package itself (ECMA-376 part 1), since a
fast reader of values shows nothing of this.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.findings import Place
from submission_portal.deliveries.reading.archives import UnreadableError, parts
from submission_portal.deliveries.reading.damaged import DamagedError, Fault
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED
from submission_portal.deliveries.reading.identity_scan import IdentityScan, safe_names
from submission_portal.deliveries.reading.limits import STEP, Limits, Progress, Unpacked, no_progress
from submission_portal.deliveries.reading.plain_workbooks import PlainWorkbook, plain_formats, plain_texts
from submission_portal.deliveries.reading.sheet_bounds import MOST_COLUMNS, area_at, cell_at
from submission_portal.deliveries.reading.sheets import letter
from submission_portal.deliveries.reading.sizes import Size, too_large
from submission_portal.deliveries.reading.worksheets import Worksheet, worksheet
from submission_portal.deliveries.reading.xml_parts import (
    BrokenXmlError,
    Part,
    StrangeEncodingError,
    UnsafeXmlError,
    read_part,
)

_PROPERTIES = ("creator", "lastModifiedBy", "Manager", "Company", "title", "subject", "description", "keywords")
_PERSONAL_PROPERTIES = ("creator", "lastModifiedBy", "Manager")
_PROGRAMS = ("vbaproject.bin", "xl/macrosheets/", "xl/embeddings/", "xl/activex/", "xl/externallinks/", "xl/ctrlprops/")
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How archives and older documents begin; what is in them is not looked through."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg")
_XML = (".xml", ".rels", ".vml", ".svg")
LONGEST_NAME = 255
"""Of a sheet; Excel allows 31 characters. It is part of every place that is told."""
MOST_HIDDEN_TOGETHER = 200
"""Everything to the right of a sheet is often hidden as one block; it holds nothing."""


@dataclass(frozen=True, slots=True)
class WorksheetFacts:
    """What is in a worksheet besides its values, and where its values are in `WorkbookFacts.plain`.

    Rows and columns from 1 as the sender sees them, except in ``formulas`` and ``errors``: (row from 1, column from 0).
    """

    place: int
    cells: int
    formulas: frozenset[tuple[int, int]]
    errors: Mapping[tuple[int, int], str]
    """Cells that hold an error, such as ``#DIV/0!``, and what they say."""
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    merged: tuple[tuple[int, int, int, int], ...]
    """Merged areas as (first row, first column from 0, last row, last column)."""


@dataclass(slots=True)
class WorkbookFacts:
    """The sheets in the workbook's order and what else was met."""

    sheet_names: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    worksheets: dict[str, WorksheetFacts] = field(default_factory=dict)
    """By sheet name."""
    comments: dict[Place, None] = field(default_factory=dict)
    """In the order in which they were met."""
    personal_properties: list[str] = field(default_factory=list)
    pictures: int = 0
    programs: list[str] = field(default_factory=list)
    has_date_system_1904: bool = False
    shared_text: str = ""
    """The texts that cells share, those that no cell shows any more included."""
    plain: bytes = b""
    """The workbook as it was written anew (`plain_workbooks`)."""
    unnamed: tuple[WorksheetFacts, ...] = ()
    """Worksheets that are in the package but not among the workbook's sheets."""


@dataclass(slots=True)
class _Package:
    """The small parts kept until the whole package has passed."""

    progress: Progress
    kept: dict[str, Part] = field(default_factory=dict)
    plain: PlainWorkbook = field(default_factory=PlainWorkbook)
    texts: bytes = b""
    formats: str = ""
    tags: int = 0
    worksheets: dict[str, WorksheetFacts] = field(default_factory=dict)
    pictures: int = 0
    programs: list[str] = field(default_factory=list)


def workbook_facts(
    data: bytes, scan: IdentityScan, limits: Limits, unpacked: Unpacked, progress: Progress = no_progress
) -> WorkbookFacts:
    """Read the package. Raises :class:`UnreadableError` for what no check can see through."""
    package = _Package(progress)
    scan.raw(data, Place(field="file"))
    try:
        for name, content in parts(data, limits, unpacked):
            scan.text(name, Place(field="part_name"))
            _take(package, name, content, scan, limits)
        return _assemble(package, scan)
    except UnsafeXmlError:
        raise UnreadableError(FINDINGS.found("FIL-007")) from None
    except StrangeEncodingError:
        raise UnreadableError(FINDINGS.found("FIL-031")) from None
    except DamagedError as error:
        raise UnreadableError(error.finding()) from None
    except (BrokenXmlError, UnicodeError, KeyError):
        raise UnreadableError(FINDINGS.found("FIL-006")) from None


def _take(package: _Package, name: str, content: bytes, scan: IdentityScan, limits: Limits) -> None:
    lower = name.casefold()
    if any(each in lower for each in _PROGRAMS) or content.startswith(_CONTAINERS):
        package.programs.append(name)
    if lower.endswith(_PICTURES) and lower.startswith("xl/"):
        package.pictures += 1
    if not lower.endswith(_XML):
        scan.raw(content, Place(field=_part_field(lower)))
        return
    if lower.startswith("xl/worksheets/") and "/_rels/" not in lower:
        _take_worksheet(package, name, content, scan, limits)
        return
    _count_tags(package, content, limits)
    if lower == "xl/sharedstrings.xml":
        # Looked through after the cells, which can say their place.
        package.texts = plain_texts(content)
        package.kept[name] = read_part(content)
        return
    if lower == "xl/styles.xml":
        package.formats = plain_formats(content)
    part = read_part(content, _wanted(lower))
    if "/comments" not in lower and "/threadedcomments" not in lower:
        scan.text(part.text, Place(field=_part_field(lower)))
    package.kept[name] = part


def _take_worksheet(package: _Package, name: str, content: bytes, scan: IdentityScan, limits: Limits) -> None:
    told = 0

    def check(sheet: Worksheet) -> None:
        nonlocal told
        if (
            sheet.last_row > min(limits.rows, limits.odd_rows) + HEADER_SEARCHED
            or sheet.columns > limits.columns
            or sheet.last_row * sheet.columns > min(limits.cells, limits.odd_cells)
        ):
            is_wide = sheet.columns > limits.columns
            passed = Place(row=sheet.last_row, column=letter(sheet.columns - 1) if is_wide else None)
            raise UnreadableError(too_large(limits, Size(sheet.last_row, sheet.columns, is_whole=False), passed))
        if sheet.last_row - told >= STEP:
            told = sheet.last_row
            package.progress("file", told, 0)

    def count_tags(content: bytes) -> None:
        _count_tags(package, content, limits)

    sheet = worksheet(content, check, count_tags)
    around = read_part(sheet.around, ("col", "mergeCell"))
    scan.text("\x1f".join(text.decode("utf-8", "replace") for text in sheet.formula_texts), Place(field="formulas"))
    scan.text(around.text, Place(field="sheet_settings"))
    package.worksheets[name] = WorksheetFacts(
        place=package.plain.add_sheet(sheet.rows),
        cells=sheet.last_row * sheet.columns,
        formulas=frozenset(sheet.formulas),
        errors=sheet.errors,
        hidden_rows=tuple(sheet.hidden_rows),
        hidden_columns=_hidden_columns(around),
        merged=_merged(around),
    )


def _count_tags(package: _Package, content: bytes, limits: Limits) -> None:
    """Refuse more tags than any workbook within the limits has, before a parser has to take them one by one."""
    package.tags += content.count(b"<")
    if package.tags > limits.tags:
        raise UnreadableError(too_large(limits))


def _hidden_columns(around: Part) -> tuple[int, ...]:
    columns: list[int] = []
    for element in around.elements:
        told = element.attributes
        if element.name == "col" and told.get("hidden") in ("1", "true"):
            first, last = _number(told.get("min")), _number(told.get("max"))
            if first and last and first <= MOST_COLUMNS:
                columns += range(first, min(last, first + MOST_HIDDEN_TOGETHER) + 1)
    return tuple(dict.fromkeys(columns))


def _merged(around: Part) -> tuple[tuple[int, int, int, int], ...]:
    merged = []
    for element in around.elements:
        if element.name == "mergeCell":
            area = area_at(element.attributes.get("ref", ""))
            if area is None:
                raise DamagedError(Fault.BOUNDS)
            merged.append(area)
    return tuple(merged)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _assemble(package: _Package, scan: IdentityScan) -> WorkbookFacts:
    facts = WorkbookFacts(pictures=package.pictures, programs=package.programs)
    path, workbook = _workbook(package)
    relations = _relations(package, path)
    names = [element.attributes.get("name", "") for element in workbook.elements if element.name == "sheet"]
    shown = safe_names(names)
    told: set[str] = set()
    taken: set[str] = set()
    known_names: set[str] = set()
    for element in workbook.elements:
        if element.name == "workbookPr" and element.attributes.get("date1904", "0") in ("1", "true"):
            facts.has_date_system_1904 = True
        if element.name != "sheet":
            continue
        name = element.attributes.get("name", "")
        if name in known_names or len(name) > LONGEST_NAME:
            raise DamagedError(Fault.NAMES)
        known_names.add(name)
        facts.sheet_names.append(name)
        if element.attributes.get("state", "visible") != "visible":
            facts.hidden.add(name)
        kind, target = relations.get(element.attributes.get("id", ""), ("/worksheet", ""))
        if target in taken:
            raise DamagedError(Fault.SHARED)  # read once for each name, a small part would be a large workbook
        taken.add(target)
        if target in package.worksheets:
            facts.worksheets[name] = package.worksheets[target]
        elif kind.endswith("/worksheet"):
            raise DamagedError(Fault.PART)
        for kind, part_name in _relations(package, target).values() if target else ():
            if kind.endswith(("/comments", "/threadedComment")) and part_name in package.kept and part_name not in told:
                _take_comments(facts, package.kept[part_name], shown[name], scan)
                told.add(part_name)
    for part_name, part in package.kept.items():
        if part_name.casefold().startswith("docprops/"):
            facts.personal_properties += [
                element.name
                for element in part.elements
                if element.name in _PERSONAL_PROPERTIES and element.text.strip()
            ]
        elif "comments" in part_name.casefold() and part_name not in told:
            # Comments that no sheet points at any more are still in the file.
            scan.text(part.text, Place(field="comment"))
        elif part_name.casefold() == "xl/sharedstrings.xml":
            facts.shared_text = part.text
    named = {sheet.place for sheet in facts.worksheets.values()}
    facts.unnamed = tuple(sheet for sheet in package.worksheets.values() if sheet.place not in named)
    facts.plain = package.plain.packed(package.texts, package.formats, has_date_system_1904=facts.has_date_system_1904)
    return facts


def _take_comments(facts: WorkbookFacts, part: Part, sheet: str, scan: IdentityScan) -> None:
    scan_before = len(scan.places)
    for element in part.elements:
        at = cell_at(element.attributes.get("ref", ""))
        place = Place(sheet, at[0] if at else None, letter(at[1]) if at else None, field="comment")
        scan.text(element.text, place)
        if at:
            facts.comments[place] = None
    if len(scan.places) == scan_before:
        scan.text(part.text, Place(sheet, field="comment"))


def _workbook(package: _Package) -> tuple[str, Part]:
    for kind, target in _relations(package, "").values():
        if kind.endswith("/officeDocument") and target in package.kept:
            return target, package.kept[target]
    return "xl/workbook.xml", package.kept["xl/workbook.xml"]


def _relations(package: _Package, path: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (type, target path) of a part; ``""`` is the package itself."""
    folder, _, file = path.rpartition("/")
    part = package.kept.get(f"{folder}/_rels/{file}.rels" if path else "_rels/.rels")
    if part is None:
        return {}
    found = {}
    for element in part.elements:
        target = element.attributes.get("Target", "")
        absolute = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.attributes.get("Id", "")] = (element.attributes.get("Type", ""), absolute)
    return found


def _wanted(lower: str) -> tuple[str, ...]:
    if lower.endswith(".rels"):
        return ("Relationship",)
    if lower.startswith("docprops/"):
        return _PROPERTIES
    if "comments" in lower:
        return ("comment", "threadedComment")
    return ("sheet", "workbookPr") if lower.endswith("workbook.xml") else ()


def _part_field(lower: str) -> str:
    """What a part is called to the sender, as a code that the page puts into words."""
    for beginning, word in (
        ("docprops/", "properties"),
        ("xl/workbook", "defined_names"),
        ("xl/comments", "comment"),
        ("xl/threadedcomments", "comment"),
        ("xl/sharedstrings", "shared_strings"),
        ("xl/pivotcache", "pivot_cache"),
        ("xl/drawings", "drawings"),
        ("xl/media", "pictures"),
    ):
        if lower.startswith(beginning):
            return word
    return "other_parts"
