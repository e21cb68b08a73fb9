"""Naming what a delivery may be used for: by the decision to disclose it, and once more judged when it is sent."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry import clock, references
from registry.errors import Refused
from registry.findings import Finding, Text
from registry.items.queries import version_by_hash
from submission_portal.deliveries.assessment.handed_over import UseRule
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery, DeliveryUse, Disclosure
from submission_portal.deliveries.uses.endings import Ending
from submission_portal.deliveries.uses.named import NamedUse, last_named_in_line, rows_of, standing_refs, uses_of
from submission_portal.flows.policy import Zeros
from submission_portal.flows.uses import standing as of_use
from submission_portal.flows.uses.queries import refusal, that_may_be_named, uses_of_line
from submission_portal.flows.uses.standing import StandingUse

USED_FOR = "used-for"
"""Role of the edge from a delivery to the version of a use that it may be used for."""


def nameable(session: Session, delivery: Delivery, on: date) -> list[StandingUse]:
    """The uses of the delivery's line that a decision on the day may name."""
    return that_may_be_named(uses_of_line(session, delivery.flow_item_id, on), on)


def rules_of(uses: Iterable[StandingUse]) -> tuple[UseRule, ...]:
    """What each of some uses takes for a small number."""
    return tuple(
        UseRule(one.use.title, one.use.policy.threshold, one.use.policy.zeros is not Zeros.PUBLISHED) for one in uses
    )


def proposed(session: Session, delivery: Delivery, candidates: Sequence[StandingUse]) -> frozenset[str]:
    """References of those that the decision names unless its officer says something else: the only one; of a correction the same
    as of what it corrects; otherwise what the line's last decision named, and nothing more."""
    refs = frozenset(one.ref for one in candidates)
    if len(refs) == 1:
        return refs
    if delivery.corrects_delivery_id:
        return refs & standing_refs(
            rows_of(session, [delivery.corrects_delivery_id]).get(delivery.corrects_delivery_id, [])
        )
    return refs & last_named_in_line(session, delivery.flow_item_id, but=delivery.id)


def chosen(session: Session, delivery: Delivery, refs: Collection[str] | None, on: date) -> list[StandingUse]:
    """The uses that a decision names. ``None``: of a correction what it corrects was for, otherwise all that may be named.

    Raises `Refused` where one cannot be named on the day, or none is.
    """
    candidates = nameable(session, delivery, on)
    if not candidates:
        raise Refused(why_none(session, delivery, on))
    by_ref = {one.ref: one for one in candidates}
    if refs is None:
        same = proposed(session, delivery, candidates) if delivery.corrects_delivery_id else frozenset()
        refs = same or by_ref
    if unknown := [ref for ref in refs if ref not in by_ref]:
        raise Refused(FINDINGS.found("DEL-022", {"use": ", ".join(unknown), "known": ", ".join(by_ref) or "–"}))
    if not refs:
        raise Refused(FINDINGS.found("DEL-021"))
    return [one for one in candidates if one.ref in refs]


def why_none(session: Session, delivery: Delivery, on: date) -> Finding:
    """Why no use of the delivery's line may be named on the day."""
    version = version_by_hash(session, delivery.flow_version_hash)
    stopped = refusal(session, version, on) if version is not None else None
    return stopped or FINDINGS.found("DEL-021")


def name(
    session: Session, now: datetime, delivery: Delivery, decision: Disclosure, uses: Sequence[StandingUse]
) -> None:
    """Put on record what the region's decision named; what an earlier decision on the delivery named and this one does not, ends."""
    rows = {row.use_ref: row for row in rows_of(session, [delivery.id]).get(delivery.id, [])}
    named = {one.ref for one in uses}
    for ref, row in rows.items():
        if ref not in named and row.ended_at is None:
            end(row, now, Ending.NOT_NAMED)
    for one in uses:
        row = rows.get(one.ref) or new_row(delivery, one.ref)
        row.use_version_hash, row.disclosure_id, row.decision_id = one.version_hash, decision.id, None
        row.since, row.ended_at, row.ended_because = now, None, ""
        session.add(row)
    session.flush()


def new_row(delivery: Delivery, ref: str) -> DeliveryUse:
    return DeliveryUse(delivery_id=delivery.id, organisation_id=delivery.organisation_id, use_ref=ref)


def end(row: DeliveryUse, now: datetime, why: Ending) -> None:
    row.ended_at, row.ended_because = now, why.value


def is_decided_in_vain(session: Session, delivery: Delivery, on: date) -> bool:
    """Whether the region has decided to disclose it, for nothing that is still in force: then it decides again."""
    return delivery.state == DeliveryState.DISCLOSED and not _in_force(uses_of(session, delivery), on)


def awaits_decision(session: Session, delivery: Delivery, on: date) -> bool:
    """Whether the region's disclosing officer may decide on it."""
    return delivery.state == DeliveryState.CHECKED or is_decided_in_vain(session, delivery, on)


def settle(session: Session, now: datetime, delivery: Delivery) -> list[StandingUse]:
    """The uses that a delivery is received for, judged by the Swedish day; the others end, with the reason why.

    Its line and uses are held. Raises `Refused` where none that was named is in force any more.
    """
    named = [one for one in uses_of(session, delivery) if not one.is_ended]
    standing = _in_force(named, clock.today(now))
    if not standing:
        said = [(one.standing.use.title, _ending(one).label) for one in named]
        none = Text("inget är nämnt", "nothing is named")
        told = Text(
            "; ".join(f"{use.sv}: {why.sv}" for use, why in said), "; ".join(f"{use.en}: {why.en}" for use, why in said)
        )
        raise Refused(FINDINGS.found("DEL-023", {"why": told if said else none}))
    for one in named:
        if one not in standing:
            end(one.row, now, _ending(one))
    return [one.standing for one in standing]


def link(session: Session, now: datetime, delivery_id: str, use: StandingUse) -> None:
    """Make the delivery found from the use's version, and the other way round. What is carried over is the line's own version,
    which the delivery names already."""
    if use.is_carried_over:
        return
    references.link(session, f"delivery:{delivery_id}", f"version:{use.version_hash}", USED_FOR, now)


def _in_force(named: Sequence[NamedUse], on: date) -> list[NamedUse]:
    return [one for one in named if not one.is_ended and of_use.refusal(one.standing, on) is None]


def _ending(one: NamedUse) -> Ending:
    return Ending.WITHDRAWN if one.standing.is_withdrawn else Ending.ENDED
