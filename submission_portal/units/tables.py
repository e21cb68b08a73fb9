"""The units of each delivery line as its region keeps them, and whether the region has confirmed that they are all."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, JsonText, UtcDateTime, new_id
from submission_portal.units.unit import RegisteredUnit


class UnitRegister(Base):
    """The register of a line: one row, held by whoever changes a unit of it."""

    __tablename__ = "unit_register"

    flow_item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The region's."""
    revision: Mapped[int] = mapped_column(Integer, default=0)
    """Counts changes: a page that was opened before the last one is told so."""
    confirmed_by: Mapped[str | None] = mapped_column(String(32))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the region said that these are its units; ``None`` as long as it has not, or has taken it back."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LineUnit(Base):
    """One unit of a line. Removed only where it was entered by mistake; one that ends has a last day."""

    __tablename__ = "line_unit"
    __table_args__ = (UniqueConstraint("flow_item_id", "key"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    flow_item_id: Mapped[str] = mapped_column(ForeignKey("unit_register.flow_item_id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    key: Mapped[str] = mapped_column(String(900))
    """`unit.key_text` of its values."""
    sort_key: Mapped[str] = mapped_column(String(900))
    values: Mapped[dict[str, str]] = mapped_column(JsonText)
    name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    aliases: Mapped[list[str]] = mapped_column(JsonText)
    opened: Mapped[date | None] = mapped_column(Date)
    closed: Mapped[date | None] = mapped_column(Date)
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def unit(self) -> RegisteredUnit:
        return RegisteredUnit(self.values, self.name, tuple(self.aliases), self.opened, self.closed)
