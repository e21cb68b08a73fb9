"""The whole check of a file under a line: what is gathered of the line's register, and what is assessed with it. Pure.

The portal and the check on a region's own machine both call these two functions; they differ in the `LineRegister` alone. Gathering
asks the register and is quick; assessing asks nobody, and may take seconds for a long file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from information_models.cells import FEW
from information_models.definitions import LoadedModel
from information_models.values import period_of
from registry.findings import Finding
from registry.period import PeriodKind
from submission_portal.deliveries.assessment.answers import with_kept
from submission_portal.deliveries.assessment.assess import assess, lettered
from submission_portal.deliveries.assessment.before import Before, LineRegister
from submission_portal.deliveries.assessment.cells import with_dates_answered
from submission_portal.deliveries.assessment.confirmed_units import ConfirmedUnits
from submission_portal.deliveries.assessment.known import Corrected, DeliveryBefore, Law, Past
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.assessment.usual import Usual
from submission_portal.deliveries.parts import judged, unlike_periods
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.limits import Progress, no_progress
from submission_portal.flows.content import Parts
from submission_portal.units.unit import RegisteredUnit


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line as a file is checked under it."""

    loaded: LoadedModel
    parts: Parts | None = None
    periodicity: tuple[PeriodKind, ...] = ()
    region: str | None = None
    """The county code of the region that delivers."""
    threshold: int = 0
    """Below it a count of persons is a small number: the highest of the uses'."""
    units: Sequence[RegisteredUnit] | None = None
    """The register of units, where the region has confirmed it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the sender has said of a file."""

    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """About empty cells and dates."""
    gap_answers: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    """Which part of its period it is."""
    part_corrected: str | None = None
    """The part of the delivery that it corrects or replaces; ``None`` where it does neither."""
    is_correction: bool = False
    """Whether it corrects single rows."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What of a line's register bears on a file."""

    rows: pl.DataFrame | None
    read_in: tuple[Finding, ...]
    answers: Mapping[str, Mapping[str, str]]
    part: str | None
    """The part that its rows are of (`parts.Judged`)."""
    besides: tuple[Finding, ...]
    """What is said of the file as a whole: its part and its periods, and what stands for its days already."""
    span: tuple[date | None, date | None]
    """The first and last day that the rows name."""
    is_chosen: bool
    earlier: DeliveryBefore | None
    past: Past | None
    usual: Usual | None
    confirmed: ConfirmedUnits | None
    law: Law


def gathered(
    line: CheckedLine, register: LineRegister, reading: KeptReading, rows: pl.DataFrame | None, said: Said
) -> Gathered:
    """What the register knows that bears on rows of texts."""
    loaded, mapped = line.loaded, reading.mapped
    answers = with_kept(said.answers, mapped.absent, mapped.orders)
    rows, read_in = with_dates_answered(loaded, rows, reading.findings, answers)
    first, last = span_of(loaded, rows)
    mine = judged(loaded, line.parts, rows, stated=said.part, corrected=said.part_corrected)
    conflict = register.conflict(first, last, mine.part)
    is_chosen = conflict is None
    before = Before(register, loaded, line.parts, mine.part, said.is_correction)
    confirmed = before.confirmed(line.units)
    return Gathered(
        rows=rows,
        read_in=tuple(read_in),
        answers=answers,
        part=mine.part,
        besides=(
            *((conflict,) if conflict else ()), *mine.findings, *unlike_periods(loaded, line.periodicity, rows),
        ),
        span=(first, last),
        is_chosen=is_chosen,
        earlier=before.delivery(first) if is_chosen else None,
        past=before.past(first, last) if is_chosen else None,
        usual=before.expected_units(first, confirmed) if is_chosen else None,
        confirmed=confirmed,
        law=Law(line.threshold, law_facts(loaded), register.undescribed(last)),
    )  # fmt: skip


def assessed(
    line: CheckedLine,
    known: Gathered,
    reading: KeptReading,
    said: Said,
    *,
    today: date,
    size: int,
    corrected: Corrected | None = None,
    progress: Progress = no_progress,
) -> Assessment:
    """What there is to say about the rows; ``size`` is the file's, in bytes. What is said of the file as a whole is not among the
    findings (`told_besides`)."""
    return assess(
        line.loaded,
        known.rows,
        reading_findings=known.read_in,
        reading_checks=reading.checks,
        letters=reading.letters,
        reading_facts={"size": size},
        answers=known.answers,
        gap_answers=said.gap_answers,
        region=line.region,
        earlier=known.earlier,
        past=known.past,
        usual=known.usual,
        confirmed=known.confirmed,
        is_chosen=known.is_chosen,
        corrected=corrected,
        law=known.law,
        today=today,
        progress=progress,
        cells_of=reading.mapped.cells,
    )


def told_besides(known: Gathered, reading: KeptReading) -> tuple[Finding, ...]:
    """What is said of the file as a whole, with the sender's column letters."""
    return tuple(lettered(one, reading.letters, reading.mapped.cells) for one in known.besides)


def span_of(loaded: LoadedModel, rows: pl.DataFrame | None) -> tuple[date | None, date | None]:
    """The first and last day that the texts of the period column name, before they are checked."""
    if rows is None:
        return None, None
    texts = rows[loaded.model.period_element]
    different = set(texts.to_list()) if texts.len() <= FEW else texts.unique()
    periods = [period for text in different if text is not None and (period := period_of(text)) is not None]
    if not periods:
        return None, None
    return min(period.first for period in periods), max(period.last for period in periods)


def law_facts(loaded: LoadedModel) -> Mapping[str, str | int]:
    """What is told of the law's stage: how many elements count persons."""
    return {"persons": sum(element.concerns_persons for element in loaded.model.values)}
