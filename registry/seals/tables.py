"""The seals: for each event, the hashes of the rows that it decides."""

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base
from registry.sealed import Outside


class SealedRow(Base):
    """What a row held once an event had happened. ``hash`` is ``None`` where the row is not there any more.

    The event's ``rows_hash`` covers all its seals. Event and seals are inserted only.
    """

    __tablename__ = "sealed_row"
    __table_args__ = (Index("ix_sealed_row_number", "number"),)
    __proof__ = Outside.LOG

    table_name: Mapped[str] = mapped_column(String(63), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    """Of the event."""
    hash: Mapped[str | None] = mapped_column(String(64))
    told: Mapped[str | None] = mapped_column(Text)
    """Canonical JSON of the columns that are told in the clear (`Sealed.told`), where the table has any."""
