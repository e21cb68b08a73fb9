"""Reads the file of an edition in a child that can harm nobody (`registry.cage`), a batch of rows at a time."""

from collections.abc import Callable, Mapping
from typing import Any

import structlog

from registry.cage.bounds import MEBIBYTE, Bounds
from registry.cage.pool import Died, Pool
from registry.findings import Finding, Severity
from termbank.editions.rows import Batch, batch_from
from termbank.finding_texts.all import FINDINGS

MOST_BYTES = 400 * MEBIBYTE
"""The largest file that is taken."""
POOL = Pool(
    "termbank.editions.child",
    size=1,
    bounds=Bounds(
        resident_bytes=1024 * MEBIBYTE,
        processor_seconds=180.0,
        idle_resident_bytes=128 * MEBIBYTE,
        answer_bytes=64 * MEBIBYTE,
    ),
)
COUNTED = ("triples", "concepts", "collections", "schemes", "tops", "texts", "relations", "statements")
log = structlog.get_logger("registry.editions")


class UnreadableEditionError(Exception):
    """The file cannot be mirrored; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_rows(
    data: bytes, name: str, base: str, *, begin: Callable[[], None], take: Callable[[Batch], None], pool: Pool = POOL
) -> Mapping[str, int]:
    """Read a file: ``begin`` is called before the first rows (and again, should another child begin anew), ``take`` with
    each batch. Returns what was counted. Raises `UnreadableEditionError`; what was taken by then is half an edition."""
    if len(data) > MOST_BYTES:
        raise UnreadableEditionError(FINDINGS.found("VOC-107"))

    def told(facts: Mapping[str, Any]) -> None:
        if facts.get("begin"):
            begin()
        else:
            take(batch_from(facts.get("table"), facts.get("columns")))

    try:
        answer = pool.run({"name": name, "base": base}, [data], told=told).value
        if answer.get("unreadable"):
            raise UnreadableEditionError(_finding(answer["unreadable"]))
        return {kind: int(answer["counts"][kind]) for kind in COUNTED}
    except Died as died:
        log.warning("edition_unread", reason=str(died.reason))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.error("strange_answer", error=type(error).__name__)
    raise UnreadableEditionError(FINDINGS.found("VOC-107"))


def _finding(data: Mapping[str, Any]) -> Finding:
    finding = Finding.from_dict(data)
    if FINDINGS[finding.code].severity is not Severity.ERROR:
        raise ValueError(f"{finding.code} stops nothing")
    return finding
