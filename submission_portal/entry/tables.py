"""What is being entered in a page: one entry for each period of a line, and its rows."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, JsonText, UtcDateTime, new_id
from registry.sealed import Outside


class Entry(Base):
    """The page of a period. It becomes a delivery by the same road as a file, as often as it is checked."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("flow_item_id", "period"),)
    __proof__ = Outside.PASSING

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    flow_item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    period: Mapped[str] = mapped_column(String(20))
    delivery_id: Mapped[str | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    """The delivery that it became last."""
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EntryRow(Base):
    """One row of an entry: a unit in a period, with the texts of its cells. At most one for each unit and step."""

    __tablename__ = "entry_row"
    __table_args__ = (UniqueConstraint("entry_id", "period", "unit_key"),)
    __proof__ = Outside.PASSING

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    period: Mapped[str] = mapped_column(String(20))
    unit_key: Mapped[str] = mapped_column(String(900))
    unit: Mapped[dict[str, str]] = mapped_column(JsonText)
    cells: Mapped[dict[str, str]] = mapped_column(JsonText)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
