"""Findings on the page about a delivery, each with its cells, its answers and what it still needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from information_models.definitions import LoadedModel
from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding, Severity
from registry.i18n import read
from registry.web.problems import readable
from submission_portal.deliveries.assessment.corrections import key_label
from submission_portal.deliveries.pages.answers import answer_told, said_in, said_of
from submission_portal.deliveries.pages.names import PLACES_SHOWN, cell_name, label_of
from submission_portal.deliveries.reading.date_order import TOLD
from submission_portal.deliveries.tables import Delivery

FEW_PLACES = 12
"""So many places without a corner of the sheet are listed; of what a replacement takes away and adds, `PLACES_SHOWN`."""

CELLS_SHOWN = 40
"""So many empty cells can be answered one by one on the page; more are answered together, or in the file."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with the cells behind it, the sender's answers or explanation, and what it still needs."""

    key: str
    code: str
    id: str
    text: ReadableFinding
    count: int
    needs: str
    corner: Mapping[str, Any] | None = None
    hits: frozenset[tuple[int, str]] = frozenset()
    numeric: frozenset[str] = frozenset()
    said: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """What was said about empty cells of the corner."""
    cells: tuple[tuple[str, int, str, str], ...] = ()
    """Empty cells to answer for: (element, row, name as ``D17``, answer given)."""
    element: str = ""
    label: str = ""
    """What the element is called."""
    answer: str = ""
    explanation: str = ""
    places: tuple[str, ...] = ()


def shown_finding(
    delivery: Delivery, loaded: LoadedModel, key: str, finding: Finding, needs: str, typed: Mapping[str, str]
) -> ShownFinding:
    """A stored finding as the page shows it; ``typed`` are explanations that could not be kept."""
    corner = delivery.assessment.get("corners", {}).get(key)
    count = int(finding.params.get("count", len(finding.places)))
    element = next((place.field for place in finding.places if place.field), "") or ""
    cells: tuple[tuple[str, int, str, str], ...] = ()
    if finding.code == "ROW-004" and count <= CELLS_SHOWN:
        given = delivery.answers.get(element, {})
        cells = tuple(
            (element, place.row, f"{place.column or ''}{place.row}", given.get(str(place.row), ""))
            for place in finding.places
            if place.row is not None
        )
    return ShownFinding(
        key=key,
        code=finding.code,
        id=f"fynd-{key.lower().replace('.', '-').replace('_', '-')}",
        text=_read_finding(finding),
        count=count,
        needs=needs,
        corner=corner,
        hits=_hits(corner),
        numeric=_numeric(delivery, loaded),
        said=said_in(delivery),
        cells=cells,
        element=element,
        label=label_of(loaded, element),
        answer=str(delivery.answers.get(element, {}).get("*", "")) if finding.code == "ROW-004" else "",
        explanation=typed.get(key) or str(delivery.explanations.get(key, "")),
        places=() if corner else listed_places(finding, loaded),
    )


def answered_cells(delivery: Delivery, loaded: LoadedModel) -> list[ShownFinding]:
    """Answers about empty cells and dates that were given: they are no findings any more, but they are what will be sent."""
    found = []
    for element, given in delivery.answers.items():
        key = f"ROW-004.{element}"
        if not given or element not in loaded.model.by_name:
            continue
        if any(one["key"] in (key, f"STR-015.{element}") for one in delivery.assessment.get("findings", ())):
            continue
        label = read(loaded.model.element(element).label)
        is_order = given.get("*", "") in TOLD
        title = _("Dates: %(label)s", label=label) if is_order else _("Empty cells: %(label)s", label=label)
        corner = delivery.assessment.get("corners", {}).get(key)
        cells = said_of(delivery, element)
        found.append(
            ShownFinding(
                key,
                "STR-015" if is_order else "ROW-004",
                f"svar-{element.replace('_', '-')}",
                ReadableFinding(
                    "STR-015" if is_order else "ROW-004",
                    Severity.INFO,
                    title,
                    answer_told(delivery, element, given),
                    "",
                    (),
                ),
                len(cells),
                "",
                corner=corner,
                numeric=_numeric(delivery, loaded),
                said=said_in(delivery),
                cells=tuple(
                    (element, row, cell_name(delivery, element, row), given.get(str(row), "")) for row, _word in cells
                )
                if len(cells) <= CELLS_SHOWN
                else (),
                element=element,
                label=label,
                answer=str(given.get("*", "")),
            )
        )
    return found


def listed_places(finding: Finding, loaded: LoadedModel) -> tuple[str, ...]:
    """The places of a finding in words; a row that the file lacks is named by its key."""
    shown = []
    for place in finding.places[: PLACES_SHOWN if finding.code.startswith("COR") else FEW_PLACES]:
        if place.key and place.row is None:
            shown.append(read(key_label(loaded, place.key)))
            continue
        where = [_("sheet %(name)s", name=place.sheet)] if place.sheet else []
        if place.column and place.row:
            where.append(_("cell %(cells)s", cells=f"{place.column}{place.row}"))
        elif place.row:
            where.append(_("row %(row)s", row=place.row))
        elif place.column:
            where.append(_("column %(letter)s", letter=place.column))
        text = ", ".join([*where, *([f"«{place.value}»" if where else place.value] if place.value else [])])
        shown.append(text[:1].upper() + text[1:])
    return tuple(one for one in shown if one)


def _read_finding(finding: Finding) -> ReadableFinding:
    """The finding in words; one that an earlier version of the registry made and whose text has changed is still shown."""
    try:
        return readable(finding)
    except KeyError:
        told: str = _("Found by an earlier version of the registry; the text for it has changed since.")
        return ReadableFinding(finding.code, finding.severity, finding.code, told, "", finding.places)


def _hits(corner: Mapping[str, Any] | None) -> frozenset[tuple[int, str]]:
    if not corner:
        return frozenset()
    found = set()
    for hit in corner["hits"]:
        letters = hit.rstrip("0123456789")
        found.add((int(hit[len(letters) :]), letters))
    return frozenset(found)


def _numeric(delivery: Delivery, loaded: LoadedModel) -> frozenset[str]:
    letters = delivery.reading.get("letters", {})
    return frozenset(letters[element.name] for element in loaded.model.values if element.name in letters)
