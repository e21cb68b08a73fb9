"""Marks cells in a workbook that somebody sent, in children that can harm nobody (`registry.cage`)."""

import structlog

from registry.cage.pool import Died, Pool
from submission_portal.deliveries.annotating.notes import Notes

POOL = Pool("submission_portal.deliveries.annotating.child", size=1)
"""Started when the first workbook is asked for: few are."""
_BEGINS = b"PK\x03\x04"
log = structlog.get_logger("registry.reading")


def annotated(data: bytes, sheet: str, notes: Notes, *, pool: Pool = POOL) -> bytes | None:
    """The workbook with the notes in it; ``None`` where it is too large, or cannot be written anew."""
    try:
        answer = pool.run({"sheet": sheet, "notes": notes.as_dict()}, [data])
    except Died as died:
        log.warning("not_annotated", reason=died.reason.value)
        return None
    return answer.parts[0] if len(answer.parts) == 1 and answer.parts[0].startswith(_BEGINS) else None
