"""Files of concepts are searched before anything of them is kept: for what must not stand in a file (`Plugin.file_objections`).

What keeps a file takes a `SearchedFile`, and only `search` makes one. For the edge: reading a file takes long, so no
transaction may be open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import Actor
from registry.cage.bounds import MEBIBYTE, Bounds
from registry.cage.pool import Died, Pool
from registry.db import transaction
from registry.errors import Refused
from registry.findings import Finding
from registry.text_objections import is_question, objection_to_file
from termbank.finding_texts.all import FINDINGS

POOL = Pool(
    "termbank.file_texts.child",
    size=1,
    bounds=Bounds(
        resident_bytes=1536 * MEBIBYTE,
        processor_seconds=120.0,
        idle_resident_bytes=128 * MEBIBYTE,
        answer_bytes=128 * MEBIBYTE,
    ),
)
log = structlog.get_logger("registry.file_texts")


REFUSED, ANSWERED = "VocabularyFileRefused", "NumbersInVocabularyExplained"
"""Events: how many numbers there were, and never which."""


@dataclass(frozen=True, slots=True)
class SearchedFile:
    """A file that may be kept. ``is_answered``: its sender was asked about numbers in it, and said that they are something else."""

    name: str
    data: bytes
    is_answered: bool = False
    numbers: int = 0
    """How many of them."""


def search(data: bytes, name: str, *, is_answered: bool = False, pool: Pool = POOL) -> SearchedFile:
    """Look through a file. ``is_answered``: its sender says that what may be identity numbers is something else.

    Raises `Refused` with what stands against keeping it.
    """
    finding = objection_to_file(name, _columns(data, name, pool))
    if finding is None:
        return SearchedFile(name, data)
    if is_answered and is_question(finding):
        return SearchedFile(name, data, is_answered=True, numbers=int(str(finding.params.get("numbers", 0))))
    raise Refused(finding)


def search_sent(actor: Actor, organisation_id: str, data: bytes, name: str, *, is_answered: bool) -> SearchedFile:
    """As `search`, for a file that somebody has sent to the registry: that it was refused for numbers is recorded, since it may
    be a personal data breach that it was sent at all (GDPR art. 33)."""
    try:
        return search(data, name, is_answered=is_answered)
    except Refused as refused:
        if "numbers" in refused.finding.params and not is_question(refused.finding):
            with transaction() as session:
                _record(
                    session, REFUSED, actor, organisation_id, len(data), int(str(refused.finding.params["numbers"]))
                )
        raise


def record_answer(session: Session, actor: Actor, organisation_id: str, file: SearchedFile) -> None:
    """Record that the sender of a file that is kept has said what it is that may be identity numbers."""
    if file.is_answered:
        _record(session, ANSWERED, actor, organisation_id, len(file.data), file.numbers)


def _record(session: Session, event: str, actor: Actor, organisation_id: str, size: int, numbers: int) -> None:
    events.record(
        session, event, actor=actor, now=clock.now(), subject=f"organisation:{organisation_id}", organisation_id=organisation_id,
        data={"numbers": numbers, "file_size": size},
    )  # fmt: skip


def _columns(data: bytes, name: str, pool: Pool) -> Mapping[str, Sequence[str]]:
    try:
        columns = pool.run({"name": name}, [data]).value["columns"]
        if columns is not None:
            return {str(heading): list(map(str, texts)) for heading, texts in columns.items()}
    except Died as died:
        log.warning("file_unsearched", reason=str(died.reason))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.error("strange_answer", error=type(error).__name__)
    raise Refused(_too_heavy())


def _too_heavy() -> Finding:
    return FINDINGS.found("VOC-107")
