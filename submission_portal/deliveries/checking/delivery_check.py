"""Checks a delivery with what the register knows: gathers the frames and policies, assesses, and stores the outcome.

What a request cannot do in a moment is left to the worker (`jobs.check`): the delivery then waits in a state of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from information_models.values import period_of
from registry import clock, events, jobs, storage
from registry.actors import Actor
from registry.db import end_reading
from registry.errors import NotFound, Refused
from registry.findings import Finding, Text
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.tables import Version
from registry.storage import Retention
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.assessment.cells import with_dates_answered
from submission_portal.deliveries.assessment.known import Corrected, DeliveryBefore, Law
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.checking.kept_reading import kept_rows
from submission_portal.deliveries.checking.remaining import lapsed_explanations, remaining
from submission_portal.deliveries.checking.usual_units import usual_units
from submission_portal.deliveries.content_hashes import SCHEME, content_hash_of
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryAct
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.limits import Progress, no_progress
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.stored_rows import PARQUET, as_parquet
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.tidying import ask_to_tidy
from submission_portal.deliveries.transitions import move
from submission_portal.flows import content as flow_content
from termbank.bank.queries import statements


def flow_version(session: Session, delivery: Delivery) -> Version:
    """The version of the flow that the delivery is made under."""
    version = items.version_by_hash(session, delivery.flow_version_hash)
    if version is None:
        raise LookupError(f"no flow version {delivery.flow_version_hash}")
    return version


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an assessment came to, and what of the register it rests on."""

    found: Assessment
    conflict: Finding | None
    span: tuple[date | None, date | None]
    """The first and last day that the rows name."""
    basis: tuple[str, ...]
    compared_with: tuple[str, ...]
    content_hash: str | None
    parquet: bytes | None
    """The typed rows, where nothing stops them."""


def check_again(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, event: str, later: bool = False, **data: Any
) -> None:
    """Assess the stored rows anew and move the delivery to where that puts it; ``later`` leaves it to the worker.

    A decision to disclose that was taken before holds only for the content that it was taken on.
    """
    delivery.revision += 1
    delivery.changed_at = now
    delivery.prepared_by = actor.person_id or delivery.prepared_by
    if delivery.prepared_by not in delivery.contributors:
        delivery.contributors = [*delivery.contributors, delivery.prepared_by]
    if later:
        _leave_to_worker(session, now, delivery)
        record_check(session, actor, now, delivery, event, **data)
        return
    outcome = assessed(session, delivery, delivery.reading, kept_rows(session, delivery), now)
    keep_outcome(session, now, delivery, outcome)
    left = [one.finding.code for one in remaining(delivery.assessment, delivery.explanations)]
    record_check(session, actor, now, delivery, event, left=left, **data)


def record_check(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, event: str, **data: str | list[str]
) -> None:
    """Tell the log that a delivery was changed and checked, or is to be."""
    session.flush()
    events.record(
        session,
        event,
        actor=actor,
        now=now,
        subject=f"delivery:{delivery.id}",
        organisation_id=delivery.organisation_id,
        data={"revision": delivery.revision, **data},
    )


def assessed(
    session: Session,
    delivery: Delivery,
    reading: KeptReading,
    rows: pl.DataFrame | None,
    now: datetime,
    progress: Progress = no_progress,
) -> Outcome:
    """Assess rows with what the register knows. Writes nothing, and may take seconds for a long file."""
    loaded = load_model(session, delivery.model_version_hash)
    flow = flow_content.read(flow_version(session, delivery).content)
    sender = identity.organisation(session, delivery.organisation_id)
    rows, read_in = with_dates_answered(loaded, rows, reading.findings, delivery.answers)
    first, last = _span_of(loaded, rows)
    conflict = period_conflict(session, delivery, first, last)
    is_chosen = conflict is None
    rests_on, against = basis_of(session, delivery, first, last), compared_with(session, delivery)
    region = sender.code if sender is not None and sender.kind == "region" else None
    earlier = _earlier(session, delivery, loaded, first) if is_chosen else None
    usual = usual_units(session, delivery, loaded, first) if is_chosen else None
    corrected = _corrected(session, delivery, loaded)
    law = Law(flow.policy.threshold, _law_facts(loaded), _undescribed(session, delivery, loaded, last))
    facts, answers = {"size": delivery.file_size}, dict(delivery.answers)
    gap_answers = dict(delivery.gap_answers)
    end_reading(session)
    found = assess(
        loaded,
        rows,
        reading_findings=read_in,
        reading_checks=reading.checks,
        letters=reading.letters,
        reading_facts=facts,
        answers=answers,
        gap_answers=gap_answers,
        region=region,
        earlier=earlier,
        usual=usual,
        is_chosen=is_chosen,
        corrected=corrected,
        law=law,
        today=clock.today(now),
        progress=progress,
    )
    content_hash = parquet = None
    if found.typed is not None and found.is_complete:
        content_hash = content_hash_of(loaded, found.typed)
        parquet = as_parquet(found.typed.coded())
    return Outcome(found, conflict, (first, last), rests_on, against, content_hash, parquet)


def basis_of(session: Session, delivery: Delivery, first: date | None, last: date | None) -> tuple[str, ...]:
    """The deliveries that an assessment rests on: those of the same days, the three before, and what is corrected."""
    found: list[Delivery] = []
    if first is not None and last is not None:
        found += queries.standing_in_period(session, delivery.flow_item_id, first, last, but=delivery.id)
        for before in queries.latest_three_before(session, delivery.flow_item_id, first):
            found += [before, *queries.corrections_of(session, before)]
    return *(f"{one.id} {one.state}" for one in found), *compared_with(session, delivery)


def compared_with(session: Session, delivery: Delivery) -> tuple[str, ...]:
    """What a correction or a replacement is held against: the delivery that it corrects, and the corrections of that."""
    if not delivery.corrects_delivery_id:
        return ()
    root = queries.root_of(session, session.get_one(Delivery, delivery.corrects_delivery_id))
    return tuple(f"{one.id} {one.state}" for one in [root, *queries.corrections_of(session, root)])


def is_compared_with_what_stands(session: Session, delivery: Delivery) -> bool:
    """Whether what the delivery corrects or replaces is as it was when the two were compared."""
    return delivery.assessment.compared_with == compared_with(session, delivery)


def keep_outcome(session: Session, now: datetime, delivery: Delivery, outcome: Outcome) -> None:
    """Store what an assessment came to, and move the delivery to where it puts it."""
    found = outcome.found
    delivery.period, delivery.row_count = found.period, found.rows
    first, last = outcome.span  # what stands for the days is chosen about even where columns are missing
    delivery.period_first, delivery.period_last = found.first or first, found.last or last
    before = delivery.parquet_key
    delivery.content_hash, delivery.parquet_key = outcome.content_hash, None
    if outcome.parquet is not None:
        delivery.parquet_key = storage.put(
            session,
            delivery.organisation_id,
            "accepted",
            outcome.parquet,
            media_type=PARQUET,
            retention=Retention.DRAFT,
            now=now,
        ).key
    if before != delivery.parquet_key:
        ask_to_tidy(session, now, delivery.organisation_id, [before])
    conflict = () if outcome.conflict is None else (outcome.conflict,)
    earlier = delivery.assessment
    lapsed = lapsed_explanations(delivery.explanations, earlier.explained, found.about)
    told = replace(
        found,
        findings=(*conflict, *found.findings),
        compared_with=outcome.compared_with,
        content_hash_scheme=SCHEME if outcome.content_hash else None,
        explained={key: about for key, about in earlier.explained.items() if key not in lapsed},
        lapsed={**earlier.lapsed, **lapsed},
    )
    delivery.explanations = {key: text for key, text in delivery.explanations.items() if key not in lapsed}
    delivery.assessment = told.as_kept()
    left = remaining(delivery.assessment, delivery.explanations)
    move(delivery, DeliveryAct.CHECK if left else DeliveryAct.COMPLETE)


def has_same_rows(session: Session, delivery: Delivery, outcome: Outcome) -> bool:
    """Whether an assessment came to the rows that the delivery has a hash of, whatever version made that."""
    scheme, rows = delivery.content_hash_scheme, outcome.found.typed
    if scheme is None or scheme == SCHEME or rows is None or outcome.content_hash is None:
        return outcome.content_hash == delivery.content_hash
    loaded = load_model(session, delivery.model_version_hash)
    return content_hash_of(loaded, rows, scheme=scheme) == delivery.content_hash


def period_conflict(session: Session, delivery: Delivery, first: date | None, last: date | None) -> Finding | None:
    """The question what the delivery is to one that stands for the same days, where that has not been chosen; of several it can
    be none."""
    if delivery.corrects_delivery_id or first is None or last is None:
        return None
    standing = queries.standing_in_period(session, delivery.flow_item_id, first, last, but=delivery.id)
    if not standing:
        return None
    named = [_named(one, queries.corrections_of(session, one)) for one in standing]
    standing_for = Text("; ".join(text.sv for text in named), "; ".join(text.en for text in named))
    return FINDINGS.found("DEL-002" if len(standing) == 1 else "DEL-016", {"standing": standing_for})


def _named(delivery: Delivery, corrected_by: Sequence[Delivery]) -> Text:
    """A delivery with its period and the corrections that count in it."""
    numbers = ", ".join(one.number or "" for one in corrected_by)
    return Text(
        f"{delivery.number} ({span_label(delivery.period, 'sv')})" + (f", rättad genom {numbers}" if numbers else ""),
        f"{delivery.number} ({span_label(delivery.period, 'en')})" + (f", corrected by {numbers}" if numbers else ""),
    )


def _leave_to_worker(session: Session, now: datetime, delivery: Delivery) -> None:
    """Ask for the check in the same transaction as what it is to check. Nobody decides on the delivery meanwhile."""
    _refuse_other_model(session, delivery)
    move(delivery, DeliveryAct.WAIT)
    delivery.assessment = Assessment(explained=delivery.assessment.explained, lapsed=delivery.assessment.lapsed)
    ask_to_tidy(session, now, delivery.organisation_id, [delivery.parquet_key])
    delivery.parquet_key = delivery.content_hash = None
    session.flush()
    jobs.enqueue(
        session,
        queries.CHECK,
        now=now,
        payload={"delivery": delivery.id, "revision": delivery.revision},
        organisation_id=delivery.organisation_id,
        unique_key=queries.check_key(delivery),
    )


def _earlier(session: Session, delivery: Delivery, loaded: LoadedModel, first: date | None) -> DeliveryBefore | None:
    if delivery.correction_kind == CorrectionKind.CORRECTION or first is None:
        return None
    found = queries.latest_before(session, delivery.flow_item_id, first)
    if found is None or found.parquet_key is None:
        return None
    try:
        rows = queries.rows_as_corrected(session, found, loaded.model.key)
    except (NotFound, Refused):  # its rows were lost (`storage verify` says so): no reason to refuse what comes after
        return None
    return DeliveryBefore(rows, found.period)


def _corrected(session: Session, delivery: Delivery, loaded: LoadedModel) -> Corrected | None:
    if delivery.corrects_delivery_id is None or delivery.correction_kind is None:
        return None
    _refuse_other_model(session, delivery)
    root = queries.root_of(session, session.get_one(Delivery, delivery.corrects_delivery_id))
    if root.period_first is None or root.period_last is None:
        return None
    of_root = loaded
    if root.model_version_hash != delivery.model_version_hash:
        of_root = load_model(session, root.model_version_hash)
    rows = queries.rows_as_corrected(session, root, of_root.model.key)
    return Corrected(rows, delivery.correction_kind, root.period_first, root.period_last)


def _refuse_other_model(session: Session, delivery: Delivery) -> None:
    """Single rows of a delivery can only be corrected under the model version that it was made under."""
    if delivery.corrects_delivery_id is None or delivery.correction_kind != CorrectionKind.CORRECTION:
        return
    root = queries.root_of(session, session.get_one(Delivery, delivery.corrects_delivery_id))
    if root.period_first is not None and root.model_version_hash != delivery.model_version_hash:
        raise Refused(FINDINGS.found("DEL-008"))


def _span_of(loaded: LoadedModel, rows: pl.DataFrame | None) -> tuple[date | None, date | None]:
    """The first and last day that the texts of the period column name, before they are checked."""
    if rows is None:
        return None, None
    texts = rows[loaded.model.period_element].unique().drop_nulls().to_list()
    periods = [period for text in texts if (period := period_of(text)) is not None]
    if not periods:
        return None, None
    return min(period.first for period in periods), max(period.last for period in periods)


def _law_facts(loaded: LoadedModel) -> Mapping[str, str | int]:
    return {"persons": sum(element.concerns_persons for element in loaded.model.values)}


def _undescribed(session: Session, delivery: Delivery, loaded: LoadedModel, last: date | None) -> tuple[Text, ...]:
    """The terms of the concepts for which the region has no application statement on the last day."""
    if last is None:
        return ()
    slugs = dict.fromkeys(element.concept for element in loaded.model.values if element.concept)
    missing = [
        slug for slug in slugs if statements.application_at(session, slug, delivery.organisation_id, last) is None
    ]
    return tuple(loaded.wordings[slug].term if slug in loaded.wordings else Text(slug, slug) for slug in missing)
