"""Uploads that are under way."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id
from registry.sealed import Outside


class Upload(Base):
    """A file that a machine client sends in parts. Nothing here says anything of it but how long it is.

    When it has become a delivery the row stays, without its salt, until it expires: so that a client which lost the last
    answer finds its delivery.
    """

    __tablename__ = "upload"
    __proof__ = Outside.PASSING

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("machine_client.id"), index=True)
    key_name: Mapped[str] = mapped_column(String(64), unique=True)
    """A hash of the key in the address (`sealing.name_of`)."""
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    metadata_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """What the client said of the file, sealed as its parts are: a name may hold an identity number."""
    length: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes that have come: where the next part begins."""
    sealed_size: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes of the file of sealed pieces that count; what follows was written by somebody who died."""
    pieces: Mapped[int] = mapped_column(Integer, default=0)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivery_id: Mapped[str | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    """The delivery that it became."""
