"""Flows for tests: content that a region could propose, and the way to one that is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.actors import SYSTEM, Actor, Role
from registry.db import db, transaction
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items import services as item_services
from registry.items.lifecycle import Change, Outcome
from registry.items.starter import publish_loaded
from registry.items.tables import Item, Version
from registry.starter import RECIPIENT
from submission_portal.flows import services
from submission_portal.flows.content import parse
from submission_portal.flows.slugs import free_slug
from tests.conftest import NOW
from tests.factories import starter
from tests.factories.legal_answers import example_answers
from tests.snapshots import remembered

BEDS, DAILY = "faststallda-vardplatser-per-sjukhus", "dagliga-vardplatser-per-avdelning"
MONTHLY = "manadsuppgifter-per-sjukhus"


def flow_content(discloser: str, recipient: str, model: Version, **changes: Any) -> dict[str, Any]:
    """Complete content of a flow, valid through 2027."""
    content: dict[str, Any] = {
        "content_schema": "flow/1",
        "title": {"sv": "Fastställda vårdplatser, Norrbotten", "en": "Established beds, Norrbotten"},
        "discloser": discloser,
        "recipient": recipient,
        "model": model.item.slug,
        "model_version": model.content_hash,
        "purpose": {"sv": "Nationell uppföljning av vårdplatser.", "en": "National follow-up of beds."},
        "legal_ground": {
            "title": {"sv": "Uppdrag om vårdplatser", "en": "Assignment on beds"},
            "reference": "S2023/00001 (påhittat)",
            "valid_to": "2027-12-31",
        },
        "policy": {"threshold": 5, "zeros": "published", "source": "AIHW: 1–4 visas inte"},
        "valid_from": "2026-01-01",
        "valid_to": "2027-12-31",
        "automatic": True,
        "provenance": "own",
    }
    return content | changes


def line_content(discloser: str, recipient: str, model: Version, **changes: Any) -> dict[str, Any]:
    """Complete content of a line, valid through 2027: delivered whole, by every channel."""
    content: dict[str, Any] = {
        "content_schema": "line/1",
        "title": {"sv": "Fastställda vårdplatser, Norrbotten", "en": "Established beds, Norrbotten"},
        "discloser": discloser,
        "recipient": recipient,
        "model": model.item.slug,
        "model_version": model.content_hash,
        "parts": None,
        "periodicity": [],
        "channels": ["file", "form", "api"],
        "valid_from": "2026-01-01",
        "valid_to": "2027-12-31",
        "automatic": True,
        "provenance": "own",
    }
    return content | changes


@dataclass(frozen=True)
class FlowWorld:
    """People on both sides of a flow, and the published models."""

    norrbotten: Actor
    quality: Actor
    legal: Actor
    discloser: str
    recipient: str

    @classmethod
    def load(cls, organisations: Mapping[str, Any], actor: Any) -> "FlowWorld":
        ids = {code: organisations[code].id for code in ("25", RECIPIENT)}

        def build() -> "FlowWorld":
            starter.models()
            return cls(
                actor("norrbotten", (Role.DATA_OFFICER, "25")),
                actor("quality", (Role.QUALITY_REVIEWER, RECIPIENT)),
                actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT)),
                ids["25"],
                ids[RECIPIENT],
            )

        return remembered("flows", build)

    def model(self, slug: str = BEDS) -> Version:
        found = items.current_by_slug(db.session, "model", slug)
        assert found is not None
        return found

    def content(self, model: str = BEDS, **changes: Any) -> dict[str, Any]:
        return flow_content(self.discloser, self.recipient, self.model(model), **changes)

    def line_content(self, model: str = BEDS, **changes: Any) -> dict[str, Any]:
        return line_content(self.discloser, self.recipient, self.model(model), **changes)

    def propose_line(self, model: str = BEDS, *, item_slug: str | None = None, **changes: Any) -> str:
        """A draft of a line, or of the next version of one; gives back the version's id."""
        content = self.line_content(model, **changes)
        with transaction() as session:
            if item_slug is None:
                return services.propose(session, self.norrbotten, NOW, content=content, reason="Behovet är nytt.").id
            item = items.item_by_slug(session, "flow", item_slug)
            assert item is not None
            return services.propose_successor(
                session, self.norrbotten, NOW, item=item, content=content, reason="Linjen ändras."
            ).id

    def submit_line(self, model: str = BEDS, **changes: Any) -> str:
        """A version of a line in review."""
        version_id = self.propose_line(model, **changes)
        with transaction() as session:
            services.submit(session, self.norrbotten, NOW, session.get_one(Version, version_id))
        return version_id

    def approve_line(self, model: str = BEDS, **changes: Any) -> str:
        """A version of a line in force."""
        version_id = self.submit_line(model, **changes)
        self.decide(version_id, services.QUALITY)
        return version_id

    def propose(self, model: str = BEDS, **changes: Any) -> str:
        """A draft of what was approved before lines and uses were told apart; gives back the version's id."""
        content = self.content(model, **changes)
        with transaction() as session:
            return propose_as_before(session, self.norrbotten, content).id

    def submit(self, model: str = BEDS, **changes: Any) -> str:
        """A version in review."""
        version_id = self.propose(model, **changes)
        with transaction() as session:
            submit_as_before(session, self.norrbotten, session.get_one(Version, version_id))
        return version_id

    def decide(self, version_id: str, aspect: str, outcome: Outcome = Outcome.APPROVE, by: Actor | None = None) -> None:
        who = by or (self.legal if aspect == services.LEGAL else self.quality)
        with transaction() as session:
            version = session.get_one(Version, version_id)
            answers = example_answers(counts_persons=version.content["model"] in (DAILY, MONTHLY))
            services.decide(
                session, who, NOW, version, aspect=aspect, outcome=outcome, reason="Granskat.", answers=answers
            )

    def approve(self, model: str = BEDS, **changes: Any) -> str:
        """A version in force."""
        version_id = self.submit(model, **changes)
        self.decide(version_id, services.QUALITY)
        self.decide(version_id, services.LEGAL)
        return version_id


def propose_as_before(session: Session, actor: Actor, content: Mapping[str, Any]) -> Version:
    """A draft of ``flow/1``, which earlier releases wrote."""
    region = identity.organisation(session, content["discloser"])
    assert region is not None
    slug = free_slug(session, "flow", f"{region.name_sv.removeprefix('Region ')} {content['model']}")
    return item_services.create_item(
        session, actor, NOW, kind="flow", slug=slug, content=parse(content)[0], organisation_id=region.id,
        reason="Behovet är nytt.",
    )  # fmt: skip


def submit_as_before(session: Session, actor: Actor, version: Version) -> Version:
    """Send such a draft to review."""
    return item_services.submit(session, actor, NOW, version, change=Change.NEW)


def succeed(item: Item, change: Change, valid_from: date = date(2026, 12, 1), **content: Any) -> Version:
    """Publish a successor of an administered item, as the registry itself."""
    with transaction() as session:
        current = items.standing_version(session, session.get_one(Item, item.id))
        assert current is not None
        changed = {**current.content, **content}
        draft = item_services.draft_successor(session, SYSTEM, NOW, item=current.item, content=changed, reason="Prov.")
        return publish_loaded(session, NOW, draft, change=change, valid_from=valid_from, reason="Prov.")
