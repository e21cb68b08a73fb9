"""Reads files that are imported in a child that can harm nobody (`registry.cage`)."""

from collections.abc import Sequence

import structlog

from registry.cage.bounds import MEBIBYTE, Bounds
from registry.cage.messages import BrokenMessageError
from registry.cage.pool import Died, Pool
from termbank.exchange.records import Reading
from termbank.finding_texts.all import FINDINGS

MOST_BYTES = 100 * MEBIBYTE
"""The largest file that is taken."""
POOL = Pool(
    "termbank.exchange.child",
    size=1,
    bounds=Bounds(
        resident_bytes=1536 * MEBIBYTE,
        processor_seconds=120.0,
        idle_resident_bytes=256 * MEBIBYTE,
        answer_bytes=128 * MEBIBYTE,
    ),
)
log = structlog.get_logger("registry.exchange")


def read(data: bytes, name: str, own: Sequence[str], *, pool: Pool = POOL) -> Reading:
    """As `reading.files.read_file`, in a child process. What a file does to its reader is a finding about the file."""
    too_heavy = Reading(unreadable=FINDINGS.found("VOC-107"))
    if len(data) > MOST_BYTES:
        return too_heavy
    try:
        return Reading.from_dict(pool.run({"name": name, "own": list(own)}, [data]).value)
    except Died as died:
        log.warning("import_unread", reason=str(died.reason))
    except (KeyError, TypeError, ValueError, AttributeError, BrokenMessageError) as error:
        log.error("strange_answer", error=type(error).__name__)
    return too_heavy
