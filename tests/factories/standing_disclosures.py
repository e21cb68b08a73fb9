"""Standing disclosure decisions for tests: daily figures of wards, made up, and a region that decides on them once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.actors import Actor
from registry.db import db, transaction
from registry.items.tables import Item
from submission_portal.deliveries.standing_disclosures import deciding
from submission_portal.deliveries.tables import StandingDisclosure
from tests.conftest import NOW
from tests.factories.deliveries import DAILY, DeliveryWorld
from tests.factories.legal_answers import example_answers
from tests.snapshots import remembered

LEVEL = ["dag", "sjukhus", "avdelning"]
HEAD = "Dag;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;Överbeläggningar;Utlokaliserade patienter"


def wards_csv(*crowded: Any, day: str = "2026-10-30", hospital: str = "Kalix sjukhus", beds: int = 20) -> bytes:
    """One day of wards A, B, …, each with so many overcrowded; everything else of persons is far above small."""
    rows = [f"{day};{hospital};{chr(65 + at)};{beds + at};15;{count};10" for at, count in enumerate(crowded)]
    return "\r\n".join([HEAD, *rows, ""]).encode()


def conditions(most: int = 3, *, latest_days: int = 45, **rules: Any) -> dict[str, Any]:
    """At most so many cells 1–4 in överbeläggningar, and none in the others."""
    small = {
        "belagda": {"rule": "none"},
        "overbelaggningar": {"rule": "at_most", "most": most},
        "utlokaliserade": {"rule": "none"},
    } | rules
    return {
        "latest_days": latest_days,
        "small_numbers": [{"element": name, "level": LEVEL, "below": 5, **rule} for name, rule in small.items()],
    }


@dataclass(frozen=True)
class StandingWorld:
    """A line of daily figures in which one day has been accepted, so that wards A to D are known."""

    deliveries: DeliveryWorld

    @classmethod
    def load(cls, organisations: Mapping[str, Any], actor: Any) -> "StandingWorld":
        world = DeliveryWorld.load(organisations, actor, DAILY)
        remembered("days of wards", lambda: world.sent(wards_csv(2, 2, 2, 2, day="2026-10-29")))
        return cls(world)

    def decide(self, by: Actor | None = None, **changes: Any) -> str:
        """A decision in force; gives back its id."""
        with transaction() as session:
            return self.decided(session, by, **changes).id

    def decided(self, session: Any, by: Actor | None = None, **changes: Any) -> StandingDisclosure:
        item = session.get_one(Item, self.deliveries.item_id)
        said: dict[str, Any] = {
            "uses": [f"flow:{item.id}"],
            "valid_from": NOW.date(),
            "valid_to": date(2026, 12, 31),
            "conditions": conditions(),
            "answers": example_answers(counts_persons=True),
            "registry_number": "RN 2026/99",
            "reason": "Samma uppgifter varje dag.",
        }
        return deciding.decide(session, by or self.deliveries.discloser, NOW, item, **(said | changes))

    def withdraw(self, decision_id: str, by: Actor | None = None) -> None:
        with transaction() as session:
            decision = session.get_one(StandingDisclosure, decision_id)
            deciding.withdraw(session, by or self.deliveries.discloser, NOW, decision, reason="Läget har ändrats.")

    def decision(self, decision_id: str) -> StandingDisclosure:
        db.session.expire_all()
        return db.session.get_one(StandingDisclosure, decision_id)
