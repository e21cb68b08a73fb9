"""Where things stand, made again from the log alone and held against the tables.

The log tells some columns in the clear (`Sealed.told`): the states of deliveries, what has become of releases, which tables are current,
who holds which role. The baseline has them of every row as it was found; each later event tells those of the rows that it decides.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.seals.rows import sealed_tables
from registry.seals.tables import SealedRow

Standing = Mapping[str, Any]
"""What is told of a row, by column."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A table's rows as the log tells them, by key; and where the table says other: what the log says, what the table does. ``None``
    where either has no such row."""

    told: Mapping[str, Standing]
    differing: Mapping[str, tuple[Standing | None, Standing | None]] = field(default_factory=dict)


def rebuild(session: Session) -> dict[str, Rebuilt]:
    """Every table that the log tells in the clear, by name."""
    found = {}
    for name, table in sorted(sealed_tables().items()):
        if not table.proof.told:
            continue
        told = _told(session, name)
        stands = {seal.key: json.loads(seal.told or "{}") for seal in table.seals(session)}
        keys = sorted(told.keys() | stands.keys())
        differing = {key: (told.get(key), stands.get(key)) for key in keys if told.get(key) != stands.get(key)}
        found[name] = Rebuilt(told, differing)
    return found


def _told(session: Session, table: str) -> dict[str, Standing]:
    query = select(SealedRow.key, SealedRow.hash, SealedRow.told).where(SealedRow.table_name == table)
    told: dict[str, Standing] = {}
    for key, hash_, text in session.execute(query.order_by(SealedRow.number), execution_options={"yield_per": 5000}):
        told.pop(key, None)
        if hash_ is not None:
            told[key] = json.loads(text or "{}")
    return told
