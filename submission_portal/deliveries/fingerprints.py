"""Who may read the hashes of a delivery: they could give away what they stand for.

A hash of a file with few possible contents, a correction of one small number for instance, can be found by hashing the
candidates. Where a model counts persons, the hashes are therefore for the parties only; elsewhere they are as public
as the receipt. So it is with what a rule on compilations closes: one region's number of a day has few possible contents, and
whoever tried them for each region would have them all. The parties hold them, so that everybody who may know the file can still
prove what was received.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models import measures
from information_models.definitions import Model
from information_models.queries import load_model
from legal_checks.compilations.rules import BELOW_REGION, REGION, RULES, CompilationRule, Subject
from registry import clock
from registry.actors import Actor
from registry.auditing.handing_out import proof_of
from registry.auditing.proofs import PROOF
from registry.items.queries import current_versions
from registry.items.tables import Version
from submission_portal.deliveries.queries import visible
from submission_portal.deliveries.senders import made_up_regions, regions_among
from submission_portal.deliveries.tables import Delivery, Receipt
from submission_portal.legal_questions.subjects import meant_by, said_by

KEPT_BACK = ("file_sha256", "content_hash")


class Hashed(Protocol):
    """A delivery, or what was read of it."""

    @property
    def id(self) -> Any: ...
    @property
    def model_version_hash(self) -> Any: ...
    @property
    def period_last(self) -> Any: ...


def counts_persons(model: Model) -> bool:
    """Whether some value is a count of persons. A rate is no count of anybody."""
    return any(element.concerns_persons and element.additive for element in model.values)


def are_public(session: Session, delivery: Delivery) -> bool:
    """Whether anybody may read the hashes of a delivery."""
    return delivery.id in public_among(session, [delivery])


def public_among(session: Session, deliveries: Sequence[Hashed]) -> frozenset[str]:
    """The ids of those of some deliveries whose hashes anybody may read; as many statements as they have models."""
    sources: dict[str, int] = {}
    found, meant = set(), _Meant(session)
    for one in deliveries:
        model = load_model(session, one.model_version_hash).model
        if counts_persons(model):
            continue
        rules = _rules_on(meant.by(model), model, one)
        if rules and model.slug not in sources:
            sources[model.slug] = _sources(session, one.model_version_hash)
        if not any(sources[model.slug] >= rule.regions for rule in rules):
            found.add(one.id)
    return frozenset(found)


class _Meant:
    """What models mean, with what measures of them say; the measures are read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._said: dict[str, Subject] | None = None

    def by(self, model: Model) -> Subject:
        if self._said is None:
            self._said = {}
            for version in current_versions(self._session, "measure"):
                measure = measures.read(version.content)
                self._said[measure.model] = self._said.get(measure.model, Subject()) | said_by(measure)
        return meant_by(model) | self._said.get(model.slug, Subject())


def _rules_on(subject: Subject, model: Model, delivery: Hashed) -> list[CompilationRule]:
    """The rules that may close figures of a delivery today, however many regions there are."""
    kinds = {kind.value for element in model.elements for kind in element.period_kinds}
    age = (clock.today() - delivery.period_last).days if delivery.period_last else 0
    return [
        rule
        for rule in RULES
        if rule.marks(subject)
        and any(rule.marks_cell(level, kind, age) for level in (REGION, BELOW_REGION) for kind in kinds)
    ]


def _sources(session: Session, model_version_hash: str) -> int:
    """How many regions have sent under a model, in whatever version."""
    item = select(Version.item_id).where(Version.content_hash == model_version_hash).scalar_subquery()
    hashes = select(Version.content_hash).where(Version.item_id == item)
    sent = select(Delivery.organisation_id).where(Delivery.model_version_hash.in_(hashes), Delivery.number.is_not(None))
    return regions_among(session, sent, made_up_regions(session))


def are_open_to(session: Session, actor: Actor, delivery: Delivery) -> bool:
    """Whether this actor may: a party, or anybody where they are public."""
    return are_public(session, delivery) or _is_party(session, actor, delivery)


def receipt_for(session: Session, actor: Actor, delivery: Delivery) -> Mapping[str, Any]:
    """The receipt as this actor may have it: the parties with the proof of it. Raises ``AttributeError`` where none was given yet."""
    receipt: Receipt = delivery.receipt  # type: ignore[assignment]
    body: dict[str, Any] = receipt.body
    if _is_party(session, actor, delivery):
        return with_proof(session, receipt)
    if are_open_to(session, actor, delivery):
        return body
    open_to_all = {name: value for name, value in body.items() if name not in KEPT_BACK}
    if (
        under := open_to_all.get("standing_disclosure")
    ) is not None:  # how many small numbers there are is for the parties
        open_to_all["standing_disclosure"] = {name: value for name, value in under.items() if name != "conditions"}
    return open_to_all


def with_proof(session: Session, receipt: Receipt) -> Mapping[str, Any]:
    """The receipt for its parties: what it claims, and the proof that the log has it; one from before there were proofs as it is."""
    if receipt.event_number is None:
        return receipt.body
    return {**receipt.body, PROOF: proof_of(session, receipt.event_number)}


def _is_party(session: Session, actor: Actor, delivery: Delivery) -> bool:
    return session.scalar(select(Delivery.id).where(Delivery.id == delivery.id, visible(actor))) is not None
