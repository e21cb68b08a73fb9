"""The check before anything leaves the region: a model and a file, no database, no network."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from information_models.definitions import LoadedModel
from information_models.formats import model_file
from information_models.starter.loading import starter_model, starter_models
from registry.findings import Finding, Language
from submission_portal.deliveries.assessment.answers import with_kept
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.assessment.cells import with_dates_answered
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.reading.caged import read
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.reader import Reading


class ModelNotRead(Exception):
    """No model by that name, and no model file either. ``known`` are the names that ship."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("model")
        self.findings = findings
        self.known = starter_models()


def named_model(name: str) -> LoadedModel:
    """The model that ships under ``name``, or that is in the model file at that path. Raises `ModelNotRead`."""
    if name in starter_models():
        return starter_model(name)
    try:
        data = Path(name).read_bytes()
    except OSError:
        raise ModelNotRead(()) from None
    loaded = model_file.read(data)
    if isinstance(loaded, tuple):
        raise ModelNotRead(loaded)
    return loaded


def check_file(
    loaded: LoadedModel,
    file_name: str,
    data: bytes,
    *,
    region: str | None = None,
    sheet: str | None = None,
    language: Language = "sv",
    today: date | None = None,
    identity_answer: str | None = None,
    encoding: str | None = None,
    layouts: Sequence[Layout] = (),
    time: str = "",
) -> tuple[Reading, Assessment]:
    """Read and assess a file; the stages that need the register say that they did not run. ``layouts``: what has been answered
    about exports; ``time``: the year, or year and month, of headings that name none."""
    expected = expected_of(loaded, language, region)
    reading = read(
        data,
        file_name,
        expected,
        sheet=sheet,
        identity_answer=identity_answer,
        encoding=encoding,
        layouts=layouts,
        time=time,
    )
    mapped = reading.mapped
    answers = with_kept({}, mapped.absent, mapped.orders)
    rows, read_in = with_dates_answered(loaded, reading.frame, reading.findings, answers)
    assessment = assess(
        loaded,
        rows,
        reading_findings=read_in,
        answers=answers,
        cells_of=mapped.cells,
        reading_checks=reading.checks,
        letters=reading.letters,
        reading_facts={"size": len(data)},
        region=region,
        has_history=False,
        today=today,
    )
    return reading, assessment
