"""Findings on the page about a delivery, each with its cells, its answers and what it still needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from information_models.definitions import LoadedModel
from registry.finding_catalogue import OF_AN_EARLIER_VERSION, AnswerKind, Evidence, FindingEntry, ReadableFinding, Stage
from registry.findings import Finding, Severity
from registry.i18n import read, show_figure
from registry.web.problems import readable
from submission_portal.deliveries.assessment.corners import HITS
from submission_portal.deliveries.assessment.corrections import key_label
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.pages.answers import answer_told, said_in, said_of
from submission_portal.deliveries.pages.choices import Choice
from submission_portal.deliveries.pages.gaps import GapQuestion, gap_question, gaps_answered, gaps_asked, gaps_told
from submission_portal.deliveries.pages.kept_explanations import Kept, ShownExplanation, shown_explanations
from submission_portal.deliveries.pages.names import PLACES_SHOWN, cell_name, label_of, row_of
from submission_portal.deliveries.reading.date_order import TOLD
from submission_portal.deliveries.reading.sheets import Corner
from submission_portal.deliveries.tables import Delivery

FEW_PLACES = 12
"""So many places without a corner of the sheet are listed; of what a replacement takes away and adds, `PLACES_SHOWN`."""

SECTIONS = {AnswerKind.SHEET: "blad", AnswerKind.ENCODING: "teckenkodning", AnswerKind.LAYOUT: "kolumner"}
"""The ids of the sections in which a file is read otherwise."""

ASKED_OF_COLUMNS = (FINDINGS.asking(AnswerKind.CLOSED_OR_NOT_REPORTED), FINDINGS.asking(AnswerKind.DATE_ORDER))
"""What is asked about all cells of a column: what empty ones mean, and in which order dates are written."""

ASKED_OF_GAPS = {
    entry.stage is Stage.CONSISTENCY: entry
    for entry in reversed(tuple(FINDINGS))
    if entry.answer is AnswerKind.CLOSED_NOT_REPORTED_OR_ENDED
}
"""What is asked about periods without rows: within a unit's own first and last, or not."""

CELLS_SHOWN = 40
"""So many empty cells can be answered one by one on the page; more are answered together, or in the file."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with the cells behind it, the sender's answers or explanation, and what it still needs."""

    key: str
    entry: FindingEntry
    """What the catalogue says of its code: what is asked, how its evidence is shown."""
    id: str
    text: ReadableFinding
    count: int
    needs: str
    corner: Corner | None = None
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
    choices: tuple[Choice, ...] = ()
    """What empty cells may mean."""
    gaps: GapQuestion | None = None
    """Periods without rows to answer for."""
    explanation: str = ""
    places: tuple[str, ...] = ()
    offered: tuple[ShownExplanation, ...] = ()
    """Explanations that were kept for its rule and units."""
    cited: tuple[ShownExplanation, ...] = ()
    """Those that its own is made of."""
    may_be_kept: bool = False
    rows: tuple[int, ...] = ()
    """The rows in the corner that the finding is about; the others stand around them."""

    @property
    def count_words(self) -> str | None:
        """How many cells or places, in words."""
        if not self.count:
            return None
        figure = show_figure(self.count)
        asks_of_cells = self.entry.answer is AnswerKind.CLOSED_OR_NOT_REPORTED
        if asks_of_cells or self.entry.evidence is Evidence.CHANGES:
            words: str = ngettext("one cell", "%(figure)s cells", self.count, figure=figure)
            return words
        if self.gaps is not None:
            of_gaps: str = ngettext("one gap", "%(figure)s gaps", self.count, figure=figure)
            return of_gaps
        return self.places_words

    @property
    def places_words(self) -> str | None:
        """How many places, in words."""
        if not self.count:
            return None
        words: str = ngettext("one place", "%(figure)s places", self.count, figure=show_figure(self.count))
        return words

    @property
    def target(self) -> str:
        """The id on the page of where it is dealt with."""
        return SECTIONS.get(self.entry.answer, self.id)

    @property
    def task(self) -> str:
        """What is left to do, as a line of a list."""
        if self.entry.answer is AnswerKind.CLOSED_OR_NOT_REPORTED:
            figure = show_figure(self.count)
            say: str = ngettext(
                "Say what one empty cell means", "Say what %(figure)s empty cells mean", self.count, figure=figure
            )
            return f"{say}: {self.label}"
        if self.gaps is not None:
            asked: str = ngettext(
                "Say why rows are missing: one gap", "Say why rows are missing: %(figure)s gaps", self.count,
                figure=show_figure(self.count),
            )  # fmt: skip
            return asked
        if self.entry.answer is AnswerKind.LAYOUT:
            return self.text.title
        if self.entry.answer is AnswerKind.SHEET or self.needs == "answer":
            verb = _("Choose")
        else:
            verb = _("Explain") if self.needs == "explain" else _("Mend")
        return f"{verb}: {self.text.title}"

    @property
    def is_answered_by_cell(self) -> bool:
        """Whether some cell has an answer of its own."""
        return any(given for _element, _row, _name, given in self.cells)

    @property
    def corner_rows(self) -> list[tuple[int, Sequence[str]]]:
        """The corner's row numbers, each with its cells."""
        return list(self.corner.rows) if self.corner else []

    @property
    def corner_caption(self) -> str:
        """Which sheet and cells the corner shows, and how many more cells the finding is about."""
        if not self.corner:
            return ""
        hits = self.corner.hits or self.rows
        named = ", ".join(map(str, hits))
        where = _("cell %(cells)s", cells=named) if self.corner.hits else _("row %(rows)s", rows=named)
        sheet = _("Sheet %(name)s", name=self.corner.sheet) + ", " if self.corner.sheet else ""
        more = _("and %(count)s more", count=show_figure(self.count - len(hits))) if self.count > len(hits) > 0 else ""
        caption = f"{sheet}{where} {more}".rstrip()
        return caption[:1].upper() + caption[1:]


def shown_finding(
    delivery: Delivery,
    loaded: LoadedModel,
    key: str,
    finding: Finding,
    needs: str,
    typed: Mapping[str, str],
    kept: Kept,
) -> ShownFinding:
    """A stored finding as the page shows it; ``typed`` are explanations that could not be kept."""
    corner = delivery.assessment.corners.get(key)
    count = finding.count
    element = next((place.field for place in finding.places if place.field), "") or ""
    cells: tuple[tuple[str, int, str, str], ...] = ()
    entry = FINDINGS.stored(finding)
    asks_of_cells = entry.answer is AnswerKind.CLOSED_OR_NOT_REPORTED
    asks_of_gaps = entry.answer is AnswerKind.CLOSED_NOT_REPORTED_OR_ENDED
    if asks_of_cells and count <= CELLS_SHOWN:
        given = delivery.answers.get(element, {})
        cells = tuple(
            (element, row, f"{place.column or ''}{place.row}", given.get(str(row), ""))
            for place in finding.places
            if (row := row_of(delivery, element, place)) is not None
        )
    return ShownFinding(
        key=key,
        entry=entry,
        id=f"fynd-{key.lower().replace('.', '-').replace('_', '-')}",
        text=read_finding(finding),
        count=count,
        needs=needs,
        corner=corner,
        hits=_hits(corner),
        numeric=_numeric(delivery, loaded),
        said=said_in(delivery),
        cells=cells,
        element=element,
        label=label_of(loaded, element),
        answer=str(delivery.answers.get(element, {}).get("*", "")) if asks_of_cells else "",
        choices=meanings_of_empty_cells() if asks_of_cells else (),
        gaps=gap_question(delivery, gaps_asked(delivery, is_within=entry.stage is Stage.CONSISTENCY), count)
        if asks_of_gaps
        else None,
        explanation=typed.get(key)
        or str(delivery.explanations.get(key, "") or (delivery.assessment.lapsed.get(key, "") if needs else "")),
        places=() if corner or asks_of_gaps else listed_places(finding, loaded),
        rows=tuple(place.row for place in finding.places if place.row is not None)[:HITS],
        offered=shown_explanations(loaded, kept.offered.get(key, ()), delivery.cited.get(key, ())),
        cited=shown_explanations(loaded, kept.cited.get(key, ())),
        may_be_kept=key in kept.may_be_kept,
    )


def meanings_of_empty_cells() -> tuple[Choice, ...]:
    """What an empty cell may mean."""
    return (
        Choice("closed", _("Closed"), _("The unit had no open beds.")),
        Choice("not_reported", _("Not reported"), _("There were beds, but the number is not known.")),
        Choice("zero", _("Zero, observed"), _("Counted, and the number was zero.")),
    )


def answered_cells(delivery: Delivery, loaded: LoadedModel) -> list[ShownFinding]:
    """Answers about empty cells and dates that were given: they are no findings any more, but they are what will be sent."""
    found = []
    for element, given in delivery.answers.items():
        if not given or element not in loaded.model.by_name:
            continue
        keys = {f"{each.code}.{element}" for each in ASKED_OF_COLUMNS}
        if any(key in keys for key, _finding in delivery.assessment.keyed):
            continue
        label = read(loaded.model.element(element).label)
        is_order = given.get("*", "") in TOLD
        empty, order = ASKED_OF_COLUMNS
        entry, key = order if is_order else empty, f"{empty.code}.{element}"
        title = _("Dates: %(label)s", label=label) if is_order else _("Empty cells: %(label)s", label=label)
        corner = delivery.assessment.corners.get(key)
        cells = said_of(delivery, element)
        found.append(
            ShownFinding(
                key,
                entry,
                f"svar-{element.replace('_', '-')}",
                ReadableFinding(
                    entry.code,
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
                choices=() if is_order else meanings_of_empty_cells(),
            )
        )
    return found


def answered_gaps(delivery: Delivery) -> list[ShownFinding]:
    """Answers about periods without rows: they are no findings any more, but they are what will be sent."""
    found = []
    for is_within, entry in ASKED_OF_GAPS.items():
        gaps = gaps_answered(delivery, is_within=is_within)
        if gaps:
            text = ReadableFinding(
                entry.code, Severity.INFO, _("Periods without rows"), gaps_told(delivery, gaps), "", ()
            )
            id_ = "svar-luckor-inom" if is_within else "svar-luckor"
            found.append(
                ShownFinding(entry.code, entry, id_, text, len(gaps), "", gaps=gap_question(delivery, gaps, len(gaps)))
            )
    return found


def listed_places(finding: Finding, loaded: LoadedModel) -> tuple[str, ...]:
    """The places of a finding in words; a row that the file lacks is named by its key."""
    most = PLACES_SHOWN if FINDINGS.stored(finding).stage is Stage.CORRECTION else FEW_PLACES
    shown = []
    for place in finding.places[:most]:
        if place.row is None and (place.label or place.key):
            shown.append(read(place.label or key_label(loaded, place.key)))
            continue
        where = [_("sheet %(name)s", name=place.sheet)] if place.sheet else []
        if place.column and place.row:
            where.append(_("cell %(cells)s", cells=f"{place.column}{place.row}"))
        elif place.row:
            where.append(_("row %(row)s", row=place.row))
        elif place.column:
            where.append(_("column %(letter)s", letter=place.column))
        value = place.value or (read(place.label) if place.label else "")
        text = ", ".join([*where, *([f"«{value}»" if where else value] if value else [])])
        shown.append(text[:1].upper() + text[1:])
    return tuple(one for one in shown if one)


def read_finding(finding: Finding) -> ReadableFinding:
    """The finding in words; one that an earlier version of the registry made and whose text has changed is still shown."""
    try:
        return readable(finding)
    except KeyError:
        told = read(OF_AN_EARLIER_VERSION)
        return ReadableFinding(finding.code, finding.severity, finding.code, told, "", finding.places)


def _hits(corner: Corner | None) -> frozenset[tuple[int, str]]:
    if not corner:
        return frozenset()
    found = set()
    for hit in corner.hits:
        letters = hit.rstrip("0123456789")
        found.add((int(hit[len(letters) :]), letters))
    return frozenset(found)


def _numeric(delivery: Delivery, loaded: LoadedModel) -> frozenset[str]:
    letters = delivery.reading.letters
    return frozenset(letters[element.name] for element in loaded.model.values if element.name in letters)
