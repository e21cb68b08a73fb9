"""What a file would be as an edition, before anything is kept: what it holds, and what it changes in the edition before."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.findings import Finding
from termbank.editions.caged import UnreadableEditionError, read_rows
from termbank.editions.comparing import Difference
from termbank.editions.rows import CONCEPT, RESOURCES, Batch
from termbank.editions.tables import EditionFile, EditionResource


@dataclass(frozen=True, slots=True)
class Planned:
    """``differences`` is ``None`` where there is no edition before; ``unreadable`` says why the file is none."""

    counts: Mapping[str, int]
    differences: Mapping[Difference, int] | None = None
    unreadable: Finding | None = None


def plan(session: Session, data: bytes, name: str, base: str, before: EditionFile | None) -> Planned:
    """Read a file without keeping anything of it."""
    digests: dict[str, int] = {}

    def take(batch: Batch) -> None:
        if batch.layout is RESOURCES:
            columns = dict(zip(RESOURCES.columns, batch.columns, strict=True))
            for iri, kind, digest in zip(columns["iri"], columns["kind"], columns["digest"], strict=True):
                if kind == CONCEPT and not iri.startswith("_:"):
                    digests[iri] = digest

    try:
        counts = read_rows(data, name, base, begin=digests.clear, take=take)
    except UnreadableEditionError as error:
        return Planned({}, unreadable=error.finding)
    return Planned(counts, _differences(session, digests, before) if before else None)


def _differences(session: Session, digests: dict[str, int], before: EditionFile) -> Mapping[Difference, int]:
    rows = session.execute(
        select(EditionResource.iri, EditionResource.digest).where(
            EditionResource.file_id == before.id,
            EditionResource.kind == CONCEPT,
            ~EditionResource.iri.startswith("_:", autoescape=True),
        )
    )
    changed = gone = there = 0
    for iri, digest in rows:
        now = digests.get(iri)
        there, gone = there + (now is not None), gone + (now is None)
        changed += now is not None and now != digest
    return {Difference.NEW: len(digests) - there, Difference.CHANGED: changed, Difference.GONE: gone}
