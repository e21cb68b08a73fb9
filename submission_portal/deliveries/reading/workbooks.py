"""What a workbook is made of, before its values are read: sheets, formulas, comments, properties, pictures, programs.

Every part is looked through for identity numbers on the way. Reads the OOXML package itself (ECMA-376 part 1), since a
fast reader of values shows nothing of this.
"""

import posixpath
from dataclasses import dataclass, field

from registry.findings import Finding, Place, Severity
from submission_portal.deliveries.reading.archives import UnreadableError, parts
from submission_portal.deliveries.reading.csv_files import too_large
from submission_portal.deliveries.reading.identity_scan import IdentityScan, safe_names
from submission_portal.deliveries.reading.limits import Deadline, Limits
from submission_portal.deliveries.reading.sheets import column_of, letter
from submission_portal.deliveries.reading.worksheets import WorksheetFacts, worksheet_facts
from submission_portal.deliveries.reading.xml_parts import BrokenXmlError, Part, UnsafeXmlError, read_part

_PROPERTIES = ("creator", "lastModifiedBy", "Manager", "Company", "title", "subject", "description", "keywords")
_PERSONAL_PROPERTIES = ("creator", "lastModifiedBy", "Manager")
_PROGRAMS = ("vbaproject.bin", "xl/macrosheets/", "xl/embeddings/", "xl/activex/", "xl/externallinks/", "xl/ctrlprops/")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg")
_XML = (".xml", ".rels", ".vml", ".svg")


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


@dataclass(slots=True)
class _Package:
    """The small parts kept until the whole package has passed."""

    kept: dict[str, Part] = field(default_factory=dict)
    worksheets: dict[str, WorksheetFacts] = field(default_factory=dict)
    pictures: int = 0
    programs: list[str] = field(default_factory=list)


def workbook_facts(data: bytes, scan: IdentityScan, limits: Limits, deadline: Deadline) -> WorkbookFacts:
    """Read the package. Raises :class:`UnreadableError` for what no check can see through, and ``TookTooLongError``."""
    package = _Package()
    scan.raw(data, Place(field="file"))
    try:
        for name, content in parts(data, limits, deadline):
            scan.text(name, Place(field="part_name"))
            _take(package, name, content, scan, limits)
            deadline.check()
        return _assemble(package, scan)
    except UnsafeXmlError:
        raise UnreadableError(Finding("FIL-007", Severity.ERROR)) from None
    except (BrokenXmlError, UnicodeError, KeyError):
        raise UnreadableError(Finding("FIL-006", Severity.ERROR)) from None


def _take(package: _Package, name: str, content: bytes, scan: IdentityScan, limits: Limits) -> None:
    lower = name.casefold()
    if any(each in lower for each in _PROGRAMS):
        package.programs.append(name)
    if lower.endswith(_PICTURES) and lower.startswith("xl/"):
        package.pictures += 1
    if not lower.endswith(_XML):
        scan.raw(content, Place(field=_part_field(lower)))
        return
    if lower.startswith("xl/worksheets/") and "/_rels/" not in lower:
        facts = worksheet_facts(_as_utf8(content))
        if facts.last_row > limits.rows or facts.columns > limits.columns:
            raise UnreadableError(too_large(limits))
        if max(facts.cells, facts.last_row * facts.columns) > limits.cells:
            raise UnreadableError(too_large(limits))
        package.worksheets[name] = facts
        scan.text(facts.formula_texts, Place(field="formulas"))
        scan.text(read_part(facts.around).text, Place(field="sheet_settings"))
        return
    if lower == "xl/sharedstrings.xml":
        # Looked through after the cells, which can say their place.
        package.kept[name] = read_part(content)
        return
    part = read_part(content, _wanted(lower))
    if "/comments" not in lower and "/threadedcomments" not in lower:
        scan.text(part.text, Place(field=_part_field(lower)))
    package.kept[name] = part


def _assemble(package: _Package, scan: IdentityScan) -> WorkbookFacts:
    facts = WorkbookFacts(pictures=package.pictures, programs=package.programs)
    path, workbook = _workbook(package)
    relations = _relations(package, path)
    names = [element.attributes.get("name", "") for element in workbook.elements if element.name == "sheet"]
    shown = safe_names(names)
    told: set[str] = set()
    for element in workbook.elements:
        if element.name == "workbookPr" and element.attributes.get("date1904", "0") in ("1", "true"):
            facts.has_date_system_1904 = True
        if element.name != "sheet":
            continue
        name = element.attributes.get("name", "")
        facts.sheet_names.append(name)
        if element.attributes.get("state", "visible") != "visible":
            facts.hidden.add(name)
        target = relations.get(element.attributes.get("id", ""), ("", ""))[1]
        if target in package.worksheets:
            facts.worksheets[name] = package.worksheets[target]
        for kind, part_name in _relations(package, target).values():
            if kind.endswith(("/comments", "/threadedComment")) and part_name in package.kept:
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
    return facts


def _take_comments(facts: WorkbookFacts, part: Part, sheet: str, scan: IdentityScan) -> None:
    scan_before = len(scan.places)
    for element in part.elements:
        reference = element.attributes.get("ref", "")
        letters, digits = reference.rstrip("0123456789"), reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        is_cell = letters.isalpha() and digits.isdecimal()
        place = Place(
            sheet,
            int(digits) if is_cell else None,
            letter(column_of(letters)) if is_cell else None,
            field="comment",
        )
        scan.text(element.text, place)
        if is_cell:
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


def _as_utf8(content: bytes) -> bytes:
    """The part as UTF-8, which is what every spreadsheet program writes; UTF-16 is the other that OOXML allows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16").encode()
    content.decode("utf-8")
    return content
