"""Machine clients of organisations, what they show who they are with, and the tokens that they are given.

Of secrets and tokens only hashes are kept. They are SHA-256 without salt: what is hashed is 256 random bits that the registry
drew itself, so that there is nothing to guess, and a hash that is slow on purpose would only cost time (ADR 56).
"""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import Text as Text_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry import clock
from registry.actors import MachineClient, Scope
from registry.columns import BOUNDED, Base, JsonText, UtcDateTime, new_id
from registry.identity.tables import Organisation
from registry.sealed import Outside, Sealed

SECRET, KEY = "secret", "key"
MOST_CREDENTIALS = 2
"""Credentials of a client that are valid at a time: the one in use, and the one that it is changed to."""
TOKEN_LASTS = timedelta(minutes=10)
MOST_TOKENS = 20
"""Tokens of a client that are valid at a time; a further one ends the oldest."""


class Client(Base):
    """A system of one organisation, by an opaque id: what it does is recorded under that id, as a person's is."""

    __tablename__ = "machine_client"
    __proof__ = Sealed(but_for=("last_used_at",))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    scopes: Mapped[list[str]] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last given a token: what it did then is at most ten minutes later."""

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    credentials: Mapped[list["Credential"]] = relationship(
        lazy="selectin",
        order_by="Credential.created_at, Credential.id",
        info={BOUNDED: "two valid at a time; those that have ended are removed when another is made"},
    )

    @property
    def ref(self) -> str:
        return f"client:{self.id}"

    @property
    def last_day(self) -> date:
        """The last Swedish day on which it is valid."""
        return clock.today(self.expires_at - timedelta(seconds=1))

    def is_open(self, now: datetime) -> bool:
        """Whether it may be given tokens."""
        return self.revoked_at is None and now < self.expires_at

    def valid_credentials(self, now: datetime) -> list["Credential"]:
        """What it may show who it is with, the oldest first."""
        return [one for one in self.credentials if one.is_valid(now)]

    def as_actor(self, scopes: frozenset[Scope]) -> MachineClient:
        """What it is to services, with some of its scopes."""
        return MachineClient(self.id, self.organisation_id, scopes & self.held_scopes)

    @property
    def held_scopes(self) -> frozenset[Scope]:
        return frozenset(Scope(one) for one in self.scopes)


class Credential(Base):
    """A secret, by its hash, or a public key (a JWK, RFC 7517) of which the client alone has the private half."""

    __tablename__ = "client_credential"
    __table_args__ = (
        CheckConstraint(f"kind IN ('{SECRET}', '{KEY}')", name="kind"),
        CheckConstraint("(kind = 'secret') = (secret_hash IS NOT NULL)", name="secret_has_hash"),
        CheckConstraint("(kind = 'key') = (public_key IS NOT NULL)", name="key_is_public"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    client_id: Mapped[str] = mapped_column(ForeignKey("machine_client.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    secret_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    public_key: Mapped[str | None] = mapped_column(Text_)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def is_valid(self, now: datetime) -> bool:
        return now < self.expires_at


class Token(Base):
    """An access token (RFC 6750), by its hash. It says nothing: what it allows is in its row, and ends with it."""

    __tablename__ = "client_token"
    __table_args__ = (Index("ix_client_token_client", "client_id", "expires_at"),)
    __proof__ = Outside.PASSING

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("machine_client.id"))
    scopes: Mapped[list[str]] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Assertion(Base):
    """A signed assertion (RFC 7523) that a client showed once, by the hash of its ``jti``: it is not taken again."""

    __tablename__ = "client_assertion"
    __proof__ = Outside.PASSING

    client_id: Mapped[str] = mapped_column(ForeignKey("machine_client.id"), primary_key=True)
    jti_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
