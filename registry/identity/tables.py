"""Organisations, people, the roles they hold, and how they sign in.

A person is an opaque id everywhere. The name lives in a table of its own and can be erased without touching the log.
"""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy import Text as Text_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors import Role
from registry.columns import BOUNDED, Base, UtcDateTime, new_id
from registry.findings import Text
from registry.sealed import Outside, Sealed

UNSETTLED = text("outcome IS NULL")
ORGANISATION_KINDS = ("region", "recipient", "steward")


class Organisation(Base):
    """A region (which discloses), a recipient (which receives), or a steward of terms and models."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(f"kind IN {ORGANISATION_KINDS}", name="kind"),
        UniqueConstraint("kind", "code"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    """A region's county code (SCB, two digits); a short name for others."""
    name_sv: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    is_demonstration: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def name(self) -> Text:
        return Text(self.name_sv, self.name_en)


class Person(Base):
    """Somebody, by an opaque id."""

    __tablename__ = "person"
    __proof__ = Sealed(but_for=("login", "password_hash"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(120), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    is_demonstration: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    named: Mapped["PersonName | None"] = relationship(lazy="joined")
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", lazy="selectin", info={BOUNDED: "one for each role of one person in each organisation"}
    )


class PersonName(Base):
    """The erasable part of a person."""

    __tablename__ = "person_name"
    __proof__ = Outside.ERASABLE

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class Membership(Base):
    """A role held by a person in an organisation."""

    __tablename__ = "membership"
    __proof__ = Sealed(told=("role",))

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(String(30), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Appointment(Base):
    """A proposal of one central administrator that somebody becomes a region's administrator, for another one to confirm.

    The constraints are the separation of duties: nobody confirms what they proposed, or appoints themself, and one proposal
    for a region is open at a time.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("person_id <> proposed_by", name="not_the_proposer"),
        CheckConstraint("outcome IN ('confirmed', 'withdrawn', 'expired')", name="outcome"),
        CheckConstraint(
            "outcome <> 'confirmed' OR (settled_by <> proposed_by AND settled_by <> person_id)", name="by_a_second"
        ),
        Index(
            "uq_appointment_open", "organisation_id", unique=True, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(Text_)
    proposed_by: Mapped[str] = mapped_column(String(32))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """From when it may be confirmed: at once where the region has no administrator, else when that one had time to object."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    settled_by: Mapped[str | None] = mapped_column(String(32))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code_hash: Mapped[str | None] = mapped_column(String(64))
    """Of the code that who proposed was shown, where the person will need a link (`PasswordLink.second_hash`)."""

    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def ref(self) -> str:
        return f"appointment:{self.id}"

    def is_open(self, now: datetime) -> bool:
        return self.outcome is None and now < self.expires_at

    @property
    def has_time_to_object(self) -> bool:
        """Whether the region is given a week before it may be confirmed."""
        return self.opens_at > self.proposed_at

    def may_be_confirmed(self, now: datetime) -> bool:
        return self.is_open(now) and now >= self.opens_at


class SignIn(Base):
    """A session that can be revoked. Only the token's hash is kept."""

    __tablename__ = "sign_in"
    __proof__ = Outside.ERASABLE

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MailChoice(Base):
    """Whether a person wants a letter at once when there is a message, and where. Who wants none has no address here.

    ``failed_at`` and ``failure`` say what the mail server answered when the address was switched off, or a letter given up.
    """

    __tablename__ = "mail_choice"
    __table_args__ = (CheckConstraint("NOT is_on OR address <> ''", name="address"),)
    __proof__ = Outside.ERASABLE

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(254), default="")
    is_on: Mapped[bool] = mapped_column(Boolean, default=False)
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(String(200), default="")


class KnownBrowser(Base):
    """A browser in which somebody has signed in: others' failures do not hold them up there.

    Only the hash of its cookie is kept. A new password forgets them all.
    """

    __tablename__ = "known_browser"
    __proof__ = Outside.ERASABLE

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PasswordLink(Base):
    """A link with which a person chooses a password, once. Only the hash of its code is kept."""

    __tablename__ = "password_link"
    __proof__ = Outside.ERASABLE

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    second_hash: Mapped[str | None] = mapped_column(String(64))
    """Of a second code that the link needs, which somebody else has than who was shown the link (`second_codes`)."""


class Attempt(Base):
    """Tries to sign in that failed or are being made, counted by a keyed hash; see `registry.identity.attempts`."""

    __tablename__ = "sign_in_attempt"
    __proof__ = Outside.ERASABLE

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Failures are forgotten from this moment on."""
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """No try before this moment."""
    forgotten_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """From this moment on the row means nothing, and may be removed."""


class InstanceMark(Base):
    """Facts about this instance, kept in the database itself: that it is a demonstration, for example."""

    __tablename__ = "instance_mark"
    __proof__ = Outside.PASSING

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
