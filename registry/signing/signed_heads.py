"""The heads of the log that the instance has signed: with every receipt, and by the worker once a day. They are kept for ever."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry import merkle
from registry.columns import Base, UtcDateTime
from registry.events import LogNode, nodes_in
from registry.sealed import Outside
from registry.signing.heads import Head
from registry.signing.keys import encoded
from registry.signing.services import Signer


class SignedHead(Base):
    """A head as it was signed. Inserted only."""

    __tablename__ = "signed_head"
    __proof__ = Outside.LOG

    size: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    root: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kid: Mapped[str] = mapped_column(String(43))
    signature: Mapped[str] = mapped_column(String(86))

    @property
    def head(self) -> Head:
        return Head(self.size, self.root, self.signed_at.isoformat(timespec="microseconds"), self.kid, self.signature)


def sign(session: Session, signer: Signer, now: datetime) -> Head | None:
    """Sign the log as it is in the running transaction, unless that was done; ``None`` where it is empty."""
    size = session.scalar(select(func.max(LogNode.number)))
    if not size:
        return None
    row = session.get(SignedHead, size)
    if row is None:
        unsigned = Head(
            size, merkle.root(size, nodes_in(session)).hex(), now.isoformat(timespec="microseconds"), signer.kid, ""
        )
        row = SignedHead(
            size=size,
            root=unsigned.root,
            signed_at=now,
            kid=signer.kid,
            signature=encoded(signer.sign(unsigned.signed)),
        )
        session.add(row)
        session.flush()
    return row.head


def newest(session: Session) -> Head | None:
    """The signed head of the most events."""
    row = session.scalars(select(SignedHead).order_by(SignedHead.size.desc()).limit(1)).first()
    return row.head if row else None


def first_with(session: Session, number: int) -> Head | None:
    """The first signed head of a log with the event of this number in it."""
    row = session.scalars(
        select(SignedHead).where(SignedHead.size >= number).order_by(SignedHead.size).limit(1)
    ).first()
    return row.head if row else None
