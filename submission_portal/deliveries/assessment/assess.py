"""From a reading to what there is to say about a delivery: six stages, their findings, and the typed rows.

Takes frames and policies as arguments and queries nothing. Every stage says what ran and what did not, and why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from information_models import columns
from information_models.definitions import LoadedModel
from registry.content.canonical import content_hash
from registry.findings import Finding, Place, Severity, worst
from submission_portal.deliveries.assessment import cells, corrections, history
from submission_portal.deliveries.assessment.answers import answered
from submission_portal.deliveries.assessment.corners import corner
from submission_portal.deliveries.assessment.known import Corrected, Earlier, Law
from submission_portal.deliveries.assessment.outcome import PLACES_KEPT, Assessment, finding_key
from submission_portal.deliveries.assessment.stages import (
    AFTER_FILE,
    AFTER_ROWS,
    AFTER_STRUCTURE,
    NO_HISTORY,
    NOT_CHOSEN,
    OFFLINE,
    STAGES,
    checks_stage,
    history_stage,
    idle,
    sorted_by_stage,
    stage,
)
from submission_portal.deliveries.assessment.typed_rows import not_ended, small_numbers
from submission_portal.deliveries.finding_texts import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.reading.limits import Progress, no_progress
from submission_portal.deliveries.spans import named_span, span_name


def assess(
    loaded: LoadedModel,
    rows: pl.DataFrame | None,
    *,
    reading_findings: Sequence[Finding] = (),
    letters: Mapping[str, str] | None = None,
    reading_facts: Mapping[str, str | int] | None = None,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    region: str | None = None,
    earlier: Earlier | None = None,
    has_history: bool = True,
    is_chosen: bool = True,
    corrected: Corrected | None = None,
    law: Law | None = None,
    today: date | None = None,
    progress: Progress = no_progress,
) -> Assessment:
    """All stages over rows of texts (`reading.reader.Reading.frame`); ``None`` where the reading stopped.

    ``has_history`` is false where there is no register to look in (the offline check); ``is_chosen`` while the sender
    has not said whether the file corrects or replaces what stands for its period. ``today`` tells which days have not come.
    """
    letters, facts = letters or {}, reading_facts or {}
    by_stage = sorted_by_stage(reading_findings)
    if rows is None:
        stages = [stage(name, by_stage[name], facts=facts, ran=1) for name in ("file", "structure")]
        if by_stage["file"] and worst(by_stage["file"]) is Severity.ERROR and not by_stage["structure"]:
            stages[1] = idle("structure", AFTER_FILE)
        stages += [idle(name, AFTER_STRUCTURE) for name in STAGES[2:]]
        return Assessment(tuple(stages), tuple(reading_findings), letters=letters)

    def columns_done(done: int, total: int) -> None:
        progress("rows" if done < total else "consistency", done, total)

    complete_rows = answered(loaded, rows, answers or {})
    checked = columns.check(loaded, complete_rows, region=region, progress=columns_done)
    written = cells.as_written(rows)
    progress("history", 0, 1)
    early = not_ended(loaded, checked.frame, today) if today is not None else []
    told = cells.written_once(loaded, cells.asked_once(checked.findings, rows), rows)
    for name, in_stage in sorted_by_stage(cells.quoting([*told, *early], rows, written)).items():
        by_stage[name] += in_stage
    frame = checked.frame
    changes: tuple[history.Change, ...] = ()
    changed: tuple[corrections.ChangedValue, ...] = ()
    stopped = worst([*checked.findings, *early]) is Severity.ERROR
    if not stopped and corrected is not None and corrected.kind == CorrectionKind.CORRECTION:
        frame = corrections.filled(loaded, corrected.frame, frame, rows.columns)
    whole = frame
    if not stopped and corrected is not None:
        whole, found, changed = _corrected(loaded, frame, corrected)
        by_stage["history"] += found
        stopped = worst(found) is Severity.ERROR
    if not stopped and earlier is not None:
        found, changes = history.compare(loaded, whole, earlier.frame, earlier.period)
        by_stage["history"] += found
    left = worst([*reading_findings, *checked.findings])
    complete = not stopped and left not in (Severity.ERROR, Severity.QUESTION)
    if complete and law is not None:
        by_stage["law"] += [*law.findings, *small_numbers(loaded, frame, law.threshold)]
    said = cells.said_of(rows, complete_rows, answers or {}, PLACES_KEPT)
    findings = tuple(lettered(finding, letters) for name in STAGES for finding in by_stage[name])
    why_not = OFFLINE if not has_history else NO_HISTORY if is_chosen else NOT_CHOSEN
    first, last = _span(loaded, checked.frame)
    if corrected is not None and corrected.kind == CorrectionKind.CORRECTION:
        first, last = corrected.first, corrected.last
    return Assessment(
        stages=(
            stage("file", by_stage["file"], facts=facts, ran=1),
            stage("structure", by_stage["structure"], facts=facts, ran=1),
            checks_stage("rows", checked, by_stage["rows"], {"rows": checked.frame.height}),
            checks_stage("consistency", checked, by_stage["consistency"], {}),
            history_stage(by_stage["history"], earlier, corrected, stopped=stopped, why_not=why_not),
            stage("law", by_stage["law"], facts=law.facts, ran=1)
            if complete and law is not None
            else idle("law", OFFLINE if law is None else AFTER_ROWS),
        ),
        findings=findings,
        frame=frame if complete else None,
        corners={
            finding_key(each): shown
            for each in (*findings, *(_question(one) for one in said))
            if (shown := corner(written, letters, each)) is not None
        },
        said=said,
        changes=changes,
        corrected=changed,
        first=first,
        last=last,
        rows=checked.frame.height,
        letters=letters,
    )


def content_hash_of(loaded: LoadedModel, frame: pl.DataFrame) -> str:
    """Hash over the typed rows in the order of their key: the same figures give the same hash, whatever file they came in."""
    names = [
        name
        for element in loaded.model.elements
        for name in (element.name, f"{element.name}__status")
        if name in frame.columns
    ]
    text = frame.select(names).sort(list(loaded.model.key), nulls_last=True).write_csv()
    return content_hash(text)


def lettered(finding: Finding, letters: Mapping[str, str]) -> Finding:
    """The finding with the sender's column letters at its places."""
    if not any(place.field in letters and place.column is None for place in finding.places):
        return finding
    places = tuple(
        replace(place, column=place.column or letters.get(place.field or ""))
        if place.field in letters and place.row is not None
        else place
        for place in finding.places
    )
    return replace(finding, places=places)


def _corrected(
    loaded: LoadedModel, frame: pl.DataFrame, corrected: Corrected
) -> tuple[pl.DataFrame, tuple[Finding, ...], tuple[corrections.ChangedValue, ...]]:
    period = loaded.model.period_element
    outside = frame.filter(
        (pl.col(f"{period}__first") < corrected.first) | (pl.col(f"{period}__last") > corrected.last)
    )
    if outside.height:
        places = tuple(Place(row["__sheet"], row["__row"], field=period) for row in outside.iter_rows(named=True))
        params = named_span(span_name(corrected.first, corrected.last))
        return frame, (FINDINGS.found("COR-004", params, places),), ()
    if corrected.kind == CorrectionKind.CORRECTION:
        return corrections.merge(loaded, corrected.frame, frame)
    found, changed = corrections.replaced(loaded, corrected.frame, frame)
    return frame, found, changed


def _question(said: cells.Said) -> Finding:
    """The question that was answered, so that its cells are shown with what was said."""
    places = tuple(Place(row=row, field=said.element) for row, _word in said.cells)
    return FINDINGS.found("ROW-004", {}, places)


def _span(loaded: LoadedModel, frame: pl.DataFrame) -> tuple[date | None, date | None]:
    period = loaded.model.period_element
    if f"{period}__first" not in frame.columns or not frame.height:
        return None, None
    return frame[f"{period}__first"].min(), frame[f"{period}__last"].max()  # type: ignore[return-value]
