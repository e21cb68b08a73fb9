"""The ring of keys as the database has it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.signing.keys import KeyRing, PublicKey, decoded
from registry.signing.tables import SigningKey


def key_ring(session: Session) -> KeyRing:
    """Every key that this instance has signed with."""
    rows = session.scalars(select(SigningKey).order_by(SigningKey.made_at))
    return KeyRing.of(PublicKey(decoded(row.x), row.made_at, row.retired_at) for row in rows)
