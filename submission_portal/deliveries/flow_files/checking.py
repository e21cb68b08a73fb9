"""The whole check of a file with a flow file: reading, the model's rules, the law and the history, as the portal would. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from registry.finding_catalogue import Stage
from registry.findings import Finding
from submission_portal.deliveries.assessment.handed_over import HandedOver, handed_over
from submission_portal.deliveries.assessment.line_check import Said, assessed, gathered, told_besides
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.flow_files.content import FlowFile
from submission_portal.deliveries.flow_files.register import FileRegister
from submission_portal.deliveries.parts import WHOLE
from submission_portal.deliveries.reading.caged import read
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.units.unit import own_names

LOOKED_IN = frozenset(
    {Stage.FILE, Stage.STRUCTURE, Stage.ROWS, Stage.CONSISTENCY, Stage.HISTORY, Stage.CORRECTION, Stage.LAW}
)
CODES = tuple(sorted(entry.code for entry in FINDINGS if entry.stage in LOOKED_IN))
"""What this program looks for in a file."""
OLD_AFTER_DAYS = 40
"""A flow file older than this has missed a month's deliveries."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How a file was read, and what there is to say about it; findings about the file as a whole come first."""

    reading: Reading
    assessment: Assessment
    small_numbers: HandedOver | None = None
    """What the file would hand over; ``None`` where something stops it."""
    notes: tuple[Finding, ...] = ()
    """What keeps the flow file from knowing what the portal knows; none of them is about the file."""


def check(
    file: FlowFile,
    file_name: str,
    data: bytes,
    *,
    today: date,
    part: str = WHOLE,
    sheet: str | None = None,
    identity_answer: str | None = None,
    encoding: str | None = None,
    time: str = "",
) -> Checked:
    """Read and assess a file under the line of a flow file. ``part`` is what the sender says that it is of its period."""
    line = file.line
    expected = expected_of(line.loaded, region=line.region, own_names=own_names(line.loaded, line.units))
    reading = read(
        data,
        file_name,
        expected,
        sheet=sheet,
        identity_answer=identity_answer,
        encoding=encoding,
        layouts=file.layouts,
        time=time,
    )
    kept, said = KeptReading.of(reading), Said(part=part)
    known = gathered(line, FileRegister.of(file), kept, reading.frame, said)
    found = assessed(line, known, kept, said, today=today, size=len(data))
    whole = replace(found, findings=(*told_besides(known, kept), *found.findings))
    frame = whole.frame if whole.is_complete else None
    small = handed_over(line.loaded, frame, file.rules) if frame is not None else None
    return Checked(reading, whole, small, notes(file, today, known.span))


def notes(file: FlowFile, today: date, span: tuple[date | None, date | None] = (None, None)) -> tuple[Finding, ...]:
    """What a flow file does not know, or may not know any more: its age (FLF-006), the line's end (FLF-007), history that it does
    not have for these days (FLF-008), and checks that this program does not know (FLF-009)."""
    found = []
    if (age := file.age_in_days(today)) > OLD_AFTER_DAYS:
        found.append(FINDINGS.found("FLF-006", {"days": age, "made": file.made_at.date().isoformat()}))
    if today > file.valid_to:
        found.append(FINDINGS.found("FLF-007", {"last": file.valid_to.isoformat()}))
    if not file.history.is_enough(*span):
        days = {"first": file.history.first.isoformat(), "last": file.history.last.isoformat()}
        found.append(FINDINGS.found("FLF-008", days))
    if unknown := sorted(set(file.checks) - set(CODES)):
        found.append(FINDINGS.found("FLF-009", {"codes": ", ".join(unknown), "program": file.program}))
    return tuple(found)
