"""Uses for tests: a line with people on both sides, content of a use of it, and the way to one that is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.items import queries as items
from registry.items.lifecycle import Outcome
from registry.items.tables import Decision, Version
from submission_portal.flows.agreeing import services
from tests.conftest import NOW
from tests.factories.flows import BEDS, DAILY, MONTHLY, FlowWorld
from tests.factories.legal_answers import example_answers


def use_content(line: Version, of: str = "", **changes: Any) -> dict[str, Any]:
    """Complete content of a use of a line (or of another, by its id) by the organisation that takes it in, valid through 2027."""
    content: dict[str, Any] = {
        "content_schema": "use/1",
        "title": {"sv": "Nationell uppföljning av vårdplatser", "en": "National follow-up of beds"},
        "line": of or line.item_id,
        "line_version": line.content_hash,
        "discloser": line.organisation_id,
        "recipient": line.content["recipient"],
        "audience": "recipient",
        "purpose": {"sv": "Följa vårdplatserna i landet.", "en": "Follow the beds of the country."},
        "needs": ["tillganglighet/disponibel-vardplats"],
        "legal_ground": {
            "title": {"sv": "Uppdrag om vårdplatser", "en": "Assignment on beds"},
            "reference": "S2023/00001 (påhittat)",
            "valid_to": "2027-12-31",
        },
        "policy": {"threshold": 5, "zeros": "published", "source": "AIHW: 1–4 visas inte"},
        "retention": {"months": 24},
        "covers_from": None,
        "succeeds": "",
        "valid_from": "2026-01-01",
        "valid_to": "2027-12-31",
        "provenance": "own",
    }
    return content | changes


@dataclass(frozen=True)
class UseWorld:
    """People on both sides of a line: beside those of `FlowWorld` the region's disclosing officer."""

    flows: FlowWorld
    officer: Actor
    """The region's disclosing officer."""

    @classmethod
    def load(cls, organisations: Mapping[str, Any], actor: Any) -> "UseWorld":
        return cls(FlowWorld.load(organisations, actor), actor("utlamnare", (Role.DISCLOSING_OFFICER, "25")))

    def line(self, model: str = BEDS, **changes: Any) -> Version:
        """A line in force, without any use."""
        return db.session.get_one(Version, self.flows.approve_line(model, **changes))

    def carried_line(self, model: str = BEDS, **changes: Any) -> Version:
        """A line in force that was approved before lines and uses were told apart: ``flow/1``."""
        return db.session.get_one(Version, self.flows.approve(model, **changes))

    def propose(self, line: Version, by: Actor | None = None, **changes: Any) -> str:
        """A draft of the region's, or of whoever proposes it; gives back the version's id."""
        content = use_content(line, **changes)
        with transaction() as session:
            return services.propose(
                session, by or self.flows.norrbotten, NOW, content=content, reason="Behovet är nytt."
            ).id

    def submit(self, line: Version, by: Actor | None = None, **changes: Any) -> str:
        """A version that waits for both sides."""
        version_id = self.propose(line, by, **changes)
        with transaction() as session:
            services.submit(session, by or self.flows.norrbotten, NOW, session.get_one(Version, version_id))
        return version_id

    def decide(self, version_id: str, aspect: str, outcome: Outcome = Outcome.APPROVE, by: Actor | None = None) -> None:
        with transaction() as session:
            self.decided(session, version_id, aspect, outcome, by)

    def decided(
        self,
        session: Session,
        version_id: str,
        aspect: str,
        outcome: Outcome = Outcome.APPROVE,
        by: Actor | None = None,
    ) -> Decision:
        """The decision of whoever decides that, in a transaction that is begun."""
        deciders = {
            services.QUALITY: self.flows.quality,
            services.LEGAL: self.flows.legal,
            services.ACCEPTANCE: self.officer,
        }
        version = session.get_one(Version, version_id)
        bound = items.version_by_hash(session, version.content["line_version"])
        counts = bound is not None and bound.content["model"] in (DAILY, MONTHLY)
        return services.decide(
            session, by or deciders[aspect], NOW, version, aspect=aspect, outcome=outcome, reason="Granskat.",
            answers=example_answers(counts_persons=counts),
        )  # fmt: skip

    def approve(self, line: Version, by: Actor | None = None, **changes: Any) -> str:
        """A use in force."""
        version_id = self.submit(line, by, **changes)
        for aspect in (services.QUALITY, services.LEGAL, services.ACCEPTANCE):
            self.decide(version_id, aspect)
        return version_id
