"""The acts on a set that rest on all that is in it, as values: a worker can be asked to take them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.items.change_sets import deciding
from registry.items.change_sets.examining import Examination
from registry.items.lifecycle import Outcome
from registry.items.tables import ChangeSet


class SetAct(Protocol):
    """An act with what was said of it. ``allowed`` raises at once what the act itself would raise later."""

    is_examined: bool
    """Whether it rests on an examination of the whole."""

    def allowed(self, session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None: ...

    def take(
        self, session: Session, actor: Actor, now: datetime, change_set: ChangeSet, examination: Examination | None
    ) -> None: ...

    def as_dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Submit:
    """Send the set to review."""

    transition_until: date | None = None
    is_examined = True

    def allowed(self, session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None:
        deciding.require_submittable(session, actor, now, change_set, self.transition_until)

    def take(
        self, session: Session, actor: Actor, now: datetime, change_set: ChangeSet, examination: Examination | None
    ) -> None:
        deciding.submit(session, actor, now, change_set, _there(examination), self.transition_until)

    def as_dict(self) -> dict[str, Any]:
        return {"act": "submit", "transition_until": _written(self.transition_until)}


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide one aspect of it."""

    aspect: str
    outcome: Outcome
    reason: str
    manifest_hash: str
    is_examined = False

    def allowed(self, session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None:
        deciding.require_decidable(
            session, actor, change_set, aspect=self.aspect, reason=self.reason, manifest_hash=self.manifest_hash
        )

    def take(
        self, session: Session, actor: Actor, now: datetime, change_set: ChangeSet, examination: Examination | None
    ) -> None:
        deciding.decide(
            session, actor, now, change_set, aspect=self.aspect, outcome=self.outcome, reason=self.reason,
            manifest_hash=self.manifest_hash,
        )  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        return {
            "act": "decide",
            "aspect": self.aspect,
            "outcome": self.outcome.value,
            "reason": self.reason,
            "manifest": self.manifest_hash,
        }


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish it from a day on."""

    valid_from: date | None = None
    is_examined = True

    def allowed(self, session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None:
        deciding.require_publishable(session, actor, change_set)

    def take(
        self, session: Session, actor: Actor, now: datetime, change_set: ChangeSet, examination: Examination | None
    ) -> None:
        deciding.publish(session, actor, now, change_set, _there(examination), valid_from=self.valid_from)

    def as_dict(self) -> dict[str, Any]:
        return {"act": "publish", "valid_from": _written(self.valid_from)}


def act_of(data: Mapping[str, Any]) -> SetAct:
    """The act that `SetAct.as_dict` wrote. Raises ``KeyError`` or ``ValueError`` for what it cannot have written."""
    match data["act"]:
        case "submit":
            return Submit(_read(data["transition_until"]))
        case "decide":
            return Decide(data["aspect"], Outcome(data["outcome"]), data["reason"], data["manifest"])
        case "publish":
            return Publish(_read(data["valid_from"]))
        case other:
            raise ValueError(f"no act on a change set is called {other}")


def _there(examination: Examination | None) -> Examination:
    if examination is None:
        raise ValueError("the act rests on an examination, and none was given")
    return examination


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
