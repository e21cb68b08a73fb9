"""Uses on record, for tests of what is done with deliveries: put in approved, without their review, which has tests of its own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import SYSTEM
from registry.content.canonical import canonical, content_hash
from registry.db import db, transaction
from registry.items.lifecycle import Change, State
from registry.items.tables import Decision, Item, Version
from tests.conftest import NOW

OFFICER = "6" * 32
"""Who accepts for the region."""


def use_content(line: Version, **changes: Any) -> dict[str, Any]:
    """Complete content of the recipient's use of a line, valid through 2027."""
    both = {"sv": "Uppföljning av köer", "en": "Follow-up of queues"}
    content: dict[str, Any] = {
        "content_schema": "use/1",
        "title": both,
        "line": line.item_id,
        "line_version": line.content_hash,
        "discloser": line.content["discloser"],
        "recipient": line.content["recipient"],
        "audience": "recipient",
        "purpose": both,
        "needs": [],
        "legal_ground": {"title": both, "reference": "S2026/1 (påhittat)", "valid_to": "2027-12-31"},
        "policy": {"threshold": 5, "zeros": "published", "source": "AIHW"},
        "retention": {"months": 12},
        "covers_from": None,
        "succeeds": "",
        "valid_from": "2014-01-01",
        "valid_to": "2027-12-31",
        "provenance": "own",
    }
    return content | changes


def approve_use(line: Version, slug: str = "kouppfoljning", now: datetime = NOW, **changes: Any) -> str:
    """A use that all three have approved, in force from its first day, as the register records it; gives back its reference."""
    with transaction() as session:
        return put_in_force(session, session.get_one(Version, line.id), slug, now, **changes)


def put_in_force(session: Session, line: Version, slug: str, now: datetime = NOW, **changes: Any) -> str:
    """The same in a transaction that is begun."""
    text = canonical(use_content(line, **changes))
    item = session.query(Item).filter_by(kind="use", slug=slug).one_or_none()
    if item is None:
        item = Item(kind="use", slug=slug, organisation_id=line.organisation_id, created_at=now)
        session.add(item)
        session.flush()
    earlier = session.query(Version).filter_by(item_id=item.id, state=State.PUBLISHED).one_or_none()
    version = Version(
        item_id=item.id,
        organisation_id=line.organisation_id,
        number=earlier.number + 1 if earlier else 1,
        state=State.PUBLISHED,
        content_text=text,
        content_hash=content_hash(text),
        change=Change.NEW,
        valid_from=date.fromisoformat(use_content(line, **changes)["valid_from"]),
        author_id=SYSTEM.person_id,
        created_at=now,
        changed_at=now,
        submitted_at=now,
        published_at=now,
        round=1,
    )
    if earlier is not None:
        earlier.state, earlier.valid_to = State.SUPERSEDED, clock.today(now)
    session.add(version)
    session.flush()
    session.add(
        Decision(
            version_id=version.id,
            organisation_id=version.organisation_id,
            person_id=OFFICER,
            round=1,
            side="discloser",
            author_id="8" * 32,
            aspect="acceptance",
            outcome="approve",
            reason="Godtas.",
            decided_at=now,
        )
    )
    session.flush()
    _record(session, now, version, "VersionPublished")
    return f"use:{item.id}"


def withdraw_use(ref: str, now: datetime = NOW) -> None:
    """One side takes the use back."""
    with transaction() as session:
        take_back(session, ref, now)


def take_back(session: Session, ref: str, now: datetime = NOW) -> None:
    """The same in a transaction that is begun."""
    version = session.query(Version).filter_by(item_id=ref.removeprefix("use:"), state=State.PUBLISHED).one()
    version.state, version.ended_at = State.WITHDRAWN, now
    session.flush()
    _record(session, now, version, "VersionWithdrawn", was="published")


def version_of(ref: str) -> Version:
    """The newest version of a use."""
    query = db.session.query(Version).filter_by(item_id=ref.removeprefix("use:"))
    return query.order_by(Version.number.desc()).first()


def _record(session: Session, now: datetime, version: Version, type_: str, **data: str) -> None:
    events.record(
        session, type_, actor=SYSTEM, now=now, subject=version.ref, organisation_id=version.organisation_id,
        data={"version": version.id, "kind": "use", "item": version.item_id, **data},
    )  # fmt: skip
