"""Keeping an explanation for the next time, citing what was kept, and ending it. Only persons keep and end."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor, Role
from registry.errors import Refused
from registry.locks import hold_name
from submission_portal.deliveries.explanations.queries import citable
from submission_portal.deliveries.explanations.subjects import joined, subjects_by_key
from submission_portal.deliveries.explanations.tables import KeptExplanation
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import record


@dataclass(frozen=True, slots=True)
class Cited:
    """What explanations become when kept ones are cited: the texts by finding key, and the ids that each is made of."""

    texts: Mapping[str, str]
    ids: Mapping[str, list[str]]


def cited(
    session: Session, delivery: Delivery, chosen: Mapping[str, Collection[str]], written: Mapping[str, str]
) -> Cited:
    """The explanations of a delivery with the ``chosen`` kept ones (ids by finding key), where nothing else is ``written``.

    What is cited stays cited as long as the text is that of the kept ones; whoever changes it has written their own. Raises
    `Refused` for what was not kept for the finding's rule and one of its units, or has ended.
    """
    wanted = {key: list(dict.fromkeys(ids)) for key, ids in chosen.items() if ids}
    known = citable(session, delivery, {one for ids in wanted.values() for one in ids})
    subjects = subjects_by_key(delivery.assessment.about)
    texts, cites = dict(written), {key: list(ids) for key, ids in delivery.cited.items()}
    for key, ids in wanted.items():
        kept = [known[one] for one in ids if one in known]
        if len(kept) < len(ids) or any((one.rule, one.element, one.unit) not in subjects.get(key, ()) for one in kept):
            raise Refused(FINDINGS.found("DEL-080"))
        told = joined([one.text for one in kept])
        if not texts.get(key, "").strip() or texts[key].strip() == told:
            texts[key], cites[key] = told, ids
    unchanged = {key for key in wanted if texts.get(key) and cites.get(key) == wanted[key]}
    for key, text in written.items():
        if key in cites and key not in unchanged and text.strip() != delivery.explanations.get(key, ""):
            del cites[key]
    return Cited(texts, cites)


def keep(session: Session, actor: Actor, now: datetime, delivery: Delivery, keys: Collection[str]) -> int:
    """Keep the delivery's explanations of these findings for their rules and units; what was kept for the same ends.

    Returns how many rules and units they are kept for. Raises `Forbidden` for machines and without the role, `Refused` where a
    finding is about too much, or has no explanation.
    """
    actor.require_decider(Role.DATA_OFFICER, organisation_id=delivery.organisation_id)
    subjects, kept = subjects_by_key(delivery.assessment.about), 0
    hold_name(session, f"explanations:{delivery.flow_item_id}")
    for key in dict.fromkeys(keys):
        text = delivery.explanations.get(key, "").strip()
        if not text or key not in subjects:
            raise Refused(FINDINGS.found("DEL-081"))
        before = {
            (row.element, row.unit): row
            for row in session.scalars(
                select(KeptExplanation).where(
                    KeptExplanation.flow_item_id == delivery.flow_item_id,
                    KeptExplanation.rule == subjects[key][0].rule,
                    KeptExplanation.ended_at.is_(None),
                )
            )
        }
        for rule, element, unit in subjects[key]:
            same = before.get((element, unit))
            if same is not None and same.text == text:
                continue
            if same is not None:
                same.ended_at, same.ended_by = now, actor.person_id
                session.flush()
            session.add(
                KeptExplanation(
                    organisation_id=delivery.organisation_id,
                    flow_item_id=delivery.flow_item_id,
                    rule=rule,
                    element=element,
                    unit=unit,
                    period=delivery.period,
                    text=text,
                    delivery_id=delivery.id,
                    person_id=actor.person_id,
                    kept_at=now,
                )
            )
            kept += 1
    if kept:
        session.flush()
        record(session, actor, now, delivery, "ExplanationsKept", kept=kept)
    return kept


def end(session: Session, actor: Actor, now: datetime, explanation: KeptExplanation) -> None:
    """Offer it no more. Deliveries that cite it keep their text. Ending it twice changes nothing."""
    actor.require_decider(Role.DATA_OFFICER, organisation_id=explanation.organisation_id)
    if explanation.ended_at is not None:
        return
    explanation.ended_at, explanation.ended_by = now, actor.person_id
    session.flush()
    events.record(
        session,
        "KeptExplanationEnded",
        actor=actor,
        now=now,
        subject=f"delivery:{explanation.delivery_id}",
        organisation_id=explanation.organisation_id,
        data={"explanation": explanation.id},
    )
