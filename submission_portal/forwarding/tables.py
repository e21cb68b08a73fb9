"""Releases: what has passed the first gate, and where it is in the national store.

Which releases are *current* is decided here, in SQL, and nowhere else; the store itself only ever grows.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, JsonText, UtcDateTime, new_id
from registry.period import Period
from registry.sealed import Sealed
from submission_portal.deliveries.tables import Delivery

DECIDED = "decided"
"""Role of the edge from a release to the decision of a person that released it, recorded when it was decided."""


class Release(Base):
    """A delivery that may be used in the national follow-up. At most one per delivery.

    A release is current from the moment it is forwarded until it is withdrawn or a forwarded release supersedes it, so
    that a figure never disappears between a correction's release and its arrival.
    """

    __tablename__ = "release"
    __table_args__ = (Index("ix_release_current", "model_slug", "superseded_at", "withdrawn_at"),)
    __proof__ = Sealed(told=("delivery_id", "forwarded_at", "superseded_at", "withdrawn_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    delivery_id: Mapped[str] = mapped_column(ForeignKey(Delivery.id), unique=True)
    flow_version_hash: Mapped[str] = mapped_column(String(64))
    model_slug: Mapped[str] = mapped_column(String(120))
    model_version_hash: Mapped[str] = mapped_column(String(64))
    parquet_key: Mapped[str | None] = mapped_column(ForeignKey("stored_object.key"), index=True)
    """The delivery's typed rows."""
    missing_objects: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    """As `Delivery.missing_objects`."""
    period: Mapped[str] = mapped_column(String(40))
    period_first: Mapped[date] = mapped_column(Date)
    period_last: Mapped[date] = mapped_column(Date)
    supersedes_id: Mapped[str | None] = mapped_column(ForeignKey("release.id"), index=True)
    """The release that it takes the place of as a whole. A correction of single rows takes nobody's place."""
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)
    forwarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    national_table: Mapped[str | None] = mapped_column(String(140))
    """The table of the national store that holds its rows, once it has been forwarded."""

    @property
    def is_current(self) -> bool:
        return self.forwarded_at is not None and self.superseded_at is None and self.withdrawn_at is None

    @property
    def span(self) -> str:
        """The period in words of its own where it is one period, else from and to."""
        try:
            return str(Period.parse(self.period))
        except ValueError:
            return f"{self.period_first.isoformat()}/{self.period_last.isoformat()}"
