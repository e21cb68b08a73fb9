"""What the page about a delivery shows, put together from what is stored with it: plain values for the templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from information_models.definitions import LoadedModel
from registry.findings import Finding, ReadableFinding, Severity
from registry.i18n import current_language, read, show_figure, show_size
from registry.web.problems import readable
from submission_portal.deliveries.assessment import ANSWERS
from submission_portal.deliveries.corrections import key_label
from submission_portal.deliveries.lifecycle import STATE_LABELS, STATE_SIGNS, DeliveryState
from submission_portal.deliveries.reading.date_order import DAY_FIRST, MONTH_FIRST, TOLD
from submission_portal.deliveries.remaining import findings_of, remaining
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery

FEW_PLACES, PLACES_SHOWN = 12, 40
"""So many places without a corner of the sheet are listed; of what a replacement takes away and adds, more."""
CELLS_SHOWN = 40
"""So many empty cells can be answered one by one on the page; more are answered together, or in the file."""

REPLACED = ("COR-005", "COR-006", "COR-007", "COR-008")

StageRow = tuple[str, str, str, str]


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


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A large change beside the delivery before."""

    unit: str
    element: str
    where: str
    before: str
    now: str
    percent: str


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """Everything on the page about a delivery."""

    state_label: str
    state_sign: str
    stages: tuple[StageRow, ...]
    to_do: tuple[ShownFinding, ...]
    answered: tuple[ShownFinding, ...]
    said: tuple[ShownFinding, ...]
    changes: tuple[ChangeRow, ...]
    corrected: tuple[ChangeRow, ...]
    replaced: tuple[ShownFinding, ...] = ()
    """What a replacement takes away and adds, row by row."""
    preview: Mapping[str, Any] = field(default_factory=dict)
    sums: str = ""
    """The rows that were read as sums."""
    not_run: tuple[tuple[str, str], ...] = ()


def view_of(delivery: Delivery, loaded: LoadedModel, typed: Mapping[str, str] | None = None) -> DeliveryView:
    """The page's values in the reader's language.

    ``typed`` are explanations that were written but could not be kept, by finding key: they are shown again.
    """
    left = {one.key: one.needs for one in remaining(delivery.assessment, delivery.explanations)}
    shown = [
        _shown(delivery, loaded, key, finding, left.get(key, ""), typed or {})
        for key, finding in findings_of(delivery.assessment)
    ]
    earlier_changes = delivery.assessment.get("changes", ())
    answered = [one for one in shown if not one.needs and one.text.severity is not Severity.INFO]
    answered += _answered_cells(delivery, loaded)
    return DeliveryView(
        state_label=read(STATE_LABELS[DeliveryState(delivery.state)]),
        state_sign=STATE_SIGNS[DeliveryState(delivery.state)],
        stages=tuple(stage_rows(delivery)),
        to_do=tuple(one for one in shown if one.needs),
        answered=tuple(answered),
        said=tuple(one for one in shown if not one.needs and one.text.severity is Severity.INFO),
        changes=tuple(_change(delivery, loaded, each) for each in earlier_changes),
        corrected=tuple(_corrected(delivery, loaded, each) for each in delivery.assessment.get("corrected", ())),
        replaced=tuple(one for one in shown if one.code in REPLACED),
        preview=delivery.reading.get("preview", {}),
        sums=sums_read(delivery.reading.get("preview", {})),
        not_run=tuple(
            (read(one["what"]), read(one["why"]))
            for stage in delivery.assessment.get("stages", ())
            for one in stage["not_run"]
            if stage["status"] != "idle"
        ),
    )


def period_label(delivery: Delivery) -> str:
    """The period in words, empty where it is not known yet."""
    return span_label(delivery.period, current_language())


def stage_names() -> dict[str, str]:
    """What the stages are called."""
    return {
        "file": _("File"),
        "structure": _("Structure"),
        "rows": _("Rows"),
        "consistency": _("Consistency"),
        "history": _("History"),
        "law": _("Law"),
    }


def stage_rows(delivery: Delivery) -> list[StageRow]:
    """(name, status kind, status word, text) of each stage."""
    names = stage_names()
    words = {
        "ok": _("Approved"),
        "warn": _("Warning"),
        "stop": _("Stops"),
        "idle": _("Not run"),
        "info": _("For information"),
    }
    rows = []
    for stage in delivery.assessment.get("stages", ()):
        status = stage["status"]
        if status == "idle":
            text = " ".join(read(one["why"]) for one in stage["not_run"])
        else:
            text = _STAGE_TEXTS[stage["name"]](delivery, stage)
        rows.append((names[stage["name"]], status, words[status], text))
    return rows


def _file_text(delivery: Delivery, _stage: Mapping[str, Any]) -> str:
    preview = delivery.reading.get("preview", {})
    parts = [str(preview.get("file_kind", "")).upper(), show_size(delivery.file_size)]
    if preview.get("encoding"):
        parts.append(str(preview["encoding"]).removesuffix("-sig").upper())
    if preview.get("sheet"):
        parts.append(_("sheet %(name)s", name=preview["sheet"]))
    told: str = _("No identity numbers were found anywhere in it.")
    return ", ".join(part for part in parts if part) + ". " + told


def _structure_text(delivery: Delivery, _stage: Mapping[str, Any]) -> str:
    preview = delivery.reading.get("preview", {})
    columns = preview.get("columns", [])
    known = sum(1 for column in columns if column["element"])
    text: str = _("%(known)s of %(all)s columns were recognised.", known=known, all=len(columns))
    if preview.get("header_row"):
        text += " " + _("The headings are in row %(row)s.", row=preview["header_row"])
    for name, words in (
        ("sum_rows", _("Read as sums: row %(rows)s.", rows=sums_read(preview))),
        ("note_rows", _("Read as notes: row %(rows)s.", rows=_rows(preview.get("note_rows", [])))),
    ):
        if preview.get(name):
            text += " " + words
    return text


def _rows_text(delivery: Delivery, stage: Mapping[str, Any]) -> str:
    count = stage["facts"].get("rows", delivery.row_count)
    text: str = ngettext("One row was read.", "%(figure)s rows were read.", count, figure=show_figure(count))
    checks: str = ngettext("One check ran.", "%(num)d checks ran.", stage["ran"])
    return f"{text} {checks}"


def _consistency_text(_delivery: Delivery, stage: Mapping[str, Any]) -> str:
    text: str = ngettext("One check ran", "%(num)d checks ran", stage["ran"])
    examples = [read(each) for each in stage["examples"]][:2]
    if examples:
        text += _(", for example: %(what)s", what="; ".join(examples))
    return text + "."


def _history_text(delivery: Delivery, stage: Mapping[str, Any]) -> str:
    parts = []
    if delivery.correction_kind == "replacement":
        parts.append(_("Compared with the delivery that it replaces."))
    elif delivery.correction_kind:
        parts.append(_("Compared with the delivery that it corrects."))
    if stage["facts"].get("period"):
        parts.append(_("Compared with %(period)s.", period=span_label(stage["facts"]["period"], current_language())))
    return " ".join(parts)


def _law_text(delivery: Delivery, stage: Mapping[str, Any]) -> str:
    persons = int(stage["facts"].get("persons", 0))
    text: str = (
        ngettext("One element concerns persons.", "%(num)d elements concern persons.", persons)
        if persons
        else _("No element concerns persons.")
    )
    if delivery.state == DeliveryState.CHECKED:
        text += " " + _("The region's disclosing officer decides next.")
    return text


_STAGE_TEXTS = {
    "file": _file_text,
    "structure": _structure_text,
    "rows": _rows_text,
    "consistency": _consistency_text,
    "history": _history_text,
    "law": _law_text,
}


def sums_read(preview: Mapping[str, Any]) -> str:
    """The rows that were read as sums, with what they call themselves."""
    numbers = preview.get("sum_rows", [])
    texts = preview.get("sum_texts") or [""] * len(numbers)
    return _rows([f"{row} ({text})" if text else str(row) for row, text in zip(numbers, texts, strict=False)])


def _rows(numbers: Sequence[int | str]) -> str:
    shown = ", ".join(map(str, numbers[:8]))
    return shown + (" …" if len(numbers) > 8 else "")


def _shown(
    delivery: Delivery, loaded: LoadedModel, key: str, finding: Finding, needs: str, typed: Mapping[str, str]
) -> ShownFinding:
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
        said=_said(delivery),
        cells=cells,
        element=element,
        label=_label(loaded, element),
        answer=str(delivery.answers.get(element, {}).get("*", "")) if finding.code == "ROW-004" else "",
        explanation=typed.get(key) or str(delivery.explanations.get(key, "")),
        places=() if corner else listed_places(finding, loaded),
    )


def _read_finding(finding: Finding) -> ReadableFinding:
    """The finding in words; one that an earlier version of the registry made and whose text has changed is still shown."""
    try:
        return readable(finding)
    except KeyError:
        told: str = _("Found by an earlier version of the registry; the text for it has changed since.")
        return ReadableFinding(finding.code, finding.severity, finding.code, told, "", finding.places)


def _answered_cells(delivery: Delivery, loaded: LoadedModel) -> list[ShownFinding]:
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
        cells = _said_of(delivery, element)
        found.append(
            ShownFinding(
                key,
                "STR-015" if is_order else "ROW-004",
                f"svar-{element.replace('_', '-')}",
                ReadableFinding(
                    "STR-015" if is_order else "ROW-004",
                    Severity.INFO,
                    title,
                    _answer_words(delivery, element, given),
                    "",
                    (),
                ),
                len(cells),
                "",
                corner=corner,
                numeric=_numeric(delivery, loaded),
                said=_said(delivery),
                cells=tuple(
                    (element, row, _cell(delivery, element, row), given.get(str(row), "")) for row, _word in cells
                )
                if len(cells) <= CELLS_SHOWN
                else (),
                element=element,
                label=label,
                answer=str(given.get("*", "")),
            )
        )
    return found


def _answer_words(delivery: Delivery, element: str, given: Mapping[str, str]) -> str:
    """What was answered, cell by cell as far as the cells are known."""
    words = answer_words()
    cells = _said_of(delivery, element)
    by_word: dict[str, list[str]] = {}
    for row, word in cells[:PLACES_SHOWN]:
        by_word.setdefault(word, []).append(_cell(delivery, element, row))
    if by_word:
        parts = [f"{', '.join(names)}: {words[word]}" for word, names in by_word.items()]
        more = (
            [_("and %(count)s more", count=show_figure(len(cells) - PLACES_SHOWN))] if len(cells) > PLACES_SHOWN else []
        )
        return "; ".join([*parts, *more])
    return "; ".join(
        _("row %(row)s: %(word)s", row=row, word=words[word]) if row != "*" else _("all: %(word)s", word=words[word])
        for row, word in sorted(given.items())
    )


def answer_words() -> dict[str, str]:
    """What may be answered about a cell, in words: none of them looks like another, or like an empty cell."""
    return {
        "closed": _("closed"),
        "not_reported": _("not reported"),
        "zero": _("zero, observed"),
        DAY_FIRST: _("day, month, year"),
        MONTH_FIRST: _("month, day, year"),
    }


def _said_of(delivery: Delivery, element: str) -> list[tuple[int, str]]:
    by_text = {text: word for word, text in ANSWERS.items()}
    found = [one for one in delivery.assessment.get("said", ()) if one["element"] == element]
    return [(int(row), by_text[text]) for one in found for row, text in one["cells"]]


def _said(delivery: Delivery) -> Mapping[tuple[int, str], str]:
    """By row and column letter what was said about an empty cell."""
    words, letters = answer_words(), delivery.reading.get("letters", {})
    return {
        (row, letters[one["element"]]): words[word]
        for one in delivery.assessment.get("said", ())
        if one["element"] in letters
        for row, word in _said_of(delivery, one["element"])
    }


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


def _change(delivery: Delivery, loaded: LoadedModel, each: Mapping[str, Any]) -> ChangeRow:
    return ChangeRow(
        unit=", ".join(each["unit"]),
        element=_label(loaded, each["element"]),
        where=_cell(delivery, each["element"], each["row"]),
        before=show_figure(each["before"]),
        now=show_figure(each["now"]),
        percent=f"{show_figure(each['percent'])} %" if each["percent"] else "–",
    )


def _corrected(delivery: Delivery, loaded: LoadedModel, each: Mapping[str, Any]) -> ChangeRow:
    return ChangeRow(
        unit=_row_label(delivery, each["row"]),
        element=_label(loaded, each["element"]),
        where=_cell(delivery, each["element"], each["row"]),
        before=_value(loaded, each["element"], each["before"]),
        now=_value(loaded, each["element"], each["now"]),
        percent="",
    )


def _value(loaded: LoadedModel, element: str, value: str) -> str:
    """A value before or after a correction: a figure as short as it can be written, or why there is none."""
    found = {text: word for word, text in ANSWERS.items()}.get(value)
    if found in ("closed", "not_reported"):
        return answer_words()[found]
    if element in loaded.model.by_name and loaded.model.element(element).is_number:
        return show_figure(value.rstrip("0").rstrip(".") if "." in value else value)
    return value


def _row_label(delivery: Delivery, row: int) -> str:
    corners = delivery.assessment.get("corners", {})
    corner = corners.get("COR-001") or corners.get("COR-009") or {}
    for one in corner.get("rows", ()):
        if one["row"] == row:
            return ", ".join(cell for cell in one["cells"][:2] if cell)
    told: str = _("row %(row)s", row=row)
    return told


def _label(loaded: LoadedModel, element: str) -> str:
    return read(loaded.model.element(element).label) if element in loaded.model.by_name else element


def _cell(delivery: Delivery, element: str, row: int) -> str:
    return f"{delivery.reading.get('letters', {}).get(element, '')}{row}"
