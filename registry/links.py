"""How an event of the log is hashed, and what it is as a leaf of the tree over the log. Pure.

``event/1`` has no seals. ``event/2`` has the hash of the seals of the rows that it decides, and a salt of 128 bits, so that nobody can
guess an event from its hash.
"""

from collections.abc import Mapping
from typing import Any

from registry import merkle
from registry.content.canonical import canonical, content_hash

GENESIS = "0" * 64
SCHEMA, SEALED_SCHEMA = "event/1", "event/2"
FIELDS = ("number", "type", "person_id", "organisation_id", "subject", "data", "previous")


def link_hash(row: Mapping[str, Any]) -> str:
    """The hash of one link over its canonical content.

    ``row`` has the columns of `registry.events.Event` but for ``hash``; the moment is written as ISO 8601 in UTC.
    """
    fields = {name: row[name] for name in FIELDS}
    fields["recorded_at"] = row["recorded_at"].isoformat(timespec="microseconds")
    fields["content_schema"] = SCHEMA
    if row["rows_hash"] is not None:
        fields |= {"content_schema": SEALED_SCHEMA, "rows_hash": row["rows_hash"], "salt": row["salt"]}
    return content_hash(canonical(fields))


def leaf_of(event_hash: str, salt: str) -> bytes:
    """The hash of an event's leaf: over its own hash and its salt, both given as hexadecimal digits."""
    return merkle.leaf_hash(bytes.fromhex(event_hash) + bytes.fromhex(salt))
