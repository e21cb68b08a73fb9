"""Looks into letters' files in a child that can harm nobody (`registry.cage`)."""

from dataclasses import dataclass

import structlog

from registry.cage.bounds import MEBIBYTE, Bounds
from registry.cage.pool import Died, Pool
from registry.errors import Refused
from registry.findings import Finding, Severity
from termbank.consultations.letter_files import LARGEST
from termbank.finding_texts.all import FINDINGS

POOL = Pool(
    "termbank.consultations.child",
    size=1,
    bounds=Bounds(
        resident_bytes=768 * MEBIBYTE,
        processor_seconds=30.0,
        idle_resident_bytes=128 * MEBIBYTE,
        answer_bytes=256 * MEBIBYTE,
    ),
)
log = structlog.get_logger("registry.letters")


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter as it came, once it has been looked into: its name, its bytes, and what could be read of it."""

    name: str
    data: bytes
    text: str = ""


def letter_file(name: str, data: bytes, *, pool: Pool = POOL) -> LetterFile:
    """The file of a letter. Raises `Refused` where it may not be kept: of another kind than its name says, too large, unreadable,
    or with something in it that runs. Look into it before a transaction begins; others would wait for it."""
    if len(data) > LARGEST:
        raise Refused(FINDINGS.found("CONS-016", {"name": name, "largest": LARGEST // MEBIBYTE}))
    try:
        answer = pool.run({"name": name}, [data])
        fault = _fault(answer.value["fault"])
        text = answer.parts[0].decode("utf-8")
    except Died as died:
        log.warning("letter_unread", reason=str(died.reason))
        raise Refused(FINDINGS.found("CONS-019", {"name": name})) from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        log.error("strange_answer", error=type(error).__name__)
        raise Refused(FINDINGS.found("CONS-019", {"name": name})) from None
    if fault is not None:
        raise Refused(fault)
    return LetterFile(name, data, text)


def _fault(told: object) -> Finding | None:
    """What a child says is wrong. Raises ``ValueError`` and the like where that is no finding that stops a letter."""
    if told is None:
        return None
    finding = Finding.from_dict(told)  # type: ignore[arg-type]
    if FINDINGS[finding.code].severity is not Severity.ERROR:
        raise ValueError(f"{finding.code} stops nothing")
    return finding
