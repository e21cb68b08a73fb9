"""Who may read the hashes of a delivery: they could give away what they stand for.

A hash of a file with few possible contents, a correction of one small number for instance, can be found by hashing the
candidates. Where a model counts persons, the hashes are therefore for the parties only; elsewhere they are as public
as the receipt. The parties hold them, so that everybody who may know the file can still prove what was received.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.definitions import Model
from information_models.queries import load_model
from registry.actors import Actor
from submission_portal.deliveries.queries import visible
from submission_portal.deliveries.tables import Delivery

KEPT_BACK = ("file_sha256", "content_hash")


def counts_persons(model: Model) -> bool:
    """Whether some value is a count of persons. A rate is no count of anybody."""
    return any(element.concerns_persons and element.additive for element in model.values)


def are_public(session: Session, model_version_hash: str) -> bool:
    """Whether anybody may read the hashes of a delivery made under this version of a model."""
    return not counts_persons(load_model(session, model_version_hash).model)


def are_open_to(session: Session, actor: Actor, delivery: Delivery) -> bool:
    """Whether this actor may: a party, or anybody where they are public."""
    return are_public(session, delivery.model_version_hash) or _is_party(session, actor, delivery)


def receipt_for(session: Session, actor: Actor, delivery: Delivery) -> Mapping[str, Any]:
    """The receipt as this actor may have it. Raises ``AttributeError`` where none was given yet."""
    body: dict[str, Any] = delivery.receipt.body  # type: ignore[union-attr]
    if are_open_to(session, actor, delivery):
        return body
    return {name: value for name, value in body.items() if name not in KEPT_BACK}


def _is_party(session: Session, actor: Actor, delivery: Delivery) -> bool:
    return session.scalar(select(Delivery.id).where(Delivery.id == delivery.id, visible(actor))) is not None
