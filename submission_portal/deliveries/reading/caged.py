"""Reads files in children that can harm nobody (`registry.cage`): what the portal, the worker and `deliveries validate` call.

Whatever a file does to its reader is a finding about the file. Such a file was not looked through to its end, and is not kept.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from registry.cage.pool import Died, Pool, Reason
from submission_portal.deliveries.reading.expected import Expected
from submission_portal.deliveries.reading.file_kinds import kept_name
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.limits import DEFAULT, STAGES, Limits, Progress, no_progress
from submission_portal.deliveries.reading.messages import Asked, StrangeAnswerError, reading_from, request_of
from submission_portal.deliveries.reading.parquet_files import MAGIC
from submission_portal.deliveries.reading.reader import Reading

POOL = Pool("submission_portal.deliveries.reading.child", size=3)
"""This process's own children: one more than there are places for large uploads by default, so that a small file need not
wait for them. They are started as they are needed, one ahead."""
PARQUET_POOL = Pool("submission_portal.deliveries.reading.parquet_child", size=1)
"""The same for Parquet, which takes a library that other files need not wait for."""
_CODES = {Reason.MEMORY: "FIL-032", Reason.PROCESSOR: "FIL-033", Reason.DIED: "FIL-034"}
log = logging.getLogger("registry.reading")


def read(
    data: bytes,
    file_name: str,
    expected: Expected,
    *,
    sheet: str | None = None,
    limits: Limits = DEFAULT,
    progress: Progress = no_progress,
    identity_answer: str | None = None,
    encoding: str | None = None,
    layouts: Sequence[Layout] = (),
    header: int = 0,
    time: str = "",
    pool: Pool | None = None,
) -> Reading:
    """As `reader.read`, in a child process. Waits while all of them are busy, and has no deadline in wall time."""

    def told(facts: Mapping[str, Any]) -> None:
        stage, done, total = facts.get("stage"), facts.get("done"), facts.get("total")
        if stage in STAGES and type(done) is int and type(total) is int and 0 <= done <= total + limits.rows:
            progress(str(stage), done, total)

    pool = pool or (PARQUET_POOL if data.startswith(MAGIC) else POOL)
    asked = Asked(file_name, expected, sheet, limits, identity_answer, encoding, tuple(layouts), header, time)
    try:
        answer = pool.run(request_of(asked), [data], told=told)
        return reading_from(answer.value, answer.parts, asked)
    except Died as died:
        return _unread(file_name, died.reason, pool)
    except StrangeAnswerError as error:
        log.error("strange_answer", extra={"facts": {"error": str(error)}})
        return _unread(file_name, Reason.DIED, pool)


def _unread(file_name: str, reason: Reason, pool: Pool) -> Reading:
    """Nothing of the file is known but its name, which may hold an identity number as well."""
    scan = IdentityScan()
    scan.file_names(file_name, kept_name(file_name))
    if scan.certain.places:
        return Reading((FINDINGS.found("PER-001", scan.certain.params(), tuple(scan.certain.places)),))
    bounds = pool.bounds
    params: dict[str, str | int] = {
        "megabytes": bounds.resident_bytes // 1_000_000,
        "seconds": int(bounds.most_processor_seconds),
    }
    return Reading((FINDINGS.found(_CODES[reason], params),))
