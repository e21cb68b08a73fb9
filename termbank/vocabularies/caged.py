"""Examines files of vocabularies in a child that can harm nobody (`registry.cage`)."""

import structlog

from registry.cage.bounds import MEBIBYTE, Bounds
from registry.cage.pool import Died, Pool
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.examining import Examination

MOST_BYTES = 400 * MEBIBYTE
"""The largest file that is taken."""
POOL = Pool(
    "termbank.vocabularies.child",
    size=1,
    bounds=Bounds(
        resident_bytes=1536 * MEBIBYTE,
        processor_seconds=120.0,
        idle_resident_bytes=256 * MEBIBYTE,
        answer_bytes=64 * MEBIBYTE,
    ),
)
log = structlog.get_logger("registry.vocabularies")


def examine(data: bytes, name: str, *, most: int = 200, pool: Pool = POOL) -> Examination:
    """As `examining.examined`, in a child process. What a file does to its reader is a finding about the file."""
    too_heavy = Examination(unreadable=FINDINGS.found("VOC-107"))
    if len(data) > MOST_BYTES:
        return too_heavy
    try:
        return Examination.from_dict(pool.run({"name": name, "most": most}, [data]).value)
    except Died as died:
        log.warning("vocabulary_unread", reason=str(died.reason))
        return too_heavy
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.error("strange_answer", error=type(error).__name__)
        return too_heavy
