"""Checks a delivery with what the register knows: gathers the frames and policies, assesses, and stores the outcome.

What a request cannot do in a moment is left to the worker (`jobs.check`): the delivery then waits in a state of its own.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from registry import clock, events, jobs, storage
from registry.actors import Actor
from registry.db import end_reading
from registry.errors import Refused
from registry.findings import Finding
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.tables import Version
from registry.storage import Retention
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment import line_check
from submission_portal.deliveries.assessment.before import PERIODS_BEFORE
from submission_portal.deliveries.assessment.found_cells import compared, counts_of, found_cells
from submission_portal.deliveries.assessment.known import Corrected
from submission_portal.deliveries.assessment.line_check import CheckedLine, Said
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.assessment.remaining import lapsed_explanations, remaining
from submission_portal.deliveries.checking.kept_reading import kept_rows
from submission_portal.deliveries.checking.line_register import DatabaseRegister
from submission_portal.deliveries.content_hashes import SCHEME, content_hash_of
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryAct
from submission_portal.deliveries.parts import WHOLE
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.limits import Progress, no_progress
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.standing_disclosures.judging import judge_checked
from submission_portal.deliveries.stored_rows import PARQUET, as_parquet
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.tidying import ask_to_tidy
from submission_portal.deliveries.transitions import move
from submission_portal.flows.queries import line_by_hash
from submission_portal.flows.uses.queries import that_may_be_named, uses_of_line
from submission_portal.flows.uses.standing import highest_threshold
from submission_portal.units.queries import confirmed_units


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
    part: str | None
    """The part that its rows are of (`parts.Judged`)."""
    besides: tuple[Finding, ...]
    """What is said of the file as a whole: its part and its periods, and what stands for its days already."""
    span: tuple[date | None, date | None]
    """The first and last day that the rows name."""
    basis: tuple[str, ...]
    compared_with: tuple[str, ...]
    content_hash: str | None
    parquet: bytes | None
    """The typed rows, where nothing stops them."""
    cells: pl.DataFrame
    """Every cell that something was found in, compared with those of the attempt before."""


def check_again(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    *,
    event: str,
    later: bool = False,
    reading: Reading | None = None,
    **data: Any,
) -> None:
    """Assess the rows anew, those of the ``reading`` that was just kept or else as they are stored, and move the delivery to where
    that puts it; ``later`` leaves it to the worker.

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
    with session.no_autoflush:  # what is checked is written once, when it is known what came of it
        rows = kept_rows(session, delivery) if reading is None else reading.frame
        outcome = assessed(session, delivery, delivery.reading, rows, now)
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
    line, register = checked_line(session, delivery, loaded, now), _register_for(session, delivery, loaded)
    said = Said(
        delivery.answers,
        dict(delivery.gap_answers),
        delivery.stated_part,
        queries.part_corrected(session, delivery),
        delivery.correction_kind == CorrectionKind.CORRECTION,
    )
    known = line_check.gathered(line, register, reading, rows, said)
    first, last = known.span
    rests_on = basis_of(session, delivery, first, last, known.part, register)
    against = compared_with(session, delivery)
    corrected = _corrected(session, delivery, loaded)
    size, before_this = delivery.file_size, queries.cells_of_attempt(session, delivery)
    end_reading(session)
    found = line_check.assessed(
        line, known, reading, said, today=clock.today(now), size=size, corrected=corrected, progress=progress
    )
    content_hash = parquet = None
    if found.typed is not None and found.is_complete:
        content_hash = content_hash_of(loaded, found.typed)
        parquet = as_parquet(found.typed.coded())
    told = line_check.told_besides(known, reading)
    keyed = replace(found, findings=(*told, *found.findings)).keyed
    cells = found_cells(loaded, keyed, found.row_keys, numbered=found.numbered)
    if before_this is not None:
        cells = compared(before_this, cells)
    return Outcome(found, known.part, told, (first, last), rests_on, against, content_hash, parquet, cells)


def checked_line(session: Session, delivery: Delivery, loaded: LoadedModel, now: datetime) -> CheckedLine:
    """The delivery's line as it is checked under it."""
    content = line_by_hash(session, delivery.flow_version_hash)
    sender = identity.organisation(session, delivery.organisation_id)
    return CheckedLine(
        loaded,
        content.parts,
        content.periodicity,
        region=sender.code if sender is not None and sender.kind == "region" else None,
        threshold=highest_threshold(that_may_be_named(uses_of_line(session, delivery.flow_item_id), clock.today(now))),
        units=confirmed_units(session, delivery.flow_item_id),
    )


def _register_for(session: Session, delivery: Delivery, loaded: LoadedModel) -> DatabaseRegister:
    return DatabaseRegister(session, loaded, delivery.flow_item_id, delivery.organisation_id, delivery)


def basis_of(
    session: Session,
    delivery: Delivery,
    first: date | None,
    last: date | None,
    part: str | None,
    register: DatabaseRegister | None = None,
) -> tuple[str, ...]:
    """The deliveries that an assessment rests on: those of the same days, of the three periods before, and what is corrected.
    ``register``: one that has been asked of them already."""
    found: list[Delivery] = []
    if first is not None and last is not None:
        if register is None:
            register = _register_for(session, delivery, load_model(session, delivery.model_version_hash))
        found += register.standing_in(first, last, part)
        for period in register.deliveries_before(first, part, most=PERIODS_BEFORE):
            for before in period:
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
    delivery.period, delivery.row_count, delivery.part = found.period, found.rows, outcome.part or WHOLE
    first, last = outcome.span  # what stands for the days is chosen about even where columns are missing
    delivery.period_first, delivery.period_last = found.first or first, found.last or last
    before = {delivery.parquet_key, delivery.cells_key}
    delivery.content_hash, delivery.parquet_key, delivery.cells_key = outcome.content_hash, None, None
    if outcome.parquet is not None:
        delivery.parquet_key = _put(session, now, delivery, "accepted", outcome.parquet)
    if outcome.cells.height:
        delivery.cells_key = _put(session, now, delivery, "found", as_parquet(outcome.cells))
    ask_to_tidy(session, now, delivery.organisation_id, [*(before - {delivery.parquet_key, delivery.cells_key})])
    earlier = delivery.assessment
    lapsed = lapsed_explanations(delivery.explanations, earlier.explained, found.about)
    told = replace(
        found,
        findings=(*outcome.besides, *found.findings),
        compared_with=outcome.compared_with,
        content_hash_scheme=SCHEME if outcome.content_hash else None,
        explained={key: about for key, about in earlier.explained.items() if key not in lapsed},
        lapsed={**earlier.lapsed, **lapsed},
        attempt=counts_of(outcome.cells),
    )
    delivery.explanations = {key: text for key, text in delivery.explanations.items() if key not in lapsed}
    delivery.assessment = told.as_kept()
    left = remaining(delivery.assessment, delivery.explanations)
    move(delivery, DeliveryAct.CHECK if left else DeliveryAct.COMPLETE)
    delivery.standing_judgement = None
    if not left and found.typed is not None:
        delivery.standing_judgement = judge_checked(session, now, delivery, found.typed)


def _put(session: Session, now: datetime, delivery: Delivery, kind: str, data: bytes) -> str:
    return storage.put(
        session, delivery.organisation_id, kind, data, media_type=PARQUET, retention=Retention.DRAFT, now=now
    )


def has_same_rows(session: Session, delivery: Delivery, outcome: Outcome) -> bool:
    """Whether an assessment came to the rows that the delivery has a hash of, whatever version made that."""
    scheme, rows = delivery.content_hash_scheme, outcome.found.typed
    if scheme is None or scheme == SCHEME or rows is None or outcome.content_hash is None:
        return outcome.content_hash == delivery.content_hash
    loaded = load_model(session, delivery.model_version_hash)
    return content_hash_of(loaded, rows, scheme=scheme) == delivery.content_hash


def _leave_to_worker(session: Session, now: datetime, delivery: Delivery) -> None:
    """Ask for the check in the same transaction as what it is to check. Nobody decides on the delivery meanwhile."""
    _refuse_other_model(session, delivery)
    move(delivery, DeliveryAct.WAIT)
    delivery.assessment = Assessment(explained=delivery.assessment.explained, lapsed=delivery.assessment.lapsed)
    ask_to_tidy(session, now, delivery.organisation_id, [delivery.parquet_key])
    delivery.parquet_key = delivery.content_hash = delivery.standing_judgement = None
    session.flush()
    jobs.enqueue(
        session,
        queries.CHECK,
        now=now,
        payload={"delivery": delivery.id, "revision": delivery.revision},
        organisation_id=delivery.organisation_id,
        unique_key=queries.check_key(delivery),
    )


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
