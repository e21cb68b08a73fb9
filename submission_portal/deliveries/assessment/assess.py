"""From a reading to what there is to say about a delivery: six stages, their findings, and the typed rows.

Takes frames and policies as arguments and queries nothing. Every stage says what ran and what did not, and why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from information_models import columns
from information_models.definitions import LoadedModel
from information_models.typed_rows import TypedRows
from registry.finding_catalogue import AnswerKind
from registry.findings import Finding, Place, Severity, changed_places, worst
from submission_portal.deliveries.assessment import cells, corrections, identity
from submission_portal.deliveries.assessment.answers import answered
from submission_portal.deliveries.assessment.case import Case
from submission_portal.deliveries.assessment.confirmed_units import ConfirmedUnits, named
from submission_portal.deliveries.assessment.corners import corner
from submission_portal.deliveries.assessment.correction_checks import CORRECTIONS
from submission_portal.deliveries.assessment.filled_rows import filled
from submission_portal.deliveries.assessment.gap import Gap, in_order_of_keeping
from submission_portal.deliveries.assessment.gap_checks import GAPS
from submission_portal.deliveries.assessment.history_checks import HISTORY
from submission_portal.deliveries.assessment.known import Corrected, DeliveryBefore, Law, Past
from submission_portal.deliveries.assessment.law_checks import LAW
from submission_portal.deliveries.assessment.name_checks import NAMES
from submission_portal.deliveries.assessment.outcome import PLACES_KEPT, Assessment, Stage, finding_key
from submission_portal.deliveries.assessment.row_checks import ROWS
from submission_portal.deliveries.assessment.stages import (
    READ_IN,
    STAGES,
    checks_stage,
    idle,
    law_stage,
    read_stage,
    run_stage,
    sorted_by_stage,
)
from submission_portal.deliveries.assessment.unit_checks import UNITS
from submission_portal.deliveries.assessment.usual import Usual
from submission_portal.deliveries.checks import CheckOutcome, found_by, run_checks
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.reading.cell_map import PLAIN, CellMap
from submission_portal.deliveries.reading.limits import Progress, no_progress
from submission_portal.deliveries.reading.needs import AFTER_COLUMNS
from submission_portal.deliveries.reading.sheets import Corner


def assess(
    loaded: LoadedModel,
    rows: pl.DataFrame | None,
    *,
    reading_findings: Sequence[Finding] = (),
    reading_checks: Sequence[CheckOutcome] = (),
    letters: Mapping[str, str] | None = None,
    reading_facts: Mapping[str, str | int] | None = None,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    gap_answers: Mapping[str, str] | None = None,
    region: str | None = None,
    earlier: DeliveryBefore | None = None,
    past: Past | None = None,
    usual: Usual | None = None,
    confirmed: ConfirmedUnits | None = None,
    has_history: bool = True,
    is_chosen: bool = True,
    corrected: Corrected | None = None,
    law: Law | None = None,
    today: date | None = None,
    progress: Progress = no_progress,
    cells_of: CellMap = PLAIN,
) -> Assessment:
    """All stages over rows of texts (`reading.reader.Reading.frame`); ``None`` where the reading stopped.

    ``reading_checks`` says which checks ran where the file was read. ``has_history`` is false where there is no register to look in (the offline check); ``is_chosen`` while the sender
    has not said whether the file corrects or replaces what stands for its period. ``confirmed`` are the units of the region's register. ``today`` tells which days have not come.
    ``cells_of``: the way from rows back to the cells of the file.
    """
    letters, facts = letters or {}, reading_facts or {}
    is_correction = corrected is not None and corrected.kind == CorrectionKind.CORRECTION
    if is_correction:
        reading_findings = _waived(reading_findings)
    elif any(FINDINGS.stored(finding).is_waived_by_correction for finding in reading_findings):
        rows = None  # whole rows are wanted, and some columns are not there
    if any(FINDINGS.stored(finding).answer is AnswerKind.LAYOUT for finding in reading_findings):
        rows = None  # what cells mean is asked first
    by_stage = sorted_by_stage(reading_findings)
    if rows is None:
        after = (idle(name, AFTER_COLUMNS) for name in STAGES if name not in READ_IN)
        return Assessment(
            (*_reading_stages(by_stage, reading_checks, facts), *after), tuple(reading_findings), letters=letters
        )

    def columns_done(done: int, total: int) -> None:
        progress("rows" if done < total else "consistency", done, total)

    if corrected is not None and is_correction:
        rows = _completed(loaded, rows, corrected, region)
    rows = named(loaded, rows, confirmed) if confirmed is not None else rows
    complete_rows = answered(loaded, rows, answers or {})
    checked = columns.check(loaded, complete_rows, region=region, progress=columns_done)
    progress("history", 0, 1)
    case = Case(
        loaded,
        checked.rows,
        earlier=earlier,
        corrected=corrected,
        law=law,
        read_in=tuple(reading_findings),
        today=today,
        past=past,
        usual=usual,
        confirmed=confirmed,
        gap_answers=gap_answers or {},
        has_history=has_history,
        is_chosen=is_chosen,
    )

    of_rows = run_checks((*ROWS, *NAMES, *UNITS, *GAPS), case, checked.findings)
    so_far = [*checked.findings, *found_by(of_rows)]
    missing = case.gaps if worst(so_far) is not Severity.ERROR and not case.is_correction else ()
    if missing:
        case = _filled(case, missing)
    compared = run_checks((*CORRECTIONS, *HISTORY, *LAW), case, so_far)
    found = [*so_far, *found_by(compared)]

    told = cells.written_once(loaded, cells.asked_once(checked.findings, rows), rows)
    told = cells.named_by_looks(loaded, told, rows)
    of_cells = cells.quoting([*told, *found_by(of_rows)], rows)
    for name, in_stage in sorted_by_stage([*of_cells, *found_by(compared)]).items():
        by_stage[name] += in_stage
    told_of = tuple(finding for name in STAGES for finding in by_stage[name])
    findings = tuple(lettered(finding, letters, cells_of) for finding in told_of)
    is_complete = worst([*found, *reading_findings]) not in (Severity.ERROR, Severity.QUESTION)
    is_compared = worst(found) is not Severity.ERROR
    said = cells.said_of(
        rows, complete_rows, {name: given for name, given in (answers or {}).items() if name in letters}, PLACES_KEPT
    )
    first, last = _span(case, checked.rows)
    keys = identity.row_keys(loaded, case.rows) if any(finding.places for finding in findings) else None

    return Assessment(
        stages=(
            *_reading_stages(by_stage, reading_checks, facts),
            checks_stage("rows", checked, by_stage["rows"], {"rows": checked.rows.height}, of_rows),
            checks_stage("consistency", checked, by_stage["consistency"], {}, of_rows),
            run_stage("history", (*of_rows, *compared), {"period": earlier.period} if earlier is not None else {}),
            law_stage(compared, law.facts if law is not None else {}),
        ),
        findings=findings,
        typed=case.rows if is_complete else None,
        corners={} if not cells_of.is_plain else _corners(rows, letters, (*findings, *map(_question, said))),
        said=said,
        gaps=in_order_of_keeping(missing, case.gap_answers),
        changes=case.changes if is_compared else (),
        year_changes=case.year_changes if is_compared else (),
        outliers=case.outliers if is_compared and case.periods_known >= loaded.model.thresholds.periods else (),
        corrected=case.changed if is_compared else (),
        first=first,
        last=last,
        rows=checked.rows.height,
        letters=letters,
        about=_about(case, told_of, keys),
        row_keys=keys,
        numbered={finding_key(finding): finding.places for finding in told_of},
    )


def _reading_stages(
    by_stage: Mapping[str, Sequence[Finding]], checks: Sequence[CheckOutcome], facts: Mapping[str, str | int]
) -> list[Stage]:
    return [read_stage(name, by_stage, checks, facts) for name in READ_IN]


def _completed(loaded: LoadedModel, rows: pl.DataFrame, corrected: Corrected, region: str | None) -> pl.DataFrame:
    """The rows of a correction, with what it leaves out of them as the corrected delivery has it."""
    if set(loaded.model.by_name) <= set(rows.columns):
        return rows
    typed = columns.check(loaded, rows, region=region, may_lack=loaded.model.by_name).frame
    return corrections.completed(loaded, corrected.frame, typed, rows)


def _filled(case: Case, missing: Sequence[Gap]) -> Case:
    """The case with a row for each unit that has none and is said to have been closed, or not to report."""
    return replace(case, rows=filled(case.loaded, case.rows, missing, case.gap_answers, case.expected_units))


def _waived(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a reading with what is no fault in a correction told as what is not corrected."""
    waived = [finding for finding in findings if FINDINGS.stored(finding).is_waived_by_correction]
    left = [finding for finding in findings if finding not in waived]
    if waived:
        named = ", ".join(str(finding.params["element"]) for finding in waived)
        left.append(FINDINGS.found("STR-025", {"elements": named}, [finding.places[0] for finding in waived]))
    return left


def _corners(rows: pl.DataFrame, letters: Mapping[str, str], findings: Sequence[Finding]) -> dict[str, Corner]:
    """By key the corner of the file that is shown with each finding that has one."""
    with_corner = ((finding_key(finding), corner(rows, letters, finding)) for finding in findings)
    return {key: shown for key, shown in with_corner if shown is not None}


def _about(case: Case, findings: Sequence[Finding], keys: identity.RowKeys | None) -> dict[str, tuple[str, ...]]:
    """By key what each finding is about that has to be explained."""
    asked = [finding for finding in findings if FINDINGS.stored(finding).answer.is_explanation]
    return {finding_key(finding): tuple(identity.about(finding, case.loaded, keys)) for finding in asked}


def lettered(finding: Finding, letters: Mapping[str, str], cells_of: CellMap = PLAIN) -> Finding:
    """The finding with the sender's column letters at its places; of columns that stand across with the sheet's rows too."""

    def with_letter(place: Place) -> Place:
        if place.row is None or place.column:
            return place
        row, letter = cells_of.cell(place.row, place.field)
        return replace(place, row=row, column=letter or letters.get(place.field or ""))

    return replace(finding, places=changed_places(finding.places, with_letter)) if letters else finding


def _question(said: cells.Said) -> Finding:
    """The question that was answered, so that its cells are shown with what was said."""
    places = tuple(Place(row=row, field=said.element) for row, _word in said.cells)
    return FINDINGS.found("ROW-004", {}, places)


def _span(case: Case, rows: TypedRows) -> tuple[date | None, date | None]:
    """The first and the last day that the delivery is about: its own, or those of what it corrects rows of."""
    if case.is_correction:
        return case.of_corrected.first, case.of_corrected.last
    period = case.loaded.model.period_element
    if f"{period}__first" not in rows.cells or not rows.height:
        return None, None
    first, last = (rows.cells[f"{period}__{end}"].used() for end in ("first", "last"))
    return first.min(), last.max()  # type: ignore[return-value]
